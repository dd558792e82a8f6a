"""The page where the office says whose unit an institution is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.forms.units import ParentForm, ParentSearch
from institutions.models import Institution
from institutions.requests import SignedInRequest
from institutions.services.units import change_parent

MOST_SHOWN = 20


@require_http_methods(["GET", "POST"])
def institution_parent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look an institution up by name, town or number, and make this one its unit; or none's."""
    institution = permitted(
        Institution.objects.select_related("parent"),
        request.user,
        "institutions.change_parent",
        pk=pk,
    )
    search = ParentSearch(request.GET)
    found = _candidates(request, institution, typed=search.typed())
    form = ParentForm(request.POST or None, candidates=Institution.objects.visible_to(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            change_parent(institution, parent=form.cleaned_data["parent"], by=request.user)
        except CannotDo as refusal:
            form.add_error("parent", str(refusal))
        else:
            messages.success(request, _("The change was saved."))
            return redirect("institution_detail", pk)
    context: dict[str, Any] = {
        "institution": institution,
        "has_units": institution.units.exists(),
        "search": search,
        "form": form,
        "found": found[:MOST_SHOWN],
        "more": len(found) > MOST_SHOWN,
        "typed": search.typed(),
    }
    status = 422 if form.errors else 200
    return render(request, "institutions/institution_parent.html", context, status=status)


def _candidates(
    request: SignedInRequest, institution: Institution, *, typed: str
) -> list[Institution]:
    """Institutions of their own that match, one more than is shown; none while nothing is typed."""
    if not typed:
        return []
    everyone = Institution.objects.visible_to(request.user).filter(parent=None)
    found = everyone.matching(typed).exclude(pk=institution.pk).order_by("name", "town")
    return list(found[: MOST_SHOWN + 1])

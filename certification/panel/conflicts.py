"""The conflicts of interest of a case, and what people in conflict had done in it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from certification.applications import services
from certification.applications.late import Recorded, conflicts_of
from certification.applications.models import Application
from certification.permitted import permitted
from institutions.requests import SignedInRequest


class ReviewForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What follows from it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "For example: the ratings were replaced by those of somebody else; nothing, since they "
            "only declared."
        ),
    )


def _case(request: SignedInRequest, pk: int) -> Application:
    cases = Application.objects.with_names()
    return permitted(cases, request.user, "applications.review_conflict", pk=pk)


@require_GET
def conflict_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the office: every conflict with its source and time, and what had been done before."""
    return _page(request, _case(request, pk))


@require_POST
def conflict_review(request: SignedInRequest, pk: int, conflict: int) -> HttpResponse:
    """Say what follows from what had been done."""
    application = _case(request, pk)
    declaration = get_object_or_404(application.conflicts, pk=conflict)
    form = ReviewForm(request.POST, auto_id=f"id_{conflict}_%s")
    if not form.is_valid():
        return _page(request, application, sent=(conflict, form))
    services.review_conflict(declaration, by=request.user, note=form.cleaned_data["note"])
    messages.success(request, _("Recorded."))
    return redirect("conflict_list", application.pk)


def _page(
    request: SignedInRequest,
    application: Application,
    *,
    sent: tuple[int, ReviewForm] | None = None,
) -> HttpResponse:
    def form(one: Recorded) -> ReviewForm | None:
        if sent and one.declaration.pk == sent[0]:
            return sent[1]
        return ReviewForm(auto_id=f"id_{one.declaration.pk}_%s") if one.waits else None

    context = {
        "application": application,
        "conflicts": [(one, form(one)) for one in conflicts_of(application)],
        "sent": sent[1] if sent else None,
    }
    return render(request, "panel/conflict_list.html", context, status=422 if sent else 200)

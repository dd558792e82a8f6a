"""The evidence library of one's own institution. Others reach evidence through a case."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certification.errors import Stale
from certification.permitted import permitted
from certification.standards.models import EvidenceType
from institutions.forms.library import DescriptionForm, EvidenceFilter
from institutions.models import Evidence, Institution
from institutions.requests import SignedInRequest
from institutions.rules import libraries_kept_by
from institutions.services.library import change_evidence, description_version
from institutions.views.form_pages import form_page

PER_PAGE = 25


@require_safe
def evidence_list(request: SignedInRequest) -> HttpResponse:
    library = Evidence.objects.visible_to(request.user)
    form = EvidenceFilter(
        request.GET,
        types=EvidenceType.objects.filter(pk__in=library.values("type")),
        institutions=Institution.objects.filter(pk__in=request.user.institution_ids),
    )
    is_narrowed = any(request.GET.get(name) for name in form.fields)
    page = Paginator(_narrowed(library, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filter": form,
        "is_narrowed": is_narrowed,
        "clear_url": request.path if is_narrowed else "",
        "libraries": libraries_kept_by(request.user),
        "several": "instytucja" in form.fields,
    }
    return render(request, "institutions/evidence_list.html", context)


def _narrowed(library: Any, form: EvidenceFilter) -> "QuerySet[Evidence]":
    if not form.is_valid():
        nothing: QuerySet[Evidence] = library.none()
        return nothing
    asked = {
        "type": form.cleaned_data["rodzaj"],
        "institution": form.cleaned_data.get("instytucja"),
    }
    narrowed: QuerySet[Evidence] = (
        library.matching(form.cleaned_data["q"])
        .filter(**{field: value for field, value in asked.items() if value})
        .select_related("type", "institution")
        .with_latest()
    )
    return narrowed


@require_safe
def evidence_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the newest version, or the one that `wersja` names, with the facts of all."""
    evidence = permitted(
        Evidence.objects.select_related("institution", "type", "added_by"), request.user, pk=pk
    )
    revisions = list(evidence.revisions.select_related("added_by").order_by("-number"))
    for revision in revisions:
        revision.evidence = evidence
    asked = request.GET.get("wersja")
    shown = next((one for one in revisions if str(one.number) == asked), revisions[0])
    context = {
        "evidence": evidence,
        "revisions": revisions,
        "shown": shown,
        "file_url": reverse("revision_file", args=[shown.pk]) if shown.file else "",
        "may_change": request.user.has_perm("institutions.change_evidence", evidence),
    }
    return render(request, "institutions/evidence_detail.html", context)


@require_http_methods(["GET", "POST"])
def evidence_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the description; the versions themselves never change."""
    evidence = permitted(
        Evidence.objects.select_related("institution"),
        request.user,
        "institutions.change_evidence",
        pk=pk,
    )
    seen = request.POST.get("seen", "") or description_version(evidence)
    form = DescriptionForm(request.POST or None, instance=evidence)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            change_evidence(evidence, by=request.user, seen=seen, **form.cleaned_data)
        except Stale as stale:
            # the typed text stays; saving it again replaces the newer one knowingly
            newer, seen = stale.current, description_version(stale.current)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The description is saved."))
            return redirect("evidence_detail", pk)
    title = Evidence.objects.values_list("title", flat=True).get(pk=pk)
    context = {"evidence": evidence, "title": title, "form": form, "seen": seen, "newer": newer}
    return form_page(request, "institutions/evidence_change.html", context, conflict=bool(newer))

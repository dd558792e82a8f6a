"""One piece of evidence of one's own institution. Others reach evidence through a case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certification.errors import Stale
from certification.permitted import permitted
from institutions.forms.library import DescriptionForm
from institutions.models import Evidence, EvidenceTag
from institutions.requests import SignedInRequest
from institutions.sections import on_evidence
from institutions.services.library import change_evidence, description_version
from institutions.views.form_pages import form_page


@require_safe
def evidence_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the newest version, or the one that `wersja` names, with the facts of all."""
    evidence = permitted(
        Evidence.objects.select_related("institution", "type", "added_by"), request.user, pk=pk
    )
    revisions = list(evidence.revisions.select_related("added_by").order_by("-number"))
    for revision in revisions:
        revision.evidence = evidence
    evidence.newest_first = revisions
    asked = request.GET.get("wersja")
    shown = next((one for one in revisions if str(one.number) == asked), revisions[0])
    context = {
        "evidence": evidence,
        "revisions": revisions,
        "shown": shown,
        "file_url": reverse("revision_file", args=[shown.pk]) if shown.file else "",
        "tags": evidence.tags.all(),
        "may_change": request.user.has_perm("institutions.change_evidence", evidence),
        "may_delete": request.user.has_perm("institutions.delete_evidence", evidence),
        "sections": on_evidence.made_for(request.user, evidence),
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
    suggested = EvidenceTag.objects.used_by(evidence.institution_id)
    form = DescriptionForm(request.POST or None, instance=evidence, suggested=suggested)
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

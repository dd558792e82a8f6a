"""Deleting evidence, or one version of it, that was never submitted."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.errors import CannotDo
from certification.permitted import permitted
from institutions import keeping
from institutions.models import Evidence, EvidenceRevision
from institutions.requests import SignedInRequest
from institutions.services.deleting import delete_evidence, delete_version


@require_http_methods(["GET", "POST"])
def evidence_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, or say why not; delete the evidence with every version of it."""
    evidence = permitted(
        Evidence.objects.select_related("institution"),
        request.user,
        "institutions.delete_evidence",
        pk=pk,
    )
    if request.method == "GET":
        return _page(request, evidence, list(evidence.revisions.all()))
    seen = request.POST.get("newest", "")
    try:
        delete_evidence(
            evidence,
            by=request.user,
            newest=int(seen) if re.fullmatch(r"[0-9]{1,9}", seen) else None,
        )
    except CannotDo as refusal:
        return _page(request, evidence, list(evidence.revisions.all()), refusal)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": evidence.title})
    return redirect("evidence_list")


@require_http_methods(["GET", "POST"])
def version_delete(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Ask, or say why not; delete one version and keep the others."""
    evidence = permitted(
        Evidence.objects.select_related("institution"),
        request.user,
        "institutions.delete_version",
        pk=pk,
    )
    versions = list(evidence.revisions.filter(number=number))
    if not versions:
        raise Http404
    if request.method == "GET":
        return _page(request, evidence, versions, version=number)
    try:
        delete_version(evidence, number, by=request.user)
    except CannotDo as refusal:
        return _page(request, evidence, versions, refusal, version=number)
    messages.success(request, _("Version %(number)s is deleted.") % {"number": number})
    return redirect(evidence)


def _page(
    request: SignedInRequest,
    evidence: Evidence,
    versions: list[EvidenceRevision],
    refusal: CannotDo | None = None,
    version: int | None = None,
) -> HttpResponse:
    """The question; or, where something keeps the versions, what does. 409 after a refusal."""
    reasons = keeping.reasons(versions, user=request.user)
    context: dict[str, Any] = {
        "evidence": evidence,
        "version": version,
        "is_only": version is not None and evidence.revisions.count() == 1,
        "newest": max((one.number for one in versions), default=0),
        "count": len(versions),
        "kept": [reason for reason in reasons if reason.binding],
        "going": [reason for reason in reasons if not reason.binding],
        "refusal": "" if refusal is None else str(refusal),
    }
    status = 200 if refusal is None else 409
    return render(request, "institutions/evidence_delete.html", context, status=status)

"""Evidence looked at and saved by the institution's own people. A case has its own addresses."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certification.permitted import permitted
from institutions import viewing
from institutions.downloads import serve_file
from institutions.models import Evidence, EvidenceRevision
from institutions.requests import SignedInRequest
from institutions.viewing.looking import Addresses


@require_safe
def revision_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Give the file of one version; `podglad` shows it."""
    return serve_file(request, _own(request, pk), inline="podglad" in request.GET)


@require_safe
def revision_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look at one version: its pages, its text, and what is looked for in it."""
    revision = _own(request, pk)
    library = (_("Evidence"), reverse("evidence_list"))
    evidence = (revision.evidence.title, revision.evidence.get_absolute_url())
    return viewing.show(request, revision, _addresses(revision), trail=[library, evidence])


@require_safe
def revision_page(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """One page of a PDF, drawn."""
    return viewing.draw(request, _own(request, pk), number)


def _own(request: SignedInRequest, pk: int) -> EvidenceRevision:
    revision = get_object_or_404(EvidenceRevision.objects.select_related("evidence"), pk=pk)
    permitted(Evidence, request.user, pk=revision.evidence_id)
    return revision


def _addresses(revision: EvidenceRevision) -> Addresses:
    return Addresses(
        view=reverse("revision_view", args=[revision.pk]),
        file=reverse("revision_file", args=[revision.pk]) if revision.file else "",
        page=lambda number: reverse("revision_page", args=[revision.pk, number]),
    )

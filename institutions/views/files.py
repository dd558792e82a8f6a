"""Files of evidence, for the institution's own people. A case has addresses of its own."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from certification.permitted import permitted
from institutions.downloads import serve_revision
from institutions.models import Evidence, EvidenceRevision
from institutions.requests import SignedInRequest


@require_safe
def revision_file(request: SignedInRequest, pk: int) -> FileResponse:
    """Give the file of one version to the institution's own people; `podglad` shows it."""
    revision = get_object_or_404(EvidenceRevision.objects.select_related("evidence"), pk=pk)
    permitted(Evidence, request.user, pk=revision.evidence_id)
    return serve_revision(revision, inline="podglad" in request.GET)

"""Handing out a stored file. Whoever calls has checked that the person may read it."""

from django.http import FileResponse, Http404

from institutions.models import EvidenceRevision
from institutions.uploads.names import display_name

# The document may run nothing, fetch nothing and is of no origin; only our pages may frame it.
# Chromium shows a PDF under this policy (tests/browser). Where a browser refuses to, the page
# around it still offers the file for saving.
POLICY = "default-src 'none'; frame-ancestors 'self'; sandbox"


def serve_revision(revision: EvidenceRevision, *, inline: bool) -> FileResponse:
    """Stream the revision's file: as an attachment, or shown inline where that is safe.

    The name follows RFC 6266, Polish letters intact. Raises Http404 for a link or a note.
    """
    if not revision.file:
        raise Http404
    try:
        content = revision.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    shown = inline and revision.can_be_shown
    content_type = revision.content_type or "application/octet-stream"
    if content_type == "text/plain":
        content_type += "; charset=utf-8"
    return FileResponse(
        content,
        as_attachment=not shown,
        filename=display_name(revision.filename),
        content_type=content_type,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
        },
    )

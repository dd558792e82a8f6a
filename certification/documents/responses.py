"""A PDF on its way to the browser: shown in the page, private, never kept by a proxy."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from .models import StoredDocument
from .services import open_verified


def pdf_response(content: bytes, filename: str) -> HttpResponse:
    """Serve PDF bytes; the name goes into the header as RFC 6266 writes it."""
    response = HttpResponse(content, content_type="application/pdf")
    disposition = content_disposition_header(False, filename.replace("/", "-"))
    response.headers["Content-Disposition"] = disposition or "inline"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def stored_response(document: StoredDocument | None) -> HttpResponse:
    """Serve a stored document, its bytes checked against the hash they were stored with.

    Raises Http404 where nothing was stored yet.
    """
    if document is None:
        raise Http404
    return pdf_response(open_verified(document), f"{document.title}.pdf")

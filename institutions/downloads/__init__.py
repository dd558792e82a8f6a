"""Handing out a stored file. Whoever calls has checked that the person may read it."""

from typing import Any, Protocol
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header

from institutions.downloads.ranges import Part, Pieces, Unsatisfiable, part_asked
from institutions.uploads.names import display_name

# The document may run nothing, fetch nothing and is of no origin; only our pages may frame it.
# Chromium shows a PDF under this policy (tests/browser). Where a browser refuses to, the page
# around it still offers the file for saving.
POLICY = "default-src 'none'; frame-ancestors 'self'; sandbox"

# What a storage raises when it does not have the file, or cannot be reached.
UNREACHABLE = (OSError,)


class KeptFile(Protocol):
    """A row with a stored file: a revision of evidence, a scan kept on file."""

    file: Any
    filename: Any
    content_type: Any
    sha256: Any

    @property
    def can_be_shown(self) -> bool: ...


def serve_file(request: HttpRequest, kept: KeptFile, *, inline: bool) -> HttpResponseBase:
    """Stream the file of one row, or the part of it that is asked for, in constant memory.

    As an attachment, or shown inline where that is safe. The name follows RFC 6266, Polish
    letters intact. Raises Http404 for a link, a note, or a file that is not there.
    """
    if not kept.file:
        raise Http404
    headers = _headers(kept, inline=inline)
    if settings.X_ACCEL_PREFIX and isinstance(kept.file.storage, FileSystemStorage):
        return _handed_to_nginx(kept, headers)
    try:
        content = kept.file.open("rb")
        size = kept.file.size
    except UNREACHABLE as error:
        raise Http404 from error
    if request.method == "HEAD":
        content.close()
        return HttpResponse(headers={**headers, "Content-Length": str(size)})
    try:
        part = _part(request, headers["ETag"], size)
    except Unsatisfiable:
        content.close()
        return _unsatisfiable(headers, size)
    return _partial(content, part, size, headers) if part else _whole(content, headers)


def _headers(kept: KeptFile, *, inline: bool) -> dict[str, str]:
    shown = inline and kept.can_be_shown
    content_type = kept.content_type or "application/octet-stream"
    if content_type == "text/plain":
        content_type += "; charset=utf-8"
    return {
        "Content-Type": content_type,
        "Content-Disposition": content_disposition_header(
            as_attachment=not shown, filename=display_name(kept.filename)
        )
        or "attachment",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
        "ETag": f'"{kept.sha256}"',
    }


def _part(request: HttpRequest, etag: str, size: int) -> Part | None:
    """The part asked for; the whole file where it changed since the browser's first part."""
    if request.headers.get("If-Range", etag) != etag:
        return None
    return part_asked(request.headers.get("Range", ""), size)


def _whole(content: Any, headers: dict[str, str]) -> HttpResponseBase:
    """FileResponse lets the server send the file by itself (wsgi.file_wrapper), where it can."""
    response = FileResponse(content, content_type=headers["Content-Type"])
    for name, value in headers.items():
        response[name] = value
    return response


def _partial(content: Any, part: Part, size: int, headers: dict[str, str]) -> HttpResponseBase:
    return StreamingHttpResponse(
        Pieces(content, part),
        status=206,
        headers={
            **headers,
            "Content-Range": f"bytes {part.first}-{part.last}/{size}",
            "Content-Length": str(part.length),
        },
    )


def _unsatisfiable(headers: dict[str, str], size: int) -> HttpResponse:
    kept = {name: headers[name] for name in ("Cache-Control", "Content-Security-Policy")}
    return HttpResponse(
        status=416,
        content_type="text/plain; charset=utf-8",
        headers={**kept, "Content-Range": f"bytes */{size}"},
    )


def _handed_to_nginx(kept: KeptFile, headers: dict[str, str]) -> HttpResponse:
    """Only the address of the file inside nginx: it streams, cuts and counts by itself.

    nginx keeps the type, the name and the caching of this answer; the headers of safety are
    repeated by its own configuration (docs/operating.md).
    """
    name = str(kept.file.name)
    if not kept.file.storage.exists(name):
        raise Http404
    del headers["ETag"], headers["Accept-Ranges"]  # nginx has its own
    address = settings.X_ACCEL_PREFIX.rstrip("/") + "/" + quote(name)
    return HttpResponse(headers={**headers, "X-Accel-Redirect": address})

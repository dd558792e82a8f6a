"""Evidence looked at in the page: read page by page, searched, and drawn, all on the server.

Whoever calls has checked that the person may read the revision, and says where it is looked at.
"""

import hashlib
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django_htmx.http import replace_url

from certification.errors import Unavailable
from institutions import reading
from institutions.busy import Busy
from institutions.downloads import POLICY, UNREACHABLE
from institutions.models import EvidenceRevision
from institutions.viewing.asked import Asked
from institutions.viewing.looking import WIDTHS, Addresses, Look

DRAWN_BY = "1"  # raised when pages are drawn differently, so that browsers ask for them anew


def show(
    request: HttpRequest,
    revision: EvidenceRevision,
    addresses: Addresses,
    *,
    trail: list[tuple[str, str]],
) -> HttpResponse:
    """The page of a revision, or what of it htmx exchanges; `trail` leads back."""
    asked = Asked.of(request.GET)
    context: dict[str, Any] = {"revision": revision, "addresses": addresses, "trail": trail}
    if revision.has_pages:
        context["look"] = look_at(revision, addresses, asked)
    if not revision.has_pages or not _wants_part(request):
        return render(request, "institutions/viewer.html", context)
    part = "_viewer_page" if asked.only_page else "_viewer"
    response = render(request, f"institutions/{part}.html", context)
    return _with_address(request, response, context["look"])


def look_at(revision: EvidenceRevision, addresses: Addresses, asked: Asked) -> Look:
    """Read one page, and search where words are asked for; never raises."""
    page = found = None
    try:
        with revision.file.open("rb") as file:
            if asked.words and not asked.only_page:
                found = reading.found_in(file, revision.kind, asked.words)
            page = reading.page_of(file, revision.kind, asked.page or _first_hit(found))
    except Busy as error:
        return Look(revision, addresses, asked, refusal=str(error))
    except (*UNREACHABLE, Unavailable):
        return Look(revision, addresses, asked, is_missing=True)
    if page and not page["count"]:
        page = None
    return Look(revision, addresses, asked, page, found)


def _first_hit(found: dict[str, Any] | None) -> int:
    return int(found["hits"][0]["page"]) if found and found["hits"] else 1


def _wants_part(request: Any) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request


def _with_address(request: Any, response: HttpResponse, look: Look) -> HttpResponse:
    """On its own page the address follows what is looked at; inside another page it stays."""
    inside = request.htmx.current_url_abs_path or ""
    if inside.partition("?")[0] == look.addresses.view:
        return replace_url(response, look.here)
    return response


def draw(request: HttpRequest, revision: EvidenceRevision, number: int) -> HttpResponseBase:
    """One page of a PDF as a picture, `szer` pixels wide, with `szukaj` marked on it.

    The browser may keep the picture, but asks each time whether it may show it: the person's
    right is checked before "not modified" is said.
    """
    if revision.kind != reading.PDF:
        raise Http404
    asked = Asked.of(request.GET)
    typed = request.GET.get("szer", "")
    width = int(typed) if typed in {str(width) for width in WIDTHS} else WIDTHS[1]
    parts = (DRAWN_BY, revision.sha256, str(number), str(width), asked.words)
    etag = f'"{hashlib.sha256("/".join(parts).encode()).hexdigest()[:32]}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return _kept_privately(unchanged, etag)
    picture = None
    with suppress(*UNREACHABLE), revision.file.open("rb") as file:
        picture = reading.picture_of(file, number, width, asked.words)
    if picture is None:
        raise Http404
    return _kept_privately(HttpResponse(picture, content_type="image/webp"), etag)


def _kept_privately(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response

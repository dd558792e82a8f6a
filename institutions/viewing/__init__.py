"""Evidence looked at in the page: read page by page, searched, and drawn, all on the server.

Whoever calls has checked that the person may read the revision, and says where it is looked at.
"""

import hashlib
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django_htmx.http import replace_url

from certification.busy import Busy
from certification.errors import Unavailable
from institutions import reading
from institutions.copies import at_hand
from institutions.downloads import POLICY, UNREACHABLE
from institutions.models import EvidenceRevision
from institutions.viewing.asked import Asked
from institutions.viewing.looking import WIDTHS, Addresses, Look
from institutions.viewing.spots import Spot

DRAWN_BY = "1"  # raised when pages are drawn differently, so that browsers ask for them anew


def show(
    request: HttpRequest,
    revision: EvidenceRevision,
    addresses: Addresses,
    *,
    trail: list[tuple[str, str]],
    spot: Spot | None = None,
    template: str = "institutions/viewer.html",
    around: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a revision, or what of it htmx exchanges; `trail` leads back.

    It opens at `spot`, which is marked. Another `template` extends the usual one and shows what
    stands in `around`.
    """
    asked = Asked.of(request.GET)
    if spot and spot.page and not asked.page:
        asked = replace(asked, page=spot.page)
    context: dict[str, Any] = {
        "revision": revision,
        "addresses": addresses,
        "trail": trail,
        "start": asked.second,
        "spot": spot,
        **(around or {}),
    }
    if revision.has_pages:
        context["look"] = look_at(revision, addresses, asked, spot)
    if not _wants_part(request):
        return render(request, template, context, status=status)
    if not revision.has_pages:
        return render(request, "institutions/_revision_marked.html", context)
    part = "_viewer_page" if asked.only_page else "_viewer"
    response = render(request, f"institutions/{part}.html", context)
    return _with_address(request, response, context["look"])


def look_at(
    revision: EvidenceRevision, addresses: Addresses, asked: Asked, spot: Spot | None = None
) -> Look:
    """Read one page, and search where words are asked for; never raises."""
    page = found = None
    passage = spot.passage if spot else None
    try:
        with at_hand(revision.file, revision.sha256) as file:
            if asked.words and not asked.only_page:
                found = reading.found_in(file, revision.kind, asked.words)
            number = asked.page or _first_hit(found)
            page = reading.page_of(file, revision.kind, number, passage)
    except Busy as error:
        return Look(revision, addresses, asked, refusal=str(error))
    except (*UNREACHABLE, Unavailable):
        return Look(revision, addresses, asked, is_missing=True)
    if page and not page["count"]:
        page = None
    return Look(revision, addresses, asked, page, found, spot=spot)


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
    return draw_page(request, revision.file, revision.sha256, number)


def draw_page(
    request: HttpRequest, stored: FieldFile, sha256: str, number: int
) -> HttpResponseBase:
    """As `draw`, of any stored PDF; `sha256` is that of its bytes."""
    asked = Asked.of(request.GET)
    typed = request.GET.get("szer", "")
    width = int(typed) if typed in {str(width) for width in WIDTHS} else WIDTHS[1]
    parts = (DRAWN_BY, sha256, str(number), str(width), asked.words)
    etag = f'"{hashlib.sha256("/".join(parts).encode()).hexdigest()[:32]}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return _kept_privately(unchanged, etag)
    picture = None
    with suppress(*UNREACHABLE), at_hand(stored, sha256) as file:
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

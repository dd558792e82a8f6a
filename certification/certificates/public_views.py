"""What anybody may ask: which certificates there are, and whether this one stands."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from certification import clock
from certification.csv_files import csv_lines
from certification.documents.models import Issuer
from certification.open_data import open_to_all

from .codes import grouped, normalised
from .exports import MOST_ON_A_PAGE, json_pieces, page_of, rows_in_words, whole
from .forms import PageAsked, RegisterFilter
from .issued_files import issued_files, state_of_files
from .register import COLUMNS, Entries, Entry, entries, state_of_register, summary
from .register_map import register_map
from .verification import blank_verdicts, check, unknown_file

PER_PAGE = 25
LONGEST = 200  # characters of what is typed: more than any code, number or address of ours


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register, narrowed by what the address says."""
    filters = RegisterFilter(request.GET)
    chosen = filters.chosen()
    found = entries(clock.today(), **chosen)
    paginator: Paginator[Entry] = Paginator(found, PER_PAGE)
    context = {
        "filters": filters,
        "is_narrowed": any(value for name, value in chosen.items() if name != "sort"),
        "page": paginator.get_page(request.GET.get("page")),
        "summary": summary(found.day),
        "today": found.day,
        "columns": COLUMNS.items(),
        "query": request.GET.urlencode(),
        "tabs": register_tabs("register"),
    }
    return render(request, "certificates/register.html", context)


@login_not_required
@require_safe
def register_by_voivodeship(request: HttpRequest) -> HttpResponse:
    """The register as a map, with the same in a table beside it."""
    today = clock.today()
    context = {
        "map": register_map(today),
        "today": today,
        "tabs": register_tabs("register_by_voivodeship"),
    }
    return render(request, "certificates/register_map.html", context)


def register_tabs(current: str) -> list[dict[str, Any]]:
    """The ways to look at the register."""
    pages = {
        "register": _("List"),
        "register_by_voivodeship": _("Map"),
        "register_changes": _("Changes"),
    }
    return [
        {"label": label, "url": reverse(name), "current": name == current, "count": None}
        for name, label in pages.items()
    ]


def _narrowed(request: HttpRequest) -> Entries:
    return entries(clock.today(), **RegisterFilter(request.GET).chosen())


@vary_on_cookie  # headings are in the reader's language
@open_to_all(lambda request: state_of_register(clock.today()))
def register_csv(request: HttpRequest) -> StreamingHttpResponse:
    found = _narrowed(request)
    response = StreamingHttpResponse(
        csv_lines(rows_in_words(found)), content_type="text/csv; charset=utf-8"
    )
    name = f"rejestr-certyfikatow-cal-{found.day.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@vary_on_cookie
@open_to_all(lambda request: state_of_register(clock.today()))
def register_json(request: HttpRequest) -> StreamingHttpResponse:
    """All that matches, or a page of it: `?per_page=100&page=2`."""
    found, asked = _narrowed(request), PageAsked(request.GET).chosen()
    part = whole(found)
    if asked["per_page"]:
        per_page = min(asked["per_page"], MOST_ON_A_PAGE)
        query = request.GET.copy()
        query.pop("page", None)
        query["per_page"] = str(per_page)
        next_url = f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
        number = asked["page"] or 1
        part = page_of(found, per_page=per_page, number=number, next_url=next_url)
    pieces = json_pieces(part, publisher=Issuer.load().name)
    return StreamingHttpResponse(pieces, content_type="application/json")


@login_not_required
@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """Check what was typed (`?q=`): a code, a number, or the address from the QR code."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    return _answer(request, typed)


@login_not_required
@require_safe
def verification_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR code leads. Always an answer, never a page that is not found."""
    return _answer(request, grouped(normalised(code[:LONGEST])))


@open_to_all(lambda request: state_of_files(clock.today()))
def issued_files_json(request: HttpRequest) -> JsonResponse:
    """`{"as_of", "files": {sha256: facts}}`, so that a browser can check a file by itself."""
    today = clock.today()
    return JsonResponse({"as_of": today.isoformat(), "files": issued_files(today)})


def _answer(request: HttpRequest, typed: str) -> HttpResponse:
    today = clock.today()
    verdict = check(typed, today) if typed else None
    context = {
        "typed": typed,
        "verdict": verdict,
        "today": today,
        "issuer": Issuer.load(),
        "blank_verdicts": blank_verdicts(),
        "unknown_file": unknown_file(),
    }
    response = render(request, "certificates/verification.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response

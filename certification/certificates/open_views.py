"""The register for programs, and the picture for holders' websites: readable from anywhere."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from certification import clock
from certification.documents.models import Issuer
from certification.open_data import open_to_all

from .badge import badge_of, never_issued
from .models import Certificate
from .openapi import FILTERS, LICENCE, MORE, VERSION, description
from .published import HISTORICAL_ONLY, numbered, published
from .register import COLUMNS


@login_not_required
@require_safe
def register_api(request: HttpRequest) -> HttpResponse:
    """What programs may ask of the register, for the person who writes one."""
    example = Certificate.objects.order_by("pk").first()
    columns = {n: meaning for n, (_heading, meaning) in COLUMNS.items() if n not in HISTORICAL_ONLY}
    context = {
        "filters": [
            (name, meaning, schema.get("enum")) for name, (meaning, schema) in FILTERS.items()
        ],
        "columns": columns.items(),
        "more": MORE.items(),
        "issuer": Issuer.load(),
        "site_url": settings.SITE_URL,
        "licence": LICENCE,
        "version": VERSION,
        "serial": (example.short_number if example else "1/2016").replace("/", "-"),
    }
    return render(request, "certificates/register_api.html", context)


@vary_on_cookie  # what the fields mean is said in the reader's language
@open_to_all()
def register_openapi(request: HttpRequest) -> JsonResponse:
    """The same for programs: OpenAPI 3.1."""
    return _json(description())


@open_to_all()
def certificate_json(request: HttpRequest, serial: int, year: int) -> JsonResponse:
    """How one certificate stands today."""
    try:
        return _json(published(numbered(serial, year), clock.today()))
    except Http404:
        return _json({"error": _("No certificate with this number was ever issued.")}, status=404)


@open_to_all()
def certificate_badge(request: HttpRequest, serial: int, year: int, language: str) -> HttpResponse:
    """How one certificate stands today, as a picture. For a number that was never given, too."""
    with override(language):
        try:
            badge, status = badge_of(numbered(serial, year), clock.today()), 200
        except Http404:
            badge, status = never_issued(), 404
        context = {"badge": badge, "language": language}
        response = render(
            request,
            "certificates/badge.svg",
            context,
            content_type="image/svg+xml; charset=utf-8",
            status=status,
        )
    response.headers["Content-Language"] = language
    return response


def _json(content: dict[str, object], *, status: int = 200) -> JsonResponse:
    """Readable by people, too: with Polish letters, and a line a field."""
    return JsonResponse(
        content, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )

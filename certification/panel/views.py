"""The shell: the public front, the legal pages, and what is shown when something goes wrong."""

import sys
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from certification import clock
from certification.applications.models import Call
from certification.panel import error_pages
from certification.panel.resending import keep
from certification.panel.style_guide import samples

# Of the accessibility statement; move REVIEWED on whenever the pages change much, and each March.
PUBLISHED = date(2026, 11, 22)
REVIEWED = date(2026, 11, 22)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tell what the Certificate is, and lead to it."""
    calls = Call.objects.announced_on(clock.today())
    return render(request, "panel/home.html", {"calls": calls})


@login_not_required
@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """Publish the statement of the act of 4 April 2019 on digital accessibility, art. 10."""
    context = {"address": settings.SITE_URL, "published": PUBLISHED, "updated": REVIEWED}
    return render(request, "panel/accessibility.html", context)


@login_not_required
@require_safe
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """Inform about personal data (GDPR, art. 13)."""
    context = {"photos_days": settings.VISIT_PHOTOS_DAYS}
    return render(request, "panel/privacy.html", context)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503; for load balancers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except error_pages.DATABASE_ERRORS:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    return JsonResponse({"status": "ok", "database": "up"})


@require_GET
def session_restored(request: HttpRequest) -> HttpResponse:
    """After signing in again in a second tab: back to the first one, which holds the text."""
    return render(request, "panel/session_restored.html")


@login_not_required
@never_cache
@require_GET
def session_token(request: HttpRequest) -> JsonResponse:
    """Give our own pages a fresh CSRF token, so that a waiting form can be sent.

    Another site cannot read it: there is no CORS header, and its requests carry no cookie.
    """
    return JsonResponse({"signed_in": request.user.is_authenticated, "token": get_token(request)})


@login_not_required
@require_GET
def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component on one page; only in a development checkout."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "panel/style_guide.html", samples(request, today=clock.today()))


# --- when something goes wrong (named in certification/urls.py and in settings) --------------


def resend_after_expiry(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a failed CSRF check: the token is old, or another site sent the form."""
    return error_pages.session_ended(request, kept=keep(request))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return error_pages.bare_page(request, "413.html", status=413)
    return error_pages.bare_page(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    back = error_pages.way_back(request)
    return error_pages.page(request, "403.html", status=403, back=back)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_pages.page(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an unforeseen error, or a database that went away outside a view."""
    if error_pages.is_database_gone(sys.exc_info()[1]):
        return error_pages.unavailable(request)
    return error_pages.bare_page(request, "500.html", status=500)

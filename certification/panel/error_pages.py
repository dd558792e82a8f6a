"""Pages for when something stands in the way. Each says what happened and what to do now."""

import logging
import sqlite3
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.urls import reverse

from certification.errors import CannotDo, Stale, TransitionNotAllowed, Unavailable
from certification.panel.resending import Kept, keep

logger = logging.getLogger(__name__)

DATABASE_ERRORS = (OperationalError, InterfaceError)


def is_database_gone(error: BaseException | None) -> bool:
    """Whether the database is locked, full or unreachable; trying again later may help.

    SQLite calls a missing column an OperationalError too: that is our mistake, not an outage.
    """
    if not isinstance(error, DATABASE_ERRORS):
        return False
    if isinstance(error.__cause__, sqlite3.OperationalError):
        return any(word in str(error) for word in ("locked", "unable to open", "disk"))
    return True


def page(request: HttpRequest, template: str, *, status: int, **context: Any) -> HttpResponse:
    """Render an error page inside the shell."""
    return _whole_page(request, render(request, template, context, status=status))


def bare_page(request: HttpRequest, template: str, *, status: int, **context: Any) -> HttpResponse:
    """Render an error page that needs neither a session nor the database."""
    return _whole_page(request, HttpResponse(render_to_string(template, context), status=status))


def _whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.headers.get("HX-Request"):  # the page replaces the page, not a part of it
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML show:top"
    return response


def refusal(request: HttpRequest, error: CannotDo) -> HttpResponse:
    """Show why a verb was refused: 409 when somebody was faster, 503 for a while, else 422."""
    moved_on = isinstance(error, Stale | TransitionNotAllowed)
    for_a_while = isinstance(error, Unavailable)
    return page(
        request,
        "errors/refusal.html",
        status=409 if moved_on else 503 if for_a_while else 422,
        moved_on=moved_on,
        message=str(error),
        kept=keep(request),
        back=way_back(request),
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that the database does not answer; a posted text can be sent again from the page."""
    logger.error("Database unavailable at %s", request.path, exc_info=True)
    kept = keep(request)
    token = get_token(request) if kept else ""
    response = bare_page(request, "503.html", status=503, kept=kept, csrf_token=token)
    response["Retry-After"] = "10"
    return response


def session_ended(request: HttpRequest, *, kept: Kept) -> HttpResponse:
    """Hold the text of a person whose session ended while they wrote.

    403, not a redirect: a redirect would drop the text, and 401 would have to name an HTTP
    authentication scheme, which a form login is not (RFC 9110, 15.5.2).
    """
    sign_in = urlencode({"next": reverse("session_restored")})
    return page(
        request,
        "errors/session_ended.html",
        status=403,
        kept=kept,
        back=way_back(request),
        sign_in_url=f"{resolve_url(settings.LOGIN_URL)}?{sign_in}",
    )


def way_back(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours; else the front page."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host() or not parts.path.startswith("/"):
        return reverse("home")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

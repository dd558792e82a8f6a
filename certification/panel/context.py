"""What every page needs around its content: the site, the main navigation, the demo accounts."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certification.documents.masthead import issuer_named
from certification.panel.demo_accounts import PASSWORD, demo_accounts
from institutions.models import User
from institutions.states import Role

# Nothing inline and nothing evaluated (the CSP forbids both). Refusals that carry a page are
# shown: 403 a lost session, 409 and 422 what stands in the way, 503 try again.
HTMX_CONFIG = json.dumps(
    {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "selfRequestsOnly": True,
        # no copies of pages in the browser's storage, where they would outlive the session
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        # what came works at once: a link or a form of it is never followed past htmx
        "defaultSettleDelay": 0,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "403|409|422|503", "swap": True, "error": True},
            {"code": "[45]..", "swap": False, "error": True},
        ],
    }
)


@dataclass(frozen=True)
class NavItem:
    url: str
    label: str
    current: bool


def _anybody(user: Any) -> bool:
    return True


def _visitor(user: Any) -> bool:
    return not user.is_authenticated


def _signed_in(user: Any) -> bool:
    return bool(user.is_authenticated)


def _member(user: User) -> bool:
    return user.is_authenticated and user.is_member_anywhere


def _holding(*roles: str) -> Callable[[Any], bool]:
    return lambda user: user.is_authenticated and user.has_role(*roles)


def _member_or(*roles: str) -> Callable[[Any], bool]:
    holding = _holding(*roles)
    return lambda user: holding(user) or _member(user)


COMMITTEE = (Role.COMMITTEE_MEMBER, Role.COMMITTEE_CHAIR)
BOARD = (Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER)
OVERSEERS = (Role.ADMINISTRATOR, Role.RESPONSIBLE_BOARD_MEMBER)

NAVIGATION: tuple[tuple[str, Any, Callable[[Any], bool]], ...] = (
    ("panel", _("Panel"), _signed_in),
    ("application_list", _("Applications"), _member_or(Role.OFFICE, *COMMITTEE, *BOARD)),
    ("thread_list", _("Messages"), _member_or(Role.OFFICE)),
    ("assessment_list", _("Assessments"), _holding(Role.ASSESSOR, Role.OFFICE)),
    ("stuck_list", _("Cases that lie"), _holding(Role.RESPONSIBLE_BOARD_MEMBER)),
    ("visit_list", _("Site visits"), _member_or(Role.OFFICE, Role.ASSESSOR)),
    ("decision_list", _("Decisions"), _holding(Role.OFFICE, *COMMITTEE, *BOARD)),
    ("call_list", _("Calls"), _holding(Role.OFFICE)),
    ("certificate_list", _("Certificates"), _member_or(Role.OFFICE, *COMMITTEE, *BOARD)),
    ("letter_list", _("Letters"), _holding(Role.OFFICE, *BOARD)),
    ("print_run_list", _("Prints"), _holding(Role.OFFICE)),
    (
        "institution_list",
        _("Institutions"),
        _member_or(Role.OFFICE, Role.ADMINISTRATOR, *BOARD),
    ),
    ("evidence_list", _("Evidence"), _member),
    ("person_list", _("People"), _holding(Role.OFFICE, Role.ADMINISTRATOR)),
    ("issuer_edit", _("Issuer"), _holding(*OVERSEERS)),
    ("journal", _("Journal"), _holding(*OVERSEERS)),
    ("chore_list", _("Background work"), _holding(Role.ADMINISTRATOR)),
    ("catalogue", _("Standards"), _anybody),
    ("register", _("Register"), _anybody),
    ("verification", _("Check a document"), _visitor),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Name the site and its issuer, and say where one can go; costs nothing until used."""
    context: dict[str, Any] = {
        "shell": {  # not "site": allauth has a variable of that name
            "name": gettext("CAL Quality Certificate"),
            "issuer": SimpleLazyObject(issuer_named),
            "htmx_config": HTMX_CONFIG,
            "here": _address_to_reload(request),
            "canonical": settings.SITE_URL + request.path,
        },
        "nav_items": SimpleLazyObject(lambda: list(_nav_items(request))),
    }
    if request.resolver_match and request.resolver_match.url_name == "account_login":
        context |= {"demo_accounts": demo_accounts(), "demo_password": PASSWORD}
    return context


def _address_to_reload(request: HttpRequest) -> str:
    """Where to come back to: this page, or the one whose form led here."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    parts = urlsplit(request.headers.get("Referer", ""))
    same_site = parts.netloc == request.get_host()
    return (parts.path + (f"?{parts.query}" if parts.query else "")) if same_site else "/"


def _nav_items(request: HttpRequest) -> Iterator[NavItem]:
    for name, label, may_see in NAVIGATION:
        if may_see(request.user):
            url = _address(name)
            yield NavItem(url, str(label), request.path.startswith(url))


@cache
def _address(name: str) -> str:
    return reverse(name)

"""What waits for an assessor, and what the office follows."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from certification import clock
from certification.assessments import overview
from institutions.models import User
from institutions.requests import SignedInRequest
from institutions.states import Role

PAGE = 25
TABS = (
    ("moje", _("My cases"), Role.ASSESSOR),
    ("zakonczone", pgettext_lazy("assessments", "Finished"), Role.ASSESSOR),
    ("biuro", _("All cases under assessment"), Role.OFFICE),
)


@require_GET
def assessment_list(request: SignedInRequest) -> HttpResponse:
    """An assessor's cases, in hand or finished; for the office every case under assessment."""
    user, wanted = request.user, request.GET.get("widok", "")
    open_to_me = [(code, label) for code, label, role in TABS if user.has_role(role)]
    if not open_to_me:
        raise PermissionDenied
    shown = wanted if wanted in dict(open_to_me) else open_to_me[0][0]
    tabs = [
        {"label": label, "url": f"?widok={code}", "current": code == shown, "count": None}
        for code, label in open_to_me
    ]
    tabs.append(_elsewhere(_("Calibration"), "calibration_list"))
    if user.has_role(Role.OFFICE):
        tabs.append(_elsewhere(_("Agreement"), "agreement_report"))
    context = {"tabs": tabs, "shown": shown, "today": clock.today()}
    context |= _rows(shown, user, request.GET.get("page"))
    return render(request, "assessments/assessment_list.html", context)


def _elsewhere(label: Any, name: str) -> dict[str, Any]:
    """A tab that leads to a page of its own."""
    return {"label": label, "url": reverse(name), "current": False, "count": None}


def _rows(shown: str, user: User, number: str | None) -> dict[str, Any]:
    if shown == "moje":
        return {"mine": overview.my_assignments(user)}
    if shown == "zakonczone":
        return {"page": Paginator(overview.finished_assignments(user), PAGE).get_page(number)}
    page = Paginator(overview.cases_under_assessment(user), PAGE).get_page(number)
    lacking = overview.lacking_assessors(user).count()
    return {"page": page, "cases": overview.follow(page, user), "lacking": lacking}

"""Reminders about visits: of the day, of what was not answered, of what was not written.

The key of each notice names what it reminds of, so that it goes once, and anew when that moves.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from certification import clock
from certification.applications.recipients import custodians_of, office_of
from certification.working_days import working_days_between
from institutions.models import User

from .emails import hosts_of, lead_of, team_of, tell
from .models import Protocol, SiteVisit
from .states import UNDER_WAY, State

SOON = timedelta(days=2)
PATIENCE = 5  # working days until somebody is asked once more
DAYS_BEFORE = 2  # working days before the end of the time for remarks


def remind_of_visits(now: datetime) -> str:
    """Look after every visit under way; how many are due, in words. A chore, safe to repeat."""
    visits = SiteVisit.objects.filter(state__in=UNDER_WAY).with_names()
    reminded = sum(_remind(visit, now) for visit in visits)
    if not reminded:
        return ""
    return ngettext("%(n)s visit looked after", "%(n)s visits looked after", reminded) % {
        "n": reminded
    }


@transaction.atomic
def _remind(visit: SiteVisit, now: datetime) -> bool:
    today = clock.today()
    if visit.state == State.PRESENTED:
        return _of_confirming(visit, today)
    if visit.starts_at is not None and visit.state == State.AGREED and now < visit.starts_at:
        if visit.starts_at - now > SOON:
            return False
        people = [*hosts_of(visit), *team_of(visit)]
        return _tell(people, "visit_soon", visit, visit.starts_at.isoformat())
    since = clock.day_of(visit.ends_at or visit.state_since)
    if working_days_between(since, today) < PATIENCE:
        return False
    return _tell(*_late(visit), visit.state_since.isoformat())


def _late(visit: SiteVisit) -> tuple[list[User], str, SiteVisit]:
    """Whoever is waited for: to agree on a date, or to write the protocol."""
    if visit.state == State.PROPOSED:
        return hosts_of(visit), "visit_unanswered", visit
    if visit.state == State.COUNTERED:
        return office_of(visit.application), "visit_unanswered", visit
    return [*office_of(visit.application), *lead_of(visit)], "protocol_unwritten", visit


def _of_confirming(visit: SiteVisit, today: date) -> bool:
    protocol = Protocol.objects.presented().filter(visit=visit).last()
    if protocol is None or protocol.remarks_until is None:
        return False
    until = protocol.remarks_until
    if protocol.is_late_on(today):
        return _tell(office_of(visit.application), "protocol_overdue", visit, str(until))
    if working_days_between(today, until) > DAYS_BEFORE:
        return False
    people = custodians_of(visit.application)
    return _tell(people, "protocol_due", visit, str(until), protocol=protocol)


def _tell(people: Iterable[User], name: str, visit: SiteVisit, what: str, **context: Any) -> bool:
    tell(list(people), name, visit, key=f"{name}:{visit.pk}:{what}", **context)
    return True

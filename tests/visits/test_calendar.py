"""The calendar file says when and where, and a later one replaces it (RFC 5545)."""

from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest
from django.urls import reverse

from certification.visits.calendar import calendar_of
from certification.visits.models import SiteVisit
from certification.visits.states import State
from tests.visits.factories import make_visit

pytestmark = pytest.mark.django_db

START, END = datetime(2027, 6, 1, 7, tzinfo=UTC), datetime(2027, 6, 1, 13, tzinfo=UTC)


@pytest.fixture
def visit() -> SiteVisit:
    return make_visit(
        state=State.AGREED,
        spans=[(START, END)],
        place="Rynek 1; wejście B, II piętro",
        agenda="9:00 Powitanie\n" + "ż" * 100,
    )


def read(visit: SiteVisit) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(calendar_of(visit))
    (event,) = calendar.walk("VEVENT")
    return event


def test_it_says_when_and_where(visit: SiteVisit) -> None:
    event = read(visit)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (START, END)
    assert event["location"] == visit.place
    assert visit.agenda in event["description"]
    assert visit.application.institution.name in event["summary"]
    assert event["status"] == "CONFIRMED"


def test_lines_are_folded_and_end_as_the_standard_says(visit: SiteVisit) -> None:
    lines = calendar_of(visit).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"\n" not in b"".join(lines)


def test_a_changed_visit_is_the_same_event_with_a_later_sequence(visit: SiteVisit) -> None:
    before = read(visit)
    visit.sequence += 1
    visit.state = State.CANCELLED
    after = read(visit)
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]


def test_it_is_saved_as_a_file(signed_in: Any, visit: SiteVisit) -> None:
    response = signed_in(visit.application.opened_by).get(
        reverse("visit_calendar", args=[visit.pk])
    )
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content == calendar_of(visit)


def test_without_a_date_there_is_none(signed_in: Any) -> None:
    visit = make_visit()
    response = signed_in(visit.application.opened_by).get(
        reverse("visit_calendar", args=[visit.pk])
    )
    assert response.status_code == 404

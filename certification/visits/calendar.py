"""A visit as a calendar file (iCalendar, RFC 5545), which any calendar reads."""

from datetime import UTC
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from .models import SiteVisit
from .states import State


def calendar_of(visit: SiteVisit) -> bytes:
    """One event; its UID stays and its SEQUENCE grows, so that a calendar replaces the earlier.

    Times are in UTC, which every calendar shows in its own zone. The visit must have a date.
    """
    if visit.starts_at is None or visit.ends_at is None:
        raise ValueError("a visit without a date has no calendar file")
    event = icalendar.Event()
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    event.add("uid", f"visit-{visit.pk}@{host}")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.state_since.astimezone(UTC))
    event.add("dtstart", visit.starts_at.astimezone(UTC))
    event.add("dtend", visit.ends_at.astimezone(UTC))
    name = visit.application.institution.name
    event.add("summary", _("CAL site visit: %(institution)s") % {"institution": name})
    event.add("location", visit.place)
    event.add("description", _description(visit))
    event.add("url", settings.SITE_URL + visit.get_absolute_url())
    event.add("status", "CANCELLED" if visit.state == State.CANCELLED else "CONFIRMED")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//CAL//Certyfikat Jakosci CAL//PL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(visit: SiteVisit) -> str:
    number = _("Application %(number)s") % {"number": visit.application.number}
    return "\n\n".join(part for part in (number, visit.agenda) if part)

"""A programme to begin with, from the hours that were agreed; the office makes it its own."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import SiteVisit


def suggested(visit: SiteVisit) -> str:
    """The usual course of a visit, its points spread over its hours; empty without a date.

    Nothing of the assessors' questions is in it: the institution reads it.
    """
    if visit.starts_at is None or visit.ends_at is None:
        return ""
    points = (
        _("Welcome, who is who, the course of the day"),
        _("Talk with the management: how the institution works with its community"),
        _("Walk through the institution and its places"),
        _("Talk with the team"),
        _("Talk with residents and partners"),
        _("Documents named in the application"),
        _("Summing up: what will stand in the protocol, and what comes next"),
    )
    length = (visit.ends_at - visit.starts_at) / len(points)
    quarter = timedelta(minutes=15)
    lines = []
    for number, point in enumerate(points):
        begins = visit.starts_at + number * length // quarter * quarter
        lines.append(f"{timezone.localtime(begins):%H:%M} {point}")
    return "\n".join(lines)

"""Like duties in one heap, read with one query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.urls import reverse

from certification import clock
from certification.applications.models import Application
from certification.followup.states import Stage

SHOWN = 8  # of each kind; the rest is behind "show all"


@dataclass(frozen=True)
class Duty:
    """One thing that waits: what it is about, what to do, and the address where it is done.

    `ends` is the waiting that doing it ends, of which case; `lies` are the days past its limit.
    """

    about: str
    action: str
    url: str
    number: str = ""
    since: date | None = None
    due: date | None = None
    is_late: bool = False
    ends: tuple[Stage, int] | None = None
    lies: int = 0


@dataclass(frozen=True)
class Waiting:
    """A heap of like duties. `total` counts those beyond the ones shown, too."""

    title: str
    duties: list[Duty]
    total: int
    more_url: str


def heap(title: str, rows: "QuerySet[Any]", duty: Callable[[Any], Duty], more_url: str) -> Waiting:
    """Turn the first rows of a queryset into duties; the same query counts them all."""
    first = list(rows.annotate(total=Window(Count("*")))[:SHOWN])
    total = first[0].total if first else 0
    return Waiting(title, [duty(row) for row in first], total, more_url)


def heap_of_cases(
    title: str, applications: "QuerySet[Application]", action: str, address: str, stage: Stage
) -> Waiting:
    """A heap of cases that all wait for the same verb; it ends that waiting."""

    def duty(application: Application) -> Duty:
        return Duty(
            about=str(application.institution),
            action=action,
            url=reverse(address, args=[application.pk]),
            number=application.number or "",
            since=clock.day_of(application.state_since),
            ends=(stage, application.pk),
        )

    rows = applications.select_related("institution").order_by("state_since", "pk")
    return heap(title, rows, duty, reverse("application_list"))

"""A conflict of interest that came late: what the person had done in the case until then.

The journal knows it. Nothing of it is undone by itself: people read it and decide.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import CharField, Count, Exists, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from certification.audit.models import Event
from certification.audit.verbs import describe
from institutions.models import User

from .models import Application, ConflictDeclaration
from .states import Verb

# What says nothing of the case: that somebody stands aside, in whatever words.
PASSIVE = frozenset(
    {
        str(Verb.DECLARE_CONFLICT),
        "assessments.end_assignment",
        "assessments.discard_card",
        "assessments.decline",
        "visits.leave",
    }
)


@dataclass(frozen=True)
class Done:
    """A verb the person did, how often, and when the last time."""

    verb: str
    times: int
    last: datetime

    @property
    def label(self) -> str:
        return describe(self.verb)


@dataclass(frozen=True)
class Recorded:
    """A conflict with what was done before it; `is_late` if there is any of that."""

    declaration: ConflictDeclaration
    done: tuple[Done, ...]

    @property
    def is_late(self) -> bool:
        return bool(self.done)

    @property
    def waits(self) -> bool:
        """Whether the office has yet to say what follows."""
        return self.is_late and not self.declaration.is_reviewed


def conflicts_of(application: Application) -> list[Recorded]:
    """All that are recorded in the case, the newest first. Two queries."""
    found = application.conflicts.select_related("user", "declared_by", "reviewed_by")
    return _recorded(application, found.order_by("-declared_at"))


class Late:
    """The late conflicts of a case as its pages mark them; who the people are stands on the page
    of the case and on the list that the office reviews.
    """

    def __init__(self, application: Application, reader: User) -> None:
        self.application, self.reader = application, reader

    @cached_property
    def found(self) -> list[Recorded]:
        return [each for each in conflicts_of(self.application) if each.is_late]

    @property
    def may_review(self) -> bool:
        return self.reader.has_perm("applications.review_conflict", self.application)


def _recorded(
    application: Application, declarations: Iterable[ConflictDeclaration]
) -> list[Recorded]:
    rows = list(declarations)
    acts = (
        Event.objects.of_case(application)
        .order_by()
        .filter(by__in=[each.user_id for each in rows])
        .exclude(verb__in=PASSIVE)
        .values_list("by", "verb")
        .annotate(times=Count("pk"), last=Max("at"))
    )
    by_person: dict[int, list[Done]] = defaultdict(list)
    for person, verb, times, last in acts if rows else ():
        by_person[person].append(Done(verb, times, last))
    return [
        Recorded(row, tuple(sorted(by_person[row.user_id], key=lambda one: one.last)))
        for row in rows
    ]


def waiting_late() -> "QuerySet[ConflictDeclaration]":
    """The late conflicts of all cases that the office has not reviewed."""
    case = Concat(Value(f"{Application._meta.label_lower}:"), Cast("application_id", CharField()))
    unreviewed = ConflictDeclaration.objects.filter(reviewed_at=None).annotate(case=case)
    acts = Event.objects.filter(by=OuterRef("user"), case=OuterRef("case")).exclude(
        verb__in=PASSIVE
    )
    return unreviewed.filter(Exists(acts))

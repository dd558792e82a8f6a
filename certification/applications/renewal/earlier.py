"""What an application was taken over from: the last certificate, or the edition it began on.

The rating and the remark of the last cycle belong to a higher layer, which registers how they
are found.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from certification import clock
from certification.applications import access
from certification.applications.dossiers import contents_of
from certification.applications.models import Application, Dossier
from certification.standards.descent import Lineage, trace
from certification.standards.models import Criterion, RatingLevel, StandardSet

from .carrying import Carry, Said, carry, left_over, said_in

if TYPE_CHECKING:
    from institutions.models import User


@dataclass(frozen=True)
class Judgement:
    """What the assessors agreed on for one criterion of the last cycle, and why."""

    level: RatingLevel | None
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Earlier:
    """Answers as they stood on a day, laid out by the criteria that inherit them.

    `case` is the application whose certificate is renewed; None where a draft only went over to
    a newer edition.
    """

    application: Application
    contents: Mapping[str, Any]
    edition: StandardSet
    stood_on: date
    case: Application | None

    @cached_property
    def lineage(self) -> Lineage:
        return trace(self.edition, self.application.standard_set)

    @cached_property
    def said(self) -> dict[int, Said]:
        return said_in(self.contents, self.lineage.old)

    @cached_property
    def carries(self) -> list[Carry]:
        return carry(self.said, self.lineage, self.application.criteria())

    def carries_to(self, criteria: Iterable[Criterion]) -> list[Carry]:
        """The same for a few criteria, without reading all that the application is asked."""
        return carry(self.said, self.lineage, criteria)

    @property
    def left_over(self) -> list[Said]:
        """Answers to criteria that the application is not asked any more."""
        return left_over(self.said, self.carries)


def earlier_than(application: Application) -> Earlier | None:
    """What the application began with; None where it began from nothing."""
    if application.renews_id is not None:
        return _of_last_cycle(application, application.renews_id)
    published = application.standard_set.published_at
    if published is not None and published < application.opened_at:
        return None  # it was opened on this very edition: a draft only ever goes on to a newer one
    change = application.edition_changes.select_related("before").last()
    if change is None:
        return None
    day = clock.day_of(change.changed_at)
    return Earlier(application, change.contents, change.before, day, case=None)


def earlier_for(user: "User", application: Application) -> Earlier | None:
    """The same for a reader. A draft of an earlier edition was never submitted, so it is the
    institution's own; the last cycle is closed where a conflict of interest closes that case.
    """
    earlier = earlier_than(application)
    if earlier is None or application.institution_id in user.institution_ids:
        return earlier
    is_open = earlier.case is not None and not is_closed_to(user, earlier.case)
    return earlier if is_open else None


def _of_last_cycle(application: Application, pk: int) -> Earlier | None:
    frozen = Dossier.objects.filter(application=pk).order_by("number")
    dossier = frozen.select_related("application__standard_set").defer("manifest").last()
    if dossier is None:
        return None
    case = application.renews = dossier.application
    day = clock.day_of(dossier.frozen_at)
    contents = contents_of(dossier.pk, dossier.sha256)
    return Earlier(application, contents, case.standard_set, day, case=case)


# --- what the assessors said, for whom it is not too early ------------------------------------


Judgements = Callable[["User", Application, Application], dict[int, Judgement]]
_judgements: list[Judgements] = []


def register(finder: Judgements) -> Judgements:
    """Register `finder(user, earlier_case, renewal)`: the judgements the person may read now, by
    the key of the criterion they are about.
    """
    _judgements.append(finder)
    return finder


def judgements_for(user: "User", earlier: Earlier) -> dict[int, Judgement]:
    """What the person may read now of the ratings of the last cycle; never private notes."""
    found: dict[int, Judgement] = {}
    if earlier.case is not None:
        for finder in _judgements:
            found |= finder(user, earlier.case, earlier.application)
    return found


def is_closed_to(user: "User", case: Application) -> bool:
    """Whether a bar keeps the person from the case, whatever their roles."""
    return Application.objects.filter(access.barred(user), pk=case.pk).exists()

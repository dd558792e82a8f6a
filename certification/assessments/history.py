"""What the assessors of the last cycle agreed on, for those who read its renewal.

A level, and why: where they agreed, their reasons without names; where they differed, only the
reason they settled on, as what either of them said alone did not stand. Private notes are read
by nobody. Whoever still judges the renewal sees it criterion by criterion, each after their own
rating of it: see decision 20.
"""

from collections import defaultdict
from datetime import datetime
from functools import lru_cache

from django.utils.translation import get_language

from certification.applications.models import Application
from certification.applications.reading import Row
from certification.applications.renewal.comparing import Comparison, ThenAndNow, compare
from certification.applications.renewal.earlier import Judgement
from certification.standards.models import Criterion
from institutions.models import User

from .effective import effective
from .marks.texts import marks_of, spelled_out
from .models import Assessment, ConsolidatedCard, Rating
from .rules import is_still_judging


def judgements(user: User, case: Application, renewal: Application) -> dict[int, Judgement]:
    """By the key of the criterion; nothing for somebody who has yet to judge the renewal."""
    return {} if is_still_judging(user, renewal) else agreed_in(case)


def agreed_in(case: Application) -> dict[int, Judgement]:
    """Nothing while the card is open. Of a case that has ended, each process reads it once."""
    if not case.has_ended:
        return _agreed(case.pk)
    return _agreed_once(case.pk, case.state_since, get_language())


@lru_cache(maxsize=32)
def _agreed_once(case: int, ended_at: datetime, language: str | None) -> dict[int, Judgement]:
    """Keep what can never change again: no card is opened or closed in a case that has ended, and
    the database freezes a closed one with the ratings it is made of, and takes no more corrections
    of them. `ended_at` is there to tell keys apart, and `language` since the place of a piece of
    evidence is told in it. Nobody writes to what many threads read.
    """
    return _agreed(case)


def _agreed(case: int) -> dict[int, Judgement]:
    card = ConsolidatedCard.objects.closed().filter(application=case).first()
    if card is None:
        return {}
    reasons = _reasons(card)
    return {
        rating.criterion_id: Judgement(
            rating.level, (rating.reason,) if rating.differed else reasons[rating.criterion_id]
        )
        for rating in card.ratings.select_related("level").order_by()
    }


def _reasons(card: ConsolidatedCard) -> dict[int, tuple[str, ...]]:
    """What the assessors wrote of each criterion; what both wrote alike stands once.
    Places in the evidence that they cite are told in words: their readers have no such links.
    """
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    assessments = list(card.assessments())
    rows = Rating.objects.filter(assessment__in=assessments).asked()
    marks = marks_of(assessments)
    for rating in effective(rows.without_private_notes().order_by("pk")):
        places = marks.get((rating.assessment_id, rating.criterion_id), {})
        reasons = spelled_out(rating.reasons, places)
        if reasons and reasons not in found[rating.criterion_id]:
            found[rating.criterion_id] += (reasons,)
    return found


class Past:
    """The last cycle as the bench of a renewal shows it: differences at once, ratings later."""

    def __init__(self, comparison: Comparison, case: Application) -> None:
        self._case = case
        self._criteria = {each.criterion.pk: each for each in comparison.criteria}

    @classmethod
    def of(cls, assessment: Assessment, rows: list[Row] | None = None) -> "Past | None":
        """Of all criteria, or of those whose rows are given. None for a first application, and
        where the earlier case is closed to the assessor.
        """
        application = assessment.application
        if application.renews_id is None:
            return None
        reader = assessment.assignment.assessor
        comparison = compare(application, reader=reader, rows=rows)
        if comparison is None or comparison.earlier.case is None:
            return None
        return cls(comparison, comparison.earlier.case)

    @property
    def changed(self) -> int:
        return sum(not each.is_quiet for each in self._criteria.values())

    def of_criterion(self, criterion: Criterion) -> ThenAndNow:
        return self._criteria[criterion.pk]

    def is_changed(self, criterion: Criterion) -> bool:
        return not self._criteria[criterion.pk].is_quiet

    def judgements_of(self, criterion: Criterion) -> list[Judgement]:
        """What was agreed on the criteria that this one descends from."""
        origins = [said.criterion.pk for said, _none in self.of_criterion(criterion).then]
        agreed = agreed_in(self._case)
        return [agreed[pk] for pk in origins if pk in agreed]

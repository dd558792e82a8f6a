"""What became of an assessor's work, once the case is decided: whether their level stands, and
where their words were taken up (the reason on the card, the decision, the letter).

Words count as taken up when RUN of them in a row stand there, or all of a shorter text. Only the
assessor's own words are quoted; nothing tells what another assessor wrote.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Application
from certification.assessments.effective import effective
from certification.assessments.marks.texts import Marks, marks_of, numbers_in, spelled_out
from certification.assessments.models import Assessment, EvidenceMark, Rating
from certification.decisions.models import Decision
from certification.finding import fold
from certification.letters.models import LetterParagraph
from certification.letters.states import Kind as LetterKind
from certification.letters.states import State as LetterState
from certification.standards.models import Criterion, RatingLevel

RUN, LEAST = 5, 3  # words in a row; the words that a text must have to count at all
_WORD = re.compile(r"\w+")


class Place(models.TextChoices):
    """Where somebody's words can be taken up."""

    CARD = "card", _("in the reason on the consolidated card")
    DECISION = "decision", _("in the Committee's decision")
    LETTER = "letter", _("in the commendation letter")


@dataclass(frozen=True)
class Use:
    """Words of the assessor, as they wrote them, and where they stand again."""

    place: Place
    quote: str


@dataclass(frozen=True)
class Judged:
    """One criterion: one's own level beside the agreed one, and what was taken up."""

    criterion: Criterion
    own: RatingLevel | None
    agreed: RatingLevel | None
    uses: tuple[Use, ...]
    places: tuple[EvidenceMark, ...]  # cited in the reasons
    used_places: tuple[EvidenceMark, ...]  # those of them that were taken up, too
    is_praised: bool  # the letter has a paragraph that rests on its standard

    @property
    def stands(self) -> bool:
        return self.own == self.agreed


class Feedback:
    """Of a submitted card whose case is decided. Eight queries, however long the card."""

    def __init__(self, assessment: Assessment, decision: Decision) -> None:
        self.assessment, self.decision = assessment, decision
        self.application: Application = assessment.application
        self._letter = list(
            LetterParagraph.objects.filter(
                letter__application=self.application,
                letter__kind=LetterKind.COMMENDATION,
                letter__state=LetterState.APPROVED,
                included=True,
            ).prefetch_related("grounds")
        )
        self.rows = list(self._rows())

    def _rows(self) -> Iterator[Judged]:
        own = self.assessment.ratings.select_related("level").without_private_notes()
        ratings = {each.criterion_id: each for each in effective(own)}
        agreed = {
            each.criterion_id: each
            for each in self.application.card.ratings.select_related("level")
        }
        reasons = {each.criterion_id: each.text for each in self.decision.reasons.all()}
        marks = marks_of([self.assessment])
        for criterion in self.assessment.criteria():
            rating, settled = ratings.get(criterion.pk), agreed.get(criterion.pk)
            if rating is None or settled is None:
                continue
            texts = {
                Place.CARD: (settled.reason,),
                Place.DECISION: (reasons.get(criterion.pk, ""), self.decision.justification),
                Place.LETTER: tuple(each.text for each in self._letter),
            }
            mine = marks.get((self.assessment.pk, criterion.pk), {})
            uses = tuple(_uses(rating, mine, texts))
            cited = [mine[n] for n in sorted(numbers_in(*_written(rating))) if n in mine]
            yield Judged(
                criterion,
                rating.level,
                settled.level,
                uses,
                tuple(cited),
                tuple(mark for mark in cited if _is_used(mark, uses, texts)),
                criterion.standard.code in self._praised,
            )

    @cached_property
    def _praised(self) -> frozenset[str]:
        """The standards that paragraphs of the letter rest on."""
        return frozenset(ground.standard for each in self._letter for ground in each.grounds.all())

    @property
    def standing(self) -> int:
        return sum(row.stands for row in self.rows)

    @property
    def cited(self) -> int:
        """Places in the evidence that the reasons point at."""
        return sum(len(row.places) for row in self.rows)

    @property
    def cited_used(self) -> int:
        return sum(len(row.used_places) for row in self.rows)

    @property
    def used(self) -> list[Judged]:
        """The criteria of which something was taken up."""
        return [row for row in self.rows if row.uses or row.used_places or row.is_praised]


Texts = Mapping[Place, tuple[str, ...]]


def _written(rating: Rating) -> tuple[str, str]:
    return rating.strengths, rating.weaknesses


def _uses(rating: Rating, marks: Marks, texts: Texts) -> Iterator[Use]:
    """Of each text the longest words taken up in each place; “[1]” may have become words there."""
    for place, there in texts.items():
        for own in _written(rating):
            quotes = [taken_up(each, there) for each in (own, spelled_out(own, marks))]
            if quote := max(quotes, key=len):
                yield Use(place, quote)


def _is_used(mark: EvidenceMark, uses: Iterable[Use], texts: Texts) -> bool:
    """Whether words that name the place were taken up, or the passage itself is quoted."""
    named = (f"[{mark.number}", mark.source)
    if any(name in use.quote for use in uses for name in named):
        return True
    return bool(taken_up(mark.quote, [text for there in texts.values() for text in there]))


def taken_up(own: str, texts: Iterable[str]) -> str:
    """The longest run of the assessor's words that stands in one of the texts; else nothing."""
    words = list(_WORD.finditer(own))
    length = min(RUN, len(words))
    if length < LEAST:
        return ""
    folded = [fold(word[0]) for word in words]
    known = {run for text in texts for run in _runs([fold(w) for w in _WORD.findall(text)], length)}
    best = (0, 0)
    start = None
    for at, run in enumerate([*_runs(folded, length), None]):
        if run in known:
            start = at if start is None else start
        elif start is not None:
            best = max(best, (at - 1 + length - start, -start))
            start = None
    size, first = best[0], -best[1]
    return own[words[first].start() : words[first + size - 1].end()] if size else ""


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    """Every run of that many words in a row."""
    for at in range(len(words) - length + 1):
        yield tuple(words[at : at + length])

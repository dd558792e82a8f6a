"""A round as it is read while it lasts: the office prepares and follows, an assessor rates."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from certification.assessments.bench import Mark, Workbench, mark_of
from certification.assessments.models import (
    CalibrationCard,
    CalibrationRating,
    CalibrationRound,
    SampleAnswer,
)
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User

from .anonymising import Identity, identity_of, suspects

# --- preparing ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Prepared:
    """One criterion of the sample, with what a person should look at before it is opened."""

    answer: SampleAnswer
    known: list[str]
    suspects: list[str]

    @property
    def criterion(self) -> Criterion:
        return self.answer.criterion

    @property
    def is_blank(self) -> bool:
        return not (self.answer.text or self.answer.evidence)


def prepared(calibration: CalibrationRound) -> list[Prepared]:
    """The whole sample in the catalogue's order."""
    identity = _identity(calibration)
    found = []
    for answer in calibration.sample.select_related("criterion__standard__area", "self_rating"):
        whole = f"{answer.text}\n{answer.evidence}"
        found.append(Prepared(answer, identity.found_in(whole), suspects(whole)))
    return found


def still_known(calibration: CalibrationRound) -> list[str]:
    """Names of the case behind the sample that still stand in what assessors would read."""
    identity = _identity(calibration)
    texts = [calibration.title, calibration.about]
    for answer in calibration.rated():
        texts += [answer.text, answer.evidence]
    return list(dict.fromkeys(name for text in texts for name in identity.found_in(text)))


def _identity(calibration: CalibrationRound) -> Identity:
    return identity_of(calibration.source) if calibration.source else Identity()


# --- following ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far one of those invited is; never a level."""

    card: CalibrationCard
    done: int
    total: int


def progress(calibration: CalibrationRound, reader: User) -> list[Progress] | None:
    """How far each is, by name; None for somebody of the office who still rates it themselves:
    nothing tells them how others are doing, as in a real case.
    """
    cards = list(_counted(calibration))
    if any(each.assessor_id == reader.pk and not each.is_submitted for each in cards):
        return None
    total = calibration.rated().count()
    return [Progress(each, each.done, total) for each in cards]  # type: ignore[attr-defined]


def _counted(calibration: CalibrationRound) -> "QuerySet[CalibrationCard]":
    said = ~Q(ratings__strengths="") | ~Q(ratings__weaknesses="")
    done = Count("ratings", filter=Q(ratings__level__isnull=False) & said)
    return calibration.cards.select_related("assessor").annotate(done=done)


# --- rating ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """One criterion of the sample, and my rating of it."""

    answer: SampleAnswer
    rating: CalibrationRating | None
    news = ""  # a sample stays as it is

    @property
    def criterion(self) -> Criterion:
        return self.answer.criterion

    @property
    def mark(self) -> Mark:
        return mark_of(self.rating)

    @property
    def has_evidence(self) -> bool:
        return bool(self.answer.evidence)


class SampleBench(Workbench[Entry]):
    """The sample laid out for one assessor, as a real case is on the bench. Two queries."""

    past, query, has_news = None, "", False  # there was no last cycle

    def __init__(self, card: CalibrationCard, code: str = "") -> None:
        self.card, self.round = card, card.round
        ratings = {each.criterion_id: each for each in card.ratings.select_related("level")}
        self.entries = [
            Entry(answer, ratings.get(answer.criterion_id)) for answer in card.round.rated()
        ]
        self.current = self._find(code)
        self._position = self.entries.index(self.current)

    @property
    def previous(self) -> Criterion | None:
        return self.entries[self._position - 1].criterion if self._position else None

    @property
    def next(self) -> Criterion | None:
        after = self.entries[self._position + 1 :]
        return after[0].criterion if after else None

    @property
    def levels(self) -> Sequence[RatingLevel]:
        return self.round.questions().levels

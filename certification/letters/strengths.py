"""What the assessors praised, with the evidence they cite: sentences that a letter may take."""

import re
from dataclasses import dataclass

from certification.assessments.effective import effective
from certification.assessments.marks.texts import listed, marks_of
from certification.assessments.models import ConsolidatedCard, Rating

from .composing import sentence
from .models import CommendationLetter, Ground

_POINTER = re.compile(r"\s*\[\d{1,2}\]")


@dataclass(frozen=True)
class Strength:
    """One assessor's praise of one criterion. `text` is theirs, pointers left out."""

    rating: int
    standard: str
    criterion: str
    text: str
    evidence: str
    is_used: bool

    @property
    def sentence(self) -> str:
        return sentence(self.text)


def strengths_of(letter: CommendationLetter) -> list[Strength]:
    """Of every criterion that somebody praised, in the catalogue's order. Five queries.

    Private notes never leave the database, and nothing says which assessor it was.
    """
    card = ConsolidatedCard.objects.closed().filter(application=letter.application_id).first()
    if card is None:
        return []
    assessments = list(card.assessments())
    marks = marks_of(assessments)
    used = _used_in(letter)
    found = []
    for rating in _ratings(assessments):
        text = _POINTER.sub("", rating.strengths).strip()
        if not text:
            continue
        places = marks.get((rating.assessment_id, rating.criterion_id), {})
        code = rating.criterion.code
        found.append(
            Strength(
                rating=rating.pk,
                standard=rating.criterion.standard.code,
                criterion=code,
                text=text,
                evidence=listed(places, rating.strengths),
                is_used=(code, text) in used,
            )
        )
    return _apart(found)


def _ratings(assessments: list) -> list[Rating]:  # type: ignore[type-arg]
    ratings = Rating.objects.asked().filter(assessment__in=assessments).without_private_notes()
    in_order = ratings.select_related("criterion__standard__area").order_by(
        "criterion", "assessment__submitted_at"
    )
    return effective(in_order)


def _used_in(letter: CommendationLetter) -> set[tuple[str, str]]:
    grounds = Ground.objects.filter(paragraph__letter=letter).exclude(criterion="")
    return set(grounds.values_list("criterion", "text"))


def _apart(strengths: list[Strength]) -> list[Strength]:
    """What two assessors wrote in the same words is offered once."""
    by_words = {(each.criterion, each.text): each for each in reversed(strengths)}
    return [each for each in strengths if by_words[each.criterion, each.text] is each]

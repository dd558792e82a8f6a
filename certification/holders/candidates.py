"""What the assessors wrote of each standard that is met, for the office to choose from."""

import re
from dataclasses import dataclass

from certification.applications.models import Application
from certification.assessments.effective import effective
from certification.assessments.models import ConsolidatedCard, Rating
from certification.assessments.outcomes import standard_outcomes
from certification.standards.models import Standard

_POINTER = re.compile(r"\s*\[\d{1,2}\]")  # to a place in the evidence, which the public has not


@dataclass(frozen=True)
class Candidate:
    """A standard that may be praised, and the words of the assessors, unnamed."""

    standard: Standard
    strengths: list[str]


def candidates(application: Application) -> list[Candidate]:
    """The standards that the closed card says are met, in the catalogue's order; none without
    such a card. Private notes never leave the database.
    """
    card = ConsolidatedCard.objects.closed().filter(application=application).first()
    if card is None:
        return []
    met = [each.standard for each in standard_outcomes(card).values() if each.is_met]
    ratings = Rating.objects.asked().filter(assessment__in=card.assessments())
    in_order = (
        ratings.without_private_notes()
        .select_related("criterion")
        .order_by("criterion__position", "assessment__submitted_at")
    )
    texts: dict[int, dict[str, None]] = {}
    for rating in effective(in_order):
        text = _POINTER.sub("", rating.strengths).strip()
        if text:
            texts.setdefault(rating.criterion.standard_id, {})[text] = None  # alike ones once
    return [Candidate(standard, list(texts.get(standard.pk, {}))) for standard in met]

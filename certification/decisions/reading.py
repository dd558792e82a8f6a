"""What the Committee has before it: words to start a refusal from."""

from collections.abc import Iterable

from certification.assessments.effective import effective
from certification.assessments.marks.texts import marks_of, spelled_out
from certification.assessments.models import (
    Assessment,
    ConsolidatedCard,
    ConsolidatedRating,
    Rating,
)


def proposed_reasons(card: ConsolidatedCard, unmet: Iterable[ConsolidatedRating]) -> dict[int, str]:
    """A first text for each unmet criterion, by the criterion's pk: the assessors' agreed
    reason where they had to settle a difference, else what each of them found missing (or, where
    nothing, the strengths they named), with the evidence they cite in words. Four queries;
    private notes never leave the database.
    """
    unmet = list(unmet)
    assessments = list(card.assessments())
    marks = marks_of(assessments)
    found: dict[int, list[str]] = {}
    for rating in _ratings(assessments, unmet):
        known = found.setdefault(rating.criterion_id, [])
        places = marks.get((rating.assessment_id, rating.criterion_id), {})
        reason = spelled_out(rating.weaknesses or rating.strengths, places)
        if reason and reason not in known:
            known.append(reason)
    return {
        rating.criterion_id: rating.reason or "\n\n".join(found.get(rating.criterion_id, []))
        for rating in unmet
    }


def _ratings(assessments: list[Assessment], unmet: list[ConsolidatedRating]) -> Iterable[Rating]:
    of_card = Rating.objects.asked().filter(
        assessment__in=assessments,
        criterion__in=[rating.criterion_id for rating in unmet],
    )
    return effective(of_card.without_private_notes().order_by("assessment__submitted_at"))

"""What the Committee has before it: words to start a refusal from."""

from collections.abc import Iterable

from certification.assessments.models import ConsolidatedCard, ConsolidatedRating, Rating


def proposed_reasons(card: ConsolidatedCard, unmet: Iterable[ConsolidatedRating]) -> dict[int, str]:
    """A first text for each unmet criterion, by the criterion's pk: the assessors' agreed
    reason where they had to settle a difference, else their comments. One query.

    Private notes are never read: only the comments leave the database.
    """
    unmet = list(unmet)
    comments: dict[int, list[str]] = {}
    for criterion, comment in _comments(card, unmet):
        known = comments.setdefault(criterion, [])
        if comment.strip() and comment.strip() not in known:
            known.append(comment.strip())
    return {
        rating.criterion_id: rating.reason or "\n\n".join(comments.get(rating.criterion_id, []))
        for rating in unmet
    }


def _comments(card: ConsolidatedCard, unmet: list[ConsolidatedRating]) -> Iterable[tuple[int, str]]:
    of_card = Rating.objects.filter(
        assessment__in=card.assessments(),
        criterion__in=[rating.criterion_id for rating in unmet],
    )
    return of_card.order_by("assessment__submitted_at").values_list("criterion_id", "comment")

"""The assessors' ratings side by side, and what they agree on."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.assessments import emails
from certification.assessments.conflicts import Conflicts
from certification.assessments.coverage import Coverage
from certification.assessments.effective import effective
from certification.assessments.models import (
    Assessment,
    CardRemark,
    ConsolidatedCard,
    ConsolidatedRating,
    Rating,
)
from certification.assessments.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, Stale
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User

from .signing import changed, locked_card


def open_card_when_all_in(application: Application, *, by: User) -> ConsolidatedCard | None:
    """Open the card if there is none, and every criterion has its ratings by people who have
    submitted and have no conflict by now. The office is told when the last card is in, and when
    a conflict of interest is in the way.
    """
    if ConsolidatedCard.objects.filter(application=application).exists():
        return None
    counting = Assessment.objects.counting().submitted().filter(assignment__application=application)
    given = counting.select_related("assignment__assessor").prefetch_related("assignment__criteria")
    submitted = [each.assignment for each in given]
    conflicts = Conflicts([application], [each.assessor for each in submitted])
    impartial = [each for each in submitted if not conflicts.between(each.assessor, application)]
    if Coverage(application, impartial).wanted:
        if not Coverage(application, submitted).wanted:
            emails.card_blocked(application)
        return None
    return open_card(application, by=by)


@transaction.atomic
def open_card(application: Application, *, by: User) -> ConsolidatedCard:
    """Lay the submitted ratings together: equal levels stand, others wait to be settled."""
    card = ConsolidatedCard.objects.create(application=application)
    given: dict[int, list[int | None]] = defaultdict(list)
    ratings = Rating.objects.filter(assessment__in=card.assessments().regular()).asked()
    for rating in effective(ratings.without_private_notes()):
        given[rating.criterion_id].append(rating.level_id)
    rows = [
        _laid_together(card, criterion, given[criterion.pk]) for criterion in application.criteria()
    ]
    ConsolidatedRating.objects.bulk_create(rows)
    differences = sum(row.differed for row in rows)
    record(Verb.OPEN_CARD, card, by=by, case=application, differences=differences)
    emails.card_opened(card)
    emails.cards_in(card)
    return card


def _laid_together(
    card: ConsolidatedCard, criterion: Criterion, levels: Sequence[int | None]
) -> ConsolidatedRating:
    agreed = levels[0] if len(set(levels)) == 1 else None
    return ConsolidatedRating(
        card=card, criterion=criterion, level_id=agreed, differed=agreed is None
    )


def discard_open_card(application: Application, *, by: User | None) -> None:
    """Drop a card that is not closed, because one of its assessors has left the case."""
    card = ConsolidatedCard.objects.filter(application=application, closed_at=None).first()
    if card is None:
        return
    record(Verb.DISCARD_CARD, card, by=by, case=application)
    card.delete()


@transaction.atomic
def settle(
    card: ConsolidatedCard,
    criterion: Criterion,
    *,
    by: User,
    level: RatingLevel,
    reason: str,
    expected_version: int = 0,
) -> ConsolidatedRating:
    """Agree on one criterion where the assessors differed, with a reason.

    `expected_version` is how often it was settled when the page was opened; Stale carries
    the newer settlement. The assessors' own ratings stay as they are.
    """
    locked = locked_card(card, Verb.SETTLE)
    if not reason.strip():
        raise CannotDo(_("Write why you agreed on this level."))
    if level.standard_set_id != locked.application.standard_set_id:
        raise CannotDo(_("This level belongs to another edition of the standards."))
    rating = locked.ratings.select_related("criterion").get(criterion=criterion)
    if not rating.differed:
        raise CannotDo(_("You gave this criterion the same level; there is nothing to settle."))
    if rating.version != expected_version:
        raise Stale(rating)
    rating.level, rating.reason, rating.version = level, reason.strip(), rating.version + 1
    rating.settled_by, rating.settled_at = by, clock.now()
    rating.save(update_fields=["level", "reason", "version", "settled_by", "settled_at"])
    CardRemark.objects.create(
        application=locked.application,
        criterion=criterion,
        level=level,
        text=rating.reason,
        written_by=by,
    )
    changed(locked, by=by)
    record(Verb.SETTLE, rating, by=by, case=locked.application, criterion=criterion.code)
    return rating

"""A submitted rating is corrected by a new entry beside it."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification.assessments import emails
from certification.assessments.effective import counted, effective
from certification.assessments.models import (
    ConsolidatedCard,
    ConsolidatedRating,
    Rating,
    RatingCorrection,
)
from certification.assessments.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User

from .signing import changed, locked_card


@transaction.atomic
def correct_rating(
    card: ConsolidatedCard,
    criterion: Criterion,
    *,
    by: User,
    level: RatingLevel,
    strengths: str,
    weaknesses: str,
    reason: str,
    expected_corrections: int = 0,
) -> RatingCorrection:
    """Say something else than what one submitted, and why, while the card is open.

    What was submitted stays. The row of the card follows: where all agree now it is settled by
    that, where they agreed before it waits to be settled. Raises CannotDo for what is missing or
    changes nothing, Stale when another tab corrected it meanwhile.
    """
    locked = locked_card(card, Verb.CORRECT)
    mine = Rating.objects.asked().filter(
        assessment__in=locked.assessments(), assessment__assignment__assessor=by
    )
    found = counted(mine.filter(criterion=criterion).select_related("level"))
    if not found:
        raise TransitionNotAllowed(Verb.CORRECT, locked.application.state)
    (current,) = found
    rating = current.original
    if rating.corrections.count() != expected_corrections:
        raise Stale(current)
    said = (level, strengths.strip(), weaknesses.strip())
    _check(locked, current.rating, said, reason)
    correction = RatingCorrection.objects.create(
        rating=rating,
        level=level,
        strengths=said[1],
        weaknesses=said[2],
        reason=reason.strip(),
        corrected_by=by,
    )
    _lay_anew(locked, criterion)
    changed(locked, by=by)
    record(Verb.CORRECT, correction, by=by, case=locked.application, criterion=criterion.code)
    emails.rating_corrected(locked, criterion, by=by)
    return correction


def _check(
    card: ConsolidatedCard, now: Rating, said: tuple[RatingLevel, str, str], reason: str
) -> None:
    level, strengths, weaknesses = said
    if level.standard_set_id != card.application.standard_set_id:
        raise CannotDo(_("This level belongs to another edition of the standards."))
    if not strengths and not weaknesses:
        raise CannotDo(_("Write the strengths, or what is missing."))
    if not reason.strip():
        raise CannotDo(_("Write why you correct your rating."))
    if said == (now.level, now.strengths, now.weaknesses):
        raise CannotDo(_("Nothing differs from what stands there."))


def _lay_anew(card: ConsolidatedCard, criterion: Criterion) -> None:
    """The row of the card by the ratings as they count now. What was settled stays settled, as
    long as the assessors still differ.
    """
    regular = Rating.objects.filter(
        assessment__in=card.assessments().regular(), criterion=criterion
    )
    levels = {rating.level_id for rating in effective(regular.asked().without_private_notes())}
    row: ConsolidatedRating = card.ratings.get(criterion=criterion)
    if len(levels) > 1 and row.differed:
        return
    row.differed = len(levels) > 1
    row.level_id = None if row.differed else levels.pop()
    row.reason, row.settled_by, row.settled_at = "", None, None
    row.version += 1
    row.save()

"""The assessors' ratings side by side, and what they agree on."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.applications.services import move
from certification.applications.states import State
from certification.applications.states import Verb as ApplicationVerb
from certification.assessments.conflicts import Conflicts
from certification.assessments.models import (
    Assessment,
    Assignment,
    ConsolidatedCard,
    ConsolidatedRating,
)
from certification.assessments.states import ASSESSORS, Verb
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User


def open_card_when_all_in(application: Application, *, by: User) -> ConsolidatedCard | None:
    """Open the card if both assessors have submitted and neither has a conflict by now."""
    assignments = Assignment.objects.active().filter(application=application)
    people = [each.assessor for each in assignments.select_related("assessor")]
    counting = Assessment.objects.counting().submitted()
    submitted = counting.filter(assignment__application=application).count()
    conflicts = Conflicts([application], people)
    if not len(people) == submitted == ASSESSORS:
        return None
    if any(conflicts.between(person, application) for person in people):
        return None
    return open_card(application, by=by)


@transaction.atomic
def open_card(application: Application, *, by: User) -> ConsolidatedCard:
    """Lay the submitted ratings together: equal levels stand, others wait to be settled."""
    card = ConsolidatedCard.objects.create(application=application)
    given: list[dict[int, int | None]] = [
        dict(assessment.ratings.values_list("criterion_id", "level_id"))
        for assessment in card.assessments()
    ]
    rows = [
        _laid_together(card, criterion, [levels.get(criterion.pk) for levels in given])
        for criterion in application.criteria()
    ]
    ConsolidatedRating.objects.bulk_create(rows)
    differences = sum(row.differed for row in rows)
    record(Verb.OPEN_CARD, card, by=by, case=application, differences=differences)
    return card


def _laid_together(
    card: ConsolidatedCard, criterion: Criterion, levels: list[int | None]
) -> ConsolidatedRating:
    agreed = levels[0] if len(set(levels)) == 1 else None
    return ConsolidatedRating(
        card=card, criterion=criterion, level_id=agreed, differed=agreed is None
    )


def discard_open_card(application: Application, *, by: User) -> None:
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
    locked = _locked(card, Verb.SETTLE)
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
    record(Verb.SETTLE, rating, by=by, case=locked.application, criterion=criterion.code)
    return rating


def _locked(card: ConsolidatedCard, verb: Verb) -> ConsolidatedCard:
    """The card as it stands now, still open; the case is locked before it, as everywhere."""
    case = Application.objects.select_for_update().get(pk=card.application_id)
    locked = ConsolidatedCard.objects.select_for_update().get(pk=card.pk)
    locked.application = case
    if locked.is_closed or locked.application.state != State.ASSESSMENT:
        raise TransitionNotAllowed(verb, locked.application.state)
    return locked


@transaction.atomic
def close_card(card: ConsolidatedCard, *, by: User) -> ConsolidatedCard:
    """Close the card for good and send the case to the Certification Committee.

    Raises CannotDo while a difference is open, and when one of the assessors has come to
    belong to the institution: then the office must put somebody else in their place.
    """
    locked = _locked(card, Verb.CLOSE_CARD)
    if codes := list(locked.ratings.unsettled().values_list("criterion__code", flat=True)):
        raise CannotDo(
            _("These criteria are not settled yet: %(codes)s.") % {"codes": ", ".join(codes)}
        )
    _check_impartial(locked)
    locked.closed_by, locked.closed_at = by, clock.now()
    locked.save(update_fields=["closed_by", "closed_at"])
    record(Verb.CLOSE_CARD, locked, by=by, case=locked.application)
    move(locked.application, ApplicationVerb.REFER, by=by)
    card.refresh_from_db()
    return locked


def _check_impartial(card: ConsolidatedCard) -> None:
    assessments = card.assessments().select_related("assignment__assessor")
    people = [assessment.assignment.assessor for assessment in assessments]
    conflicts = Conflicts([card.application], people)
    for person in people:
        if conflict := conflicts.between(person, card.application):
            raise CannotDo(
                _(
                    "%(person)s %(conflict)s. The office must end this assignment and choose "
                    "somebody else before the card can be closed."
                )
                % {"person": person, "conflict": conflict}
            )

"""A round is opened to those invited, and closed."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.assessments.calibration import emails
from certification.assessments.calibration.invitees import obstacles
from certification.assessments.calibration.reading import still_known
from certification.assessments.calibration.states import Stage, Verb
from certification.assessments.models import CalibrationCard, CalibrationRound
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User

from .preparing import locked_round


@transaction.atomic
def open_round(
    calibration: CalibrationRound,
    *,
    by: User,
    assessors: Iterable[User],
    due_on: date,
    is_read: bool,
) -> CalibrationRound:
    """Freeze the sample and let those invited rate it; they are told by e-mail.

    `is_read`: a person has read the sample and says that nothing in it tells whose it was.
    Raises CannotDo for an empty sample, one in which a known name still stands, a day that has
    passed, nobody invited, and somebody who may not take part.
    """
    locked = locked_round(calibration, Verb.OPEN, Stage.PREPARED)
    people = list(assessors)
    if not locked.rated().exists():
        raise CannotDo(_("Write at least one answer that is to be rated."))
    if names := still_known(locked):
        raise CannotDo(
            _("The sample still tells whose case it was: %(names)s. Replace these words.")
            % {"names": ", ".join(names)}
        )
    if not is_read:
        raise CannotDo(_("Read the sample and confirm that nothing in it tells whose case it was."))
    if not people:
        raise CannotDo(_("Choose whom to invite."))
    _check_day(due_on)
    locked.due_on, locked.opened_by, locked.opened_at = due_on, by, clock.now()
    locked.save(update_fields=["due_on", "opened_by", "opened_at"])
    record(Verb.OPEN, locked, by=by, due_on=str(due_on))
    _invite(locked, people, by=by)
    return locked


@transaction.atomic
def invite(
    calibration: CalibrationRound, *, by: User, assessors: Iterable[User], due_on: date
) -> list[CalibrationCard]:
    """Invite more assessors to an open round, and move its last day where it differs."""
    locked = locked_round(calibration, Verb.INVITE, Stage.OPEN)
    if due_on != locked.due_on:
        _check_day(due_on)
        locked.due_on = due_on
        locked.save(update_fields=["due_on"])
        record(Verb.EDIT, locked, by=by, due_on=str(due_on))
    return _invite(locked, list(assessors), by=by)


def _check_day(due_on: date) -> None:
    if due_on < clock.today():
        raise CannotDo(_("The deadline has passed already. Choose a later day."))


def _invite(locked: CalibrationRound, people: list[User], *, by: User) -> list[CalibrationCard]:
    stopped = obstacles(locked, people)
    for person in people:
        if person.pk in stopped:
            raise CannotDo(
                _("%(person)s cannot be invited: %(obstacle)s.")
                % {"person": person, "obstacle": stopped[person.pk]}
            )
    cards = [
        CalibrationCard.objects.create(round=locked, assessor=person, invited_by=by)
        for person in people
    ]
    for card in cards:
        record(Verb.INVITE, card, by=by, assessor=card.assessor_id)
    emails.invited(locked, people)
    return cards


@transaction.atomic
def uninvite(card: CalibrationCard, *, by: User) -> None:
    """Take an invitation back, with what was rated, before it is submitted."""
    locked_round(card.round, Verb.UNINVITE, Stage.OPEN)
    cards = CalibrationCard.objects.select_for_update(of=("self",))
    found = cards.filter(pk=card.pk, submitted_at=None).first()
    if found is None:
        raise TransitionNotAllowed(Verb.UNINVITE, Stage.OPEN)
    record(Verb.UNINVITE, found, by=by, assessor=found.assessor_id)
    found.delete()


@transaction.atomic
def close_round(calibration: CalibrationRound, *, by: User) -> CalibrationRound:
    """End the rating for good. Those who submitted are told where to see their place; what was
    not submitted counts for nothing.
    """
    locked = locked_round(calibration, Verb.CLOSE, Stage.OPEN)
    locked.closed_by, locked.closed_at = by, clock.now()
    locked.save(update_fields=["closed_by", "closed_at"])
    record(Verb.CLOSE, locked, by=by, submitted=locked.cards.submitted().count())
    emails.closed(locked)
    return locked

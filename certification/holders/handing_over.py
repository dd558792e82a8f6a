"""The hand-over of a certificate, planned and recorded: each entry is new, the last one counts."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.certificates.models import Certificate
from certification.certificates.states import STANDING
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User

from . import emails
from .models import HandOver
from .states import HandOverState, Verb


@transaction.atomic
def plan_hand_over(
    certificate: Certificate, *, by: User, on: date, place: str, occasion: str, presenter: str = ""
) -> HandOver:
    """Announce when and where it is to be handed over; the institution is told.

    Raises CannotDo for a day gone by, TransitionNotAllowed once it was handed over or for a
    certificate that is withdrawn or replaced.
    """
    last = _locked_last(certificate)
    if last and last.state == HandOverState.HELD:
        raise TransitionNotAllowed(Verb.PLAN_HAND_OVER, last.state)
    if on < clock.today():
        raise CannotDo(_("This day is past. If the certificate was handed over, record that."))
    entry = _write(
        certificate,
        HandOverState.PLANNED,
        by=by,
        held_on=on,
        place=place,
        occasion=occasion,
        presenter=presenter,
    )
    record(Verb.PLAN_HAND_OVER, certificate, by=by, case=certificate.application, on=on.isoformat())
    emails.hand_over_planned(entry)
    return entry


@transaction.atomic
def record_hand_over(
    certificate: Certificate, *, by: User, on: date, place: str, occasion: str, presenter: str
) -> HandOver:
    """Record that it was handed over, or correct what was recorded.

    Raises CannotDo for a day to come or before the certificate was issued.
    """
    _locked_last(certificate)
    if on > clock.today():
        raise CannotDo(_("This day is still to come. Plan the hand-over first."))
    if on < certificate.resolution.adopted_on:
        raise CannotDo(
            _("A certificate is handed over after the Board's resolution. Check the day.")
        )
    if not presenter.strip():
        raise CannotDo(_("Say who handed it over."))
    entry = _write(
        certificate,
        HandOverState.HELD,
        by=by,
        held_on=on,
        place=place,
        occasion=occasion,
        presenter=presenter,
    )
    record(
        Verb.RECORD_HAND_OVER, certificate, by=by, case=certificate.application, on=on.isoformat()
    )
    return entry


@transaction.atomic
def call_off_hand_over(certificate: Certificate, *, by: User) -> HandOver:
    """What was planned does not take place; the institution is told."""
    last = _locked_last(certificate)
    if last is None or last.state != HandOverState.PLANNED:
        raise TransitionNotAllowed(Verb.CALL_OFF_HAND_OVER, last.state if last else "")
    entry = _write(
        certificate,
        HandOverState.CALLED_OFF,
        by=by,
        held_on=last.held_on,
        place=last.place,
        occasion=last.occasion,
        presenter=last.presenter,
    )
    record(Verb.CALL_OFF_HAND_OVER, certificate, by=by, case=certificate.application)
    emails.hand_over_called_off(entry)
    return entry


def last_hand_over(certificate: Certificate) -> HandOver | None:
    """What counts: of the certificate, or of the one that it corrects."""
    of_case = HandOver.objects.filter(certificate__application=certificate.application_id)
    return of_case.order_by("-pk").first()


def _locked_last(certificate: Certificate) -> HandOver | None:
    locked = Certificate.objects.select_for_update(of=("self",)).with_facts().get(pk=certificate.pk)
    status = locked.status_on(clock.today())
    if status not in STANDING:
        raise TransitionNotAllowed(Verb.RECORD_HAND_OVER, status)
    return last_hand_over(locked)


def _write(
    certificate: Certificate, state: HandOverState, *, by: User, held_on: date, **words: str
) -> HandOver:
    texts = {name: " ".join(text.split()) for name, text in words.items()}
    return HandOver.objects.create(
        certificate=certificate,
        state=state,
        held_on=held_on,
        recorded_by=by,
        recorded_at=clock.now(),
        **texts,
    )

"""A card that is open: locked for a change, talked over, and signed by all whose card it is."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.applications.services import move
from certification.applications.states import State
from certification.applications.states import Verb as ApplicationVerb
from certification.assessments import emails
from certification.assessments.conflicts import Conflicts
from certification.assessments.models import Assignment, CardRemark, CardSignature, ConsolidatedCard
from certification.assessments.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards.models import Criterion
from institutions.models import User


def locked_card(card: ConsolidatedCard, verb: Verb) -> ConsolidatedCard:
    """The card as it stands now, still open; the case is locked before it, as everywhere."""
    case = Application.objects.select_for_update().get(pk=card.application_id)
    locked = ConsolidatedCard.objects.select_for_update().filter(pk=card.pk).first()
    if locked is None or locked.is_closed or case.state != State.ASSESSMENT:
        raise TransitionNotAllowed(verb, case.state)
    locked.application = case
    return locked


def changed(card: ConsolidatedCard, *, by: User | None) -> None:
    """Count a change of a locked card, and take back what was signed: it is no longer that."""
    card.version += 1
    card.save(update_fields=["version"])
    standing = card.signatures.standing().select_related("signed_by")
    people = [signature.signed_by for signature in standing]
    if people:
        standing.update(taken_back_at=clock.now())
        record(Verb.UNSIGN, card, by=by, case=card.application, signatures=len(people))
        emails.signatures_taken_back(card, [person for person in people if person != by])


@transaction.atomic
def remark(card: ConsolidatedCard, criterion: Criterion, *, by: User, text: str) -> CardRemark:
    """Say something to the other assessors about one criterion. It changes nothing else."""
    locked = locked_card(card, Verb.REMARK)
    if not text.strip():
        raise CannotDo(_("Write what you want to say."))
    said = CardRemark.objects.create(
        application=locked.application, criterion=criterion, text=text.strip(), written_by=by
    )
    record(Verb.REMARK, said, by=by, case=locked.application, criterion=criterion.code)
    emails.card_remark(locked, criterion, by=by)
    return said


@transaction.atomic
def sign_card(card: ConsolidatedCard, *, by: User, expected_version: int) -> ConsolidatedCard:
    """Sign the card as it stands; with the last signature it closes for good and the case goes to
    the Certification Committee.

    `expected_version` is the one that was read: Stale carries a newer card. Raises CannotDo while
    a difference is open, and when an assessor has come to have a conflict of interest.
    """
    locked = locked_card(card, Verb.SIGN)
    if codes := list(locked.ratings.unsettled().values_list("criterion__code", flat=True)):
        raise CannotDo(
            _("These criteria are not settled yet: %(codes)s.") % {"codes": ", ".join(codes)}
        )
    if locked.version != expected_version:
        raise Stale(locked)
    thirds = Assignment.objects.still_judging().third()
    if thirds.filter(application=locked.application).exists():
        raise CannotDo(
            _(
                "The opinion of a third assessor is awaited. The office can end that assignment "
                "if the opinion is not needed any more."
            )
        )
    signers = locked.signers()
    signed = set(locked.signatures.standing().values_list("signed_by", flat=True))
    if by not in signers or by.pk in signed:
        raise TransitionNotAllowed(Verb.SIGN, locked.application.state)
    _check_impartial(locked, signers)
    CardSignature.objects.create(card=locked, signed_by=by)
    record(Verb.SIGN, locked, by=by, case=locked.application, version=locked.version)
    awaited = [person for person in signers if person.pk not in signed | {by.pk}]
    if awaited:
        emails.signature_awaited(locked, awaited)
    else:
        _close(locked, by=by)
    card.refresh_from_db()
    return locked


def _close(card: ConsolidatedCard, *, by: User) -> None:
    card.closed_by, card.closed_at = by, clock.now()
    card.save(update_fields=["closed_by", "closed_at"])
    record(Verb.CLOSE_CARD, card, by=by, case=card.application)
    move(card.application, ApplicationVerb.REFER, by=by)


@transaction.atomic
def take_back_signature(card: ConsolidatedCard, *, by: User) -> None:
    """Take back one's own signature, while the other's is awaited."""
    locked = locked_card(card, Verb.UNSIGN)
    mine = locked.signatures.standing().filter(signed_by=by)
    if not mine.update(taken_back_at=clock.now()):
        raise TransitionNotAllowed(Verb.UNSIGN, locked.application.state)
    record(Verb.UNSIGN, locked, by=by, case=locked.application, signatures=1)


def _check_impartial(card: ConsolidatedCard, people: list[User]) -> None:
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

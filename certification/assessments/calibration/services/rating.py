"""One assessor rates the sample, criterion by criterion, and submits."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.assessments.calibration import emails
from certification.assessments.calibration.states import Verb
from certification.assessments.models import CalibrationCard, CalibrationRating, CalibrationRound
from certification.assessments.services.writing import Written, write_over
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User


@transaction.atomic
def save_calibration_rating(
    card: CalibrationCard,
    criterion: Criterion,
    *,
    by: User,
    level: RatingLevel | None,
    strengths: str,
    weaknesses: str,
    expected_version: int = 0,
    unasked: bool = False,
    unsure: Collection[str] = (),
) -> CalibrationRating:
    """Save one rating, finished or not, by the rules of a real one (`write_over`). Raises Stale."""
    locked = _locked(card, Verb.RATE)
    if not locked.round.rated().filter(criterion=criterion).exists():
        raise CannotDo(_("This criterion is not part of the sample."))
    if level is not None and level.standard_set_id != locked.round.standard_set_id:
        raise CannotDo(_("This level belongs to another edition of the standards."))
    saved = locked.ratings.filter(criterion=criterion).first()
    blank = CalibrationRating(card=locked, criterion=criterion, version=0)
    texts = {"strengths": strengths, "weaknesses": weaknesses}
    written = Written(level, texts, expected_version, unasked, unsure)
    rating, is_told = write_over(saved, blank, written)
    if is_told:
        record(Verb.RATE, rating, by=by, criterion=criterion.code, version=rating.version)
    return rating


def _locked(card: CalibrationCard, verb: Verb) -> CalibrationCard:
    """The card as it stands now, kept so until the transaction ends. The round is locked before
    it, as everywhere: whoever closes it or takes the invitation back waits, or was first.
    """
    rounds = CalibrationRound.objects.select_for_update(of=("self",))
    calibration = rounds.select_related("standard_set", "kind").get(pk=card.round_id)
    cards = CalibrationCard.objects.select_for_update(of=("self",))
    locked = cards.filter(pk=card.pk).first()
    if locked is None:  # the invitation was taken back meanwhile
        raise TransitionNotAllowed(verb, calibration.stage)
    locked.round = calibration
    if not locked.is_open:
        raise TransitionNotAllowed(verb, calibration.stage)
    return locked


def unfinished(card: CalibrationCard) -> list[Criterion]:
    """The criteria of the sample that still lack a level or a reason. Two queries."""
    done = {each.criterion_id for each in card.ratings.all() if each.is_complete}
    return [each.criterion for each in card.round.rated() if each.criterion_id not in done]


@transaction.atomic
def submit_card(card: CalibrationCard, *, by: User) -> CalibrationCard:
    """Hand in the ratings for good; with the last one the office is told.

    Raises CannotDo naming the criteria that lack a level or a reason.
    """
    locked = _locked(card, Verb.SUBMIT)
    if missing := unfinished(locked):
        raise CannotDo(
            _("These criteria still need a level and a word why: %(codes)s.")
            % {"codes": ", ".join(each.code for each in missing)}
        )
    locked.submitted_at = clock.now()
    locked.save(update_fields=["submitted_at"])
    record(Verb.SUBMIT, locked, by=by)
    if not locked.round.cards.filter(submitted_at=None).exists():
        emails.all_in(locked.round)
    card.refresh_from_db()
    return locked

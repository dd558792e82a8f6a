"""One assessor rates, criterion by criterion, and submits."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import Assessment, Rating
from certification.assessments.states import Part, Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User

from .consolidating import open_card_when_all_in
from .third import take_in_third
from .writing import Written, write_over

LONGEST = 60 * 60  # seconds that one save may add to the time spent


@transaction.atomic
def save_rating(
    assessment: Assessment,
    criterion: Criterion,
    *,
    by: User,
    level: RatingLevel | None,
    strengths: str = "",
    weaknesses: str = "",
    question: str = "",
    private_note: str = "",
    expected_version: int = 0,
    unasked: bool = False,
    unsure: Collection[str] = (),
    seconds: int = 0,
) -> Rating:
    """Save one rating, finished or not, by the rules of `write_over`. Raises Stale.

    `seconds` are those spent at the bench since the last save.
    """
    locked = locked_assessment(assessment, Verb.RATE)
    case = locked.application
    check_belongs(locked, criterion)
    _check_level(case, level)
    _add_time(locked, seconds)
    saved = locked.ratings.filter(criterion=criterion).first()
    blank = Rating(assessment=locked, criterion=criterion, version=0)
    texts = dict(zip(Rating.TEXTS, (strengths, weaknesses, question, private_note), strict=True))
    written = Written(level, texts, expected_version, unasked, unsure)
    rating, is_told = write_over(saved, blank, written)
    if is_told:
        code, version = criterion.code, rating.version
        record(Verb.RATE, rating, by=by, case=case, criterion=code, version=version)
    return rating


def _add_time(assessment: Assessment, seconds: int) -> None:
    if seconds > 0:
        spent = F("seconds_spent") + min(seconds, LONGEST)
        Assessment.objects.filter(pk=assessment.pk).update(seconds_spent=spent)


def locked_assessment(assessment: Assessment, verb: Verb) -> Assessment:
    """The assessment, kept as it is until the transaction ends; open, of a case being assessed.

    Raises TransitionNotAllowed when it is not.
    """
    locked = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("assignment__application")
        .get(pk=assessment.pk)
    )
    state = locked.application.state
    if state != State.ASSESSMENT or locked.is_submitted or not locked.assignment.is_active:
        raise TransitionNotAllowed(verb, state)
    return locked


def check_belongs(assessment: Assessment, criterion: Criterion) -> None:
    if criterion not in assessment.criteria():
        raise CannotDo(_("This criterion is not among those you rate in this case."))


def _check_level(case: Application, level: RatingLevel | None) -> None:
    if level is not None and level.standard_set_id != case.standard_set_id:
        raise CannotDo(_("This level belongs to another edition of the standards."))


def open_criteria(assessment: Assessment) -> list[Criterion]:
    """Of the criteria on the card, those that still lack a level or the reasons for it."""
    done = {each.criterion_id for each in assessment.ratings.all() if each.is_complete}
    return [each for each in assessment.criteria() if each.pk not in done]


@transaction.atomic
def submit_assessment(assessment: Assessment, *, by: User, summary: str = "") -> Assessment:
    """Hand in the ratings for good; with the last one the consolidated card opens.

    Raises CannotDo naming the criteria that lack a level or the reasons for it.
    """
    Application.objects.select_for_update().get(pk=assessment.application.pk)
    locked = locked_assessment(assessment, Verb.SUBMIT)
    if missing := open_criteria(locked):
        raise CannotDo(
            _("These criteria still need a level and the reasons for it: %(codes)s.")
            % {"codes": _codes(missing)}
        )
    locked.summary, locked.submitted_at = summary.strip(), clock.now()
    locked.save(update_fields=["summary", "submitted_at"])
    record(Verb.SUBMIT, locked, by=by, case=locked.application)
    if locked.assignment.part == Part.THIRD:
        take_in_third(locked.application, by=by)
    open_card_when_all_in(locked.application, by=by)
    assessment.refresh_from_db()
    return locked


def _codes(criteria: Iterable[Criterion]) -> str:
    return ", ".join(criterion.code for criterion in criteria)

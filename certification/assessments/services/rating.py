"""One assessor rates, criterion by criterion, and submits."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import Assessment, Rating
from certification.assessments.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User

from .consolidating import open_card_when_all_in


@transaction.atomic
def save_rating(
    assessment: Assessment,
    criterion: Criterion,
    *,
    by: User,
    level: RatingLevel | None,
    comment: str,
    private_note: str = "",
    expected_version: int = 0,
) -> Rating:
    """Save one rating, finished or not; `expected_version` is the one it was written over,
    0 for the first.

    Raises Stale with the newer rating when another tab was faster. Saving what is there
    already changes nothing and leaves no event.
    """
    locked = _locked(assessment, Verb.RATE)
    case = locked.application
    _check_belongs(case, criterion, level)
    rating = locked.ratings.filter(criterion=criterion).first()
    if (rating.version if rating else 0) != expected_version:
        raise Stale(rating)
    rating = rating or Rating(assessment=locked, criterion=criterion, version=0)
    written = (level.pk if level else None, comment.strip(), private_note.strip())
    if written == (rating.level_id, rating.comment, rating.private_note):
        return rating
    rating.level, rating.comment, rating.private_note = level, written[1], written[2]
    rating.version, rating.updated_at = rating.version + 1, clock.now()
    rating.save()
    record(Verb.RATE, rating, by=by, case=case, criterion=criterion.code, version=rating.version)
    return rating


def _locked(assessment: Assessment, verb: Verb) -> Assessment:
    """The assessment, kept as it is until the transaction ends; open, of a case being assessed."""
    locked = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("assignment__application__kind")
        .get(pk=assessment.pk)
    )
    state = locked.application.state
    if state != State.ASSESSMENT or locked.is_submitted or not locked.assignment.is_active:
        raise TransitionNotAllowed(verb, state)
    return locked


def _check_belongs(case: Application, criterion: Criterion, level: RatingLevel | None) -> None:
    if not case.criteria().filter(pk=criterion.pk).exists():
        raise CannotDo(_("This criterion does not concern this institution."))
    if level is not None and level.standard_set_id != case.standard_set_id:
        raise CannotDo(_("This level belongs to another edition of the standards."))


def open_criteria(assessment: Assessment) -> list[Criterion]:
    """The criteria that still lack a level or a comment."""
    done = {each.criterion_id for each in assessment.ratings.all() if each.is_complete}
    return [each for each in assessment.application.criteria() if each.pk not in done]


@transaction.atomic
def submit_assessment(assessment: Assessment, *, by: User, summary: str = "") -> Assessment:
    """Hand in the ratings for good; with the last one the consolidated card opens.

    Raises CannotDo naming the criteria that lack a level or a comment.
    """
    Application.objects.select_for_update().get(pk=assessment.application.pk)
    locked = _locked(assessment, Verb.SUBMIT)
    if missing := open_criteria(locked):
        raise CannotDo(
            _("These criteria still need a level and a comment: %(codes)s.")
            % {"codes": _codes(missing)}
        )
    locked.summary, locked.submitted_at = summary.strip(), clock.now()
    locked.save(update_fields=["summary", "submitted_at"])
    record(Verb.SUBMIT, locked, by=by, case=locked.application)
    open_card_when_all_in(locked.application, by=by)
    assessment.refresh_from_db()
    return locked


def _codes(criteria: Iterable[Criterion]) -> str:
    return ", ".join(criterion.code for criterion in criteria)

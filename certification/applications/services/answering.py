"""Writing answers, while the application is the institution's to write.

Each save keeps the text it replaces. The journal has one event for each person who wrote an answer
in an hour, the kept texts have the rest (docs/decisions/0023).
"""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.merging import merged
from certification.applications.models import Answer, AnswerVersion, Application
from certification.applications.states import Verb
from certification.audit.models import Event
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.fingerprints import fingerprint
from certification.standards.models import Criterion, RatingLevel
from institutions.models import User


@transaction.atomic
def save_answer(
    application: Application,
    criterion: Criterion,
    *,
    by: User,
    self_rating: RatingLevel | None,
    text: str,
    expected_version: int,
    unasked: bool = False,
    unsure: Collection[str] = (),
) -> Answer:
    """Save one answer. `expected_version` is the version the writer saw, 0 for none yet.

    What others saved in the meantime is merged into it; Stale with the newer answer is raised
    where both changed the same words. Saving what is there already (a second click) changes
    nothing. `unasked` is for what the page saves by itself: journalled once an hour. `unsure` are
    the fingerprints of what it sent and got no answer to: one of those is its own, no newer one.
    """
    answer = locked_answer(application, criterion)
    if (answer.text, answer.self_rating) == (text, self_rating):
        return answer
    is_own = answer.updated_by_id == by.pk and _fingerprint(answer) in unsure
    if answer.version != expected_version and not is_own:
        text, self_rating = _merged(answer, text, self_rating, expected_version)
        if (answer.text, answer.self_rating) == (text, self_rating):
            return answer
    is_journalled = unasked and _is_journalled(answer, by)
    write(answer, by=by, self_rating=self_rating, text=text)
    if not is_journalled:
        _record(Verb.SAVE_ANSWER, answer, by=by)
        answer.versions.thin(answer.updated_at)
    return answer


@transaction.atomic
def bring_back(version: AnswerVersion, *, by: User) -> Answer:
    """Put an earlier text in the place of the newest, which becomes an earlier one itself. A
    self-rating by the scale of an earlier edition is not brought back with it.
    """
    before = version.answer
    answer = locked_answer(before.application, before.criterion)
    rating = version.self_rating
    if rating and rating.standard_set_id != answer.application.standard_set_id:
        rating = answer.self_rating
    if (answer.text, answer.self_rating) == (version.text, rating):
        return answer
    write(answer, by=by, self_rating=rating, text=version.text)
    _record(Verb.BRING_BACK, answer, by=by, of_version=version.number)
    return answer


def write(answer: Answer, *, by: User, self_rating: RatingLevel | None, text: str) -> None:
    """Write the next version of a locked answer, and keep the one it replaces."""
    if answer.pk and answer.version:
        AnswerVersion.objects.create(
            answer=answer,
            number=answer.version,
            text=answer.text,
            self_rating=answer.self_rating,
            written_by=answer.updated_by,
            written_at=answer.updated_at,
        )
    answer.text, answer.self_rating, answer.version = text, self_rating, answer.version + 1
    answer.updated_by, answer.updated_at = by, clock.now()
    answer.save()


def _fingerprint(answer: Answer) -> str:
    return fingerprint(answer.text, answer.self_rating_id)


def _merged(
    answer: Answer, text: str, self_rating: RatingLevel | None, started_from: int
) -> tuple[str, RatingLevel | None]:
    """The writer's changes since `started_from`, on top of the newest. Raises Stale."""
    base = version_of(answer, started_from)
    both = merged(base.text, text, answer.text) if base else None
    if base is None or both is None:
        raise Stale(answer)
    if self_rating == base.self_rating:
        return both, answer.self_rating
    if answer.self_rating not in (base.self_rating, self_rating):
        raise Stale(answer)
    return both, self_rating


def version_of(answer: Answer, number: int) -> AnswerVersion | None:
    """The answer as somebody saw it; empty before the first, None where it was thinned out."""
    if number == 0:
        return AnswerVersion(answer=answer, number=0)
    return answer.versions.select_related("self_rating").filter(number=number).first()


def _is_journalled(answer: Answer, by: User) -> bool:
    """Whether the journal says already that the person wrote this answer in this hour."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    wrote_last = answer.updated_by_id == by.pk and answer.updated_at >= hour
    if wrote_last and answer.version > 1:
        return True  # by a verb of this module; a first version may have been taken over
    said = Event.objects.about(answer).filter(verb=Verb.SAVE_ANSWER, by=by, at__gte=hour)
    return answer.pk is not None and said.exists()


def _record(verb: Verb, answer: Answer, *, by: User, **facts: int) -> None:
    record(
        verb,
        answer,
        by=by,
        case=answer.application,
        criterion=answer.criterion.code,
        version=answer.version,
        **facts,
    )


def locked_answer(application: Application, criterion: Criterion) -> Answer:
    """The answer, which may be new and unsaved, with the application locked for writing.

    The lock on the application makes writers wait for each other and for a submission.
    """
    locked = Application.objects.with_names().select_for_update(of=("self",)).get(pk=application.pk)
    if not locked.is_editable:
        raise TransitionNotAllowed(Verb.SAVE_ANSWER, locked.state)
    unlocked = locked.unlocked().filter(pk=criterion.pk)
    answers = Answer.objects.select_related("self_rating", "updated_by")
    answer = answers.filter(application=locked, criterion__in=unlocked.order_by()).first()
    if answer is None and not unlocked.exists():
        raise CannotDo(
            _("The answer to %(code)s is closed: the request for completion does not name it.")
            % {"code": criterion.code}
        )
    answer = answer or Answer(version=0)
    answer.application, answer.criterion = locked, criterion  # read already
    return answer

"""Writing answers and citing evidence, while the application is the institution's to write."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Answer, Application, Citation
from certification.applications.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards.models import Criterion, RatingLevel
from institutions.models import EvidenceRevision, User


@transaction.atomic
def save_answer(
    application: Application,
    criterion: Criterion,
    *,
    by: User,
    self_rating: RatingLevel | None,
    text: str,
    expected_version: int,
) -> Answer:
    """Save one answer. `expected_version` is the version the writer saw, 0 for none yet.

    Raises Stale with the newer answer when somebody saved in the meantime. Saving what is
    there already (a second click) changes nothing and is not journalled.
    """
    answer = _locked_answer(application, criterion)
    if (answer.text, answer.self_rating) == (text, self_rating):
        return answer
    if answer.version != expected_version:
        raise Stale(answer)
    answer.text, answer.self_rating, answer.version = text, self_rating, answer.version + 1
    answer.updated_by, answer.updated_at = by, clock.now()
    answer.save()
    record(
        Verb.SAVE_ANSWER,
        answer,
        by=by,
        case=application,
        criterion=criterion.code,
        version=answer.version,
    )
    return answer


@transaction.atomic
def cite(
    application: Application,
    criterion: Criterion,
    revision: EvidenceRevision,
    *,
    by: User,
    page: int | None = None,
) -> Citation:
    """Point the answer at one revision from the institution's own library."""
    answer = _locked_answer(application, criterion)
    if revision.evidence.institution_id != application.institution_id:
        raise CannotDo(_("Only evidence from the institution's own library can be cited."))
    if EvidenceRevision.objects.select_for_update().filter(pk=revision.pk).first() is None:
        raise CannotDo(_("Somebody deleted this evidence in the meantime. Choose another."))
    if answer.pk is None:
        answer.updated_by = by
        answer.save()
    elif answer.citations.filter(revision=revision).exists():
        raise CannotDo(_("This evidence is cited here already."))
    citation = Citation.objects.create(answer=answer, revision=revision, page=page, added_by=by)
    _record(Verb.CITE, citation, by=by)
    return citation


@transaction.atomic
def uncite(citation: Citation, *, by: User) -> None:
    """Take a citation back; the evidence stays in the library."""
    answer = citation.answer
    _locked_answer(answer.application, answer.criterion)
    if not Citation.objects.filter(pk=citation.pk).exists():
        return  # removed already, by a second click
    _record(Verb.UNCITE, citation, by=by)
    citation.delete()


def _locked_answer(application: Application, criterion: Criterion) -> Answer:
    """The answer, which may be new and unsaved, with the application locked for writing.

    The lock on the application makes writers wait for each other and for a submission.
    """
    locked = Application.objects.with_names().select_for_update(of=("self",)).get(pk=application.pk)
    if not locked.is_editable:
        raise TransitionNotAllowed(Verb.SAVE_ANSWER, locked.state)
    if not locked.unlocked().filter(pk=criterion.pk).exists():
        raise CannotDo(
            _("The answer to %(code)s is closed: the request for completion does not name it.")
            % {"code": criterion.code}
        )
    saved = Answer.objects.filter(application=locked, criterion=criterion)
    return saved.select_related("self_rating", "updated_by").first() or Answer(
        application=locked, criterion=criterion, version=0
    )


def _record(verb: Verb, citation: Citation, *, by: User) -> None:
    answer = citation.answer
    record(
        verb,
        answer,
        by=by,
        case=answer.application,
        criterion=answer.criterion.code,
        revision=citation.revision_id,
        page=citation.page,
    )

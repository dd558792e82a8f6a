"""An assessor asks the office to ask for more."""

from django.db import transaction

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.emails import office_told
from certification.assessments.models import Assessment, CompletionProposal
from certification.assessments.states import Verb
from certification.audit.services import record
from certification.errors import Stale, TransitionNotAllowed
from certification.outbox.kinds import Kind
from certification.standards.models import Criterion
from institutions.models import User
from institutions.notices import notify

from .rating import check_belongs


@transaction.atomic
def propose_completion(
    assessment: Assessment,
    criterion: Criterion,
    *,
    by: User,
    reason: str,
    expected_version: int = 0,
) -> CompletionProposal | None:
    """Wish that the criterion be completed, for that reason; none takes the wish back.

    Before the card is submitted or after it, while the case is being assessed. Raises Stale
    with the newer wish when another tab was faster.
    """
    case = Application.objects.with_names().select_for_update(of=("self",))
    locked = case.get(pk=assessment.application.pk)
    if locked.state != State.ASSESSMENT or not assessment.assignment.is_active:
        raise TransitionNotAllowed(Verb.PROPOSE_COMPLETION, locked.state)
    check_belongs(assessment, criterion)
    mine = CompletionProposal.objects.filter(assessment=assessment, criterion=criterion)
    saved = mine.first()
    proposal = saved or CompletionProposal(assessment=assessment, criterion=criterion, version=0)
    if proposal.version != expected_version:
        raise Stale(saved)
    if proposal.reason == reason.strip():
        return saved
    proposal.reason, proposal.version = reason.strip(), proposal.version + 1
    proposal.proposed_at = clock.now()
    proposal.save()
    record(Verb.PROPOSE_COMPLETION, proposal, by=by, case=locked, criterion=criterion.code)
    if proposal.reason:
        _tell_office(locked)
    return proposal


def _tell_office(application: Application) -> None:
    """Once a day at most, and nobody who still judges the case themselves."""
    notify(
        office_told(application),
        "completion_proposed",
        kind=Kind.WORK,
        about=application,
        key=f"completion_proposed:{application.pk}:{clock.today()}",
        url=application.get_absolute_url(),
        application=application,
    )

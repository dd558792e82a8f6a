"""The office takes an application up, finds its form correct, or asks for more."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.asking import Wish
from certification.applications.models import Application, CompletionItem, CompletionRequest
from certification.applications.states import CheckOutcome, State, Verb
from certification.errors import CannotDo
from certification.working_days import add_working_days
from institutions.models import User

from .formal_check import begin_check, conclude
from .moving import locked_for, move


@transaction.atomic
def take_up(application: Application, *, by: User) -> Application:
    """Begin the formal check."""
    begin_check(locked_for(application, Verb.TAKE_UP))
    return move(application, Verb.TAKE_UP, by=by)


@transaction.atomic
def accept(application: Application, *, by: User) -> Application:
    """Find the form correct, every point met or not applicable, and send it to assessment."""
    check = conclude(locked_for(application, Verb.ACCEPT), CheckOutcome.ACCEPTED, by=by)
    return move(application, Verb.ACCEPT, by=by, round=check.number)


@transaction.atomic
def request_completion(
    application: Application,
    *,
    by: User,
    items: Sequence[Wish],
    working_days: int = settings.COMPLETION_WORKING_DAYS,
    reason: str = "",
    exception: str = "",
) -> CompletionRequest:
    """Ask the institution to complete what the items name, and only that, within so many days.

    From the formal check it ends the round. A second request in the same stage wants an
    `exception`: why the first was not enough.
    """
    locked = locked_for(application, Verb.REQUEST_COMPLETION)
    _refuse_impossible(locked, items, working_days)
    if was_asked_in(locked, locked.state) and not exception.strip():
        raise CannotDo(_("Completion was asked for here already. Say why it is needed once more."))
    if locked.state == State.FORMAL_CHECK:
        conclude(locked, CheckOutcome.COMPLETION, by=by)
    request = CompletionRequest.objects.create(
        application=locked,
        asked_in=locked.state,
        reason=reason.strip(),
        exception=exception.strip(),
        deadline=add_working_days(clock.today(), working_days),
        asked_by=by,
    )
    CompletionItem.objects.bulk_create(_item(request, wish) for wish in items)
    move(
        application,
        Verb.REQUEST_COMPLETION,
        by=by,
        criteria=", ".join(sorted({wish.criterion.code for wish in items if wish.criterion})),
        papers=", ".join(sorted({wish.paper for wish in items if wish.paper})),
        deadline=request.deadline.isoformat(),
    )
    return request


def was_asked_in(application: Application, state: str) -> bool:
    """Whether completion was asked for in that stage before."""
    return application.completion_requests.filter(asked_in=state).exists()


def _item(request: CompletionRequest, wish: Wish) -> CompletionItem:
    return CompletionItem(
        request=request,
        criterion=wish.criterion,
        evidence_type=wish.evidence_type,
        paper=wish.paper,
        reason=wish.reason.strip(),
    )


def _refuse_impossible(application: Application, items: Sequence[Wish], working_days: int) -> None:
    if not items:
        raise CannotDo(_("Name at least one criterion or document."))
    if not all(wish.reason.strip() for wish in items):
        raise CannotDo(_("Say of each thing you ask for what is missing and why."))
    if working_days < 1:
        raise CannotDo(_("The deadline must be a day to come."))
    asked = {criterion.pk for criterion in application.criteria()}
    if not asked.issuperset(wish.criterion.pk for wish in items if wish.criterion):
        raise CannotDo(_("Name only criteria of this application."))

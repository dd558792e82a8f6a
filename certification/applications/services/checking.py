"""The office takes an application up, finds its form correct, or asks for more."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, CompletionRequest
from certification.applications.states import Verb
from certification.errors import CannotDo
from certification.standards.models import Criterion
from institutions.models import User

from .moving import locked_for, move


def take_up(application: Application, *, by: User) -> Application:
    """Begin the formal check."""
    return move(application, Verb.TAKE_UP, by=by)


def accept(application: Application, *, by: User) -> Application:
    """Find the form correct and send the application to assessment."""
    return move(application, Verb.ACCEPT, by=by)


@transaction.atomic
def request_completion(
    application: Application,
    *,
    by: User,
    reason: str,
    criteria: Collection[Criterion],
    deadline: date,
) -> CompletionRequest:
    """Ask the institution to complete the named criteria, and only those, by a day to come."""
    locked = locked_for(application, Verb.REQUEST_COMPLETION)
    _refuse_impossible(locked, reason=reason, criteria=criteria, deadline=deadline)
    request = CompletionRequest.objects.create(
        application=locked, asked_in=locked.state, reason=reason, deadline=deadline, asked_by=by
    )
    request.criteria.set(criteria)
    named = ", ".join(sorted(criterion.code for criterion in criteria))
    move(
        application,
        Verb.REQUEST_COMPLETION,
        by=by,
        criteria=named,
        deadline=deadline.isoformat(),
    )
    return request


def _refuse_impossible(
    application: Application, *, reason: str, criteria: Collection[Criterion], deadline: date
) -> None:
    if not reason.strip():
        raise CannotDo(_("Say what is missing and why."))
    if deadline <= clock.today():
        raise CannotDo(_("The deadline must be a day to come."))
    asked = {criterion.pk for criterion in application.criteria()}
    if not criteria or not asked.issuperset(criterion.pk for criterion in criteria):
        raise CannotDo(_("Name at least one criterion of this application."))

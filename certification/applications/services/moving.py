"""Where an application's state is written, and nowhere else."""

from django.db import transaction

from certification import clock
from certification.applications import emails
from certification.applications.models import Application
from certification.applications.states import TRANSITIONS, State, Verb
from certification.audit.services import record
from certification.errors import TransitionNotAllowed
from institutions.models import User


@transaction.atomic
def move(
    application: Application,
    verb: Verb,
    *,
    by: User,
    to: State | None = None,
    **facts: str | int | bool | None,
) -> Application:
    """Move an application on along TRANSITIONS, by compare-and-swap; journal the verb, tell of it.

    `to` chooses where a verb has several targets. Raises TransitionNotAllowed when the case
    is no longer where the verb starts, as with a second click or a stale tab.
    """
    transition = TRANSITIONS[verb]
    locked = Application.objects.select_for_update().get(pk=application.pk)
    target = to if to is not None else next(iter(transition.targets))
    if locked.state not in transition.sources or target not in transition.targets:
        raise TransitionNotAllowed(verb, locked.state)
    moved = Application.objects.filter(pk=locked.pk, state=locked.state).update(
        state=target, state_since=clock.now()
    )
    if not moved:
        raise TransitionNotAllowed(verb, locked.state)
    record(verb, locked, by=by, case=locked, **facts)
    application.refresh_from_db()
    emails.tell(verb, application, by=by)
    return application


def locked_for(application: Application, verb: Verb) -> Application:
    """Lock the row for the rest of the transaction, if the verb starts where the case is.

    For verbs that must write something else before they move the case.
    """
    locked = Application.objects.with_names().select_for_update(of=("self",)).get(pk=application.pk)
    if locked.state not in TRANSITIONS[verb].sources:
        raise TransitionNotAllowed(verb, locked.state)
    return locked

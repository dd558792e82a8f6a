"""Calls for applications: announced, changed, closed early; more time for one application."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import date as formatted
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, Call, CallExtension
from certification.applications.states import State, Verb
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards.models import InstitutionKind, StandardSet
from certification.working_days import end_of
from institutions.models import Institution, User


@transaction.atomic
def open_call(
    *,
    by: User,
    name: str,
    opens_on: date,
    closes_on: date,
    standard_set: StandardSet,
    kinds: Collection[InstitutionKind] = (),
    description: str = "",
) -> Call:
    """Announce a call; it opens by itself on its first day."""
    _refuse_impossible(opens_on, closes_on, standard_set)
    call = Call.objects.create(
        name=name,
        description=description,
        opens_on=opens_on,
        closes_on=closes_on,
        standard_set=standard_set,
        created_by=by,
    )
    call.kinds.set(kinds)
    record(Verb.OPEN_CALL, call, by=by, opens=str(opens_on), closes=str(closes_on))
    return call


@transaction.atomic
def edit_call(
    call: Call,
    *,
    by: User,
    expected_version: int,
    name: str,
    opens_on: date,
    closes_on: date,
    standard_set: StandardSet,
    kinds: Collection[InstitutionKind] = (),
    description: str = "",
) -> Call:
    """Change a call that is not over. Whoever has begun within it loses no day.

    Raises Stale with the newer call when somebody changed it since the page was opened.
    """
    locked = _locked(call, Verb.EDIT_CALL)
    if locked.version != expected_version:
        raise Stale(locked)
    _refuse_impossible(opens_on, closes_on, standard_set)
    _refuse_harm(locked, closes_on, standard_set)
    locked.name, locked.description = name, description
    locked.opens_on, locked.closes_on, locked.standard_set = opens_on, closes_on, standard_set
    locked.version += 1
    locked.save()
    locked.kinds.set(kinds)
    record(Verb.EDIT_CALL, locked, by=by, opens=str(opens_on), closes=str(closes_on))
    return locked


@transaction.atomic
def close_call(call: Call, *, by: User, reason: str) -> Call:
    """Close a call before its last day, at once. What was begun stays and may get more time."""
    locked = _locked(call, Verb.CLOSE_CALL)
    if not reason.strip():
        raise CannotDo(_("Write the reason: institutions will read it."))
    locked.closed_by, locked.closed_at, locked.closing_reason = by, clock.now(), reason.strip()
    locked.version += 1
    locked.save(update_fields=["closed_by", "closed_at", "closing_reason", "version"])
    record(Verb.CLOSE_CALL, locked, by=by)
    return locked


@transaction.atomic
def extend_call(
    call: Call, *, by: User, institution: Institution, until: date, reason: str
) -> CallExtension:
    """Let one institution hand in until a later day, whatever becomes of the call."""
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if not reason.strip():
        raise CannotDo(_("Write the reason: the institution will read it."))
    if until < clock.today() or end_of(until) <= locked.ends_for(institution):
        raise CannotDo(_("The new last day must be later than the present one, and to come."))
    extension = CallExtension.objects.create(
        call=locked, institution=institution, until=until, reason=reason.strip(), granted_by=by
    )
    record(
        Verb.EXTEND_CALL,
        extension,
        by=by,
        call=locked.pk,
        institution=institution.pk,
        until=str(until),
    )
    return extension


@transaction.atomic
def leave_call(application: Application, *, by: User) -> Application:
    """Go on with a draft outside the call that closed on it, where the intake is continuous.

    It keeps the standards of the call; a newer edition is offered as to any draft.
    """
    locked = Application.objects.with_names().select_for_update(of=("self",)).get(pk=application.pk)
    call = locked.call
    if locked.state != State.DRAFT or call is None:
        raise TransitionNotAllowed(Verb.LEAVE_CALL, locked.state)
    if not may_be_left(locked):
        raise CannotDo(_("This draft can still be submitted within its call."))
    locked.call = None
    locked.save(update_fields=["call"])
    record(Verb.LEAVE_CALL, locked, by=by, case=locked, call=call.pk)
    return locked


def may_be_left(application: Application) -> bool:
    """Whether the call of a draft is over for it, and applications are taken outside calls too."""
    call = application.call
    if call is None or settings.CALLS_ONLY:
        return False
    return clock.now() >= call.ends_for(application.institution)


def refuse_after_closing(application: Application, arrived_at: datetime) -> None:
    """Refuse what arrived after the call was closed; it stays as it was saved."""
    call = application.call
    if call is None or arrived_at < call.ends_for(application.institution):
        return
    last_second = call.ends_for(application.institution) - timedelta(seconds=1)
    raise CannotDo(
        _(
            "The call “%(call)s” was open until %(moment)s. Nothing is lost: everything you saved "
            "stays. Write to the CAL office if you need more time; it can give it to you alone."
        )
        % {"call": call, "moment": formatted(localtime(last_second), "j E Y, H:i")}
    )


def refuse_outside_calls(
    call: Call | None, institution: Institution, *, renews: Application | None
) -> None:
    """Refuse a draft where there is no intake for it. A renewal waits for no call."""
    if call is None:
        if settings.CALLS_ONLY and renews is None:
            raise CannotDo(_("Applications are taken in calls. Choose one that is open."))
    elif not call.takes(institution, clock.now()):
        raise CannotDo(_("This call is not open to the institution now."))


def _locked(call: Call, verb: Verb) -> Call:
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if clock.now() >= locked.ends_at:
        raise TransitionNotAllowed(verb, "closed")
    return locked


def _refuse_impossible(opens_on: date, closes_on: date, standard_set: StandardSet) -> None:
    if closes_on < opens_on:
        raise CannotDo(_("The last day cannot come before the first."))
    if closes_on < clock.today():
        raise CannotDo(_("The last day must be today or to come."))
    if not standard_set.is_published:
        raise CannotDo(_("A call needs an edition of the standards that is published."))


def _refuse_harm(call: Call, closes_on: date, standard_set: StandardSet) -> None:
    """What institutions have begun within the call rests on its last day and its standards."""
    if not call.applications.exists():
        return
    if closes_on < call.closes_on:
        raise CannotDo(
            _("Applications are being written for this call: its last day can only be moved on.")
        )
    if standard_set != call.standard_set:
        raise CannotDo(_("Applications are being written for this call by its present standards."))

"""The verbs of accounts and of the roles people are appointed to."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo
from institutions.accounts.emails import send_invitation
from institutions.accounts.sessions import end_sessions
from institutions.models import Appointment, User
from institutions.states import Role, Verb


@transaction.atomic
def create_account(*, by: User | None, email: str, full_name: str, function: str = "") -> User:
    """Open an account without a password, and invite the person to set one (mail after commit)."""
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise CannotDo(_("There is an account with this e-mail address already."))
    person = User.objects.create_user(
        email=email, full_name=" ".join(full_name.split()), function=function.strip()
    )
    record(Verb.CREATE_ACCOUNT, person, by=by)
    send_invitation(person)
    return person


@transaction.atomic
def open_account(*, email: str, full_name: str, password: str) -> User:
    """Open the account of somebody who proved that the mailbox is theirs; `password` is checked
    by the form.
    """
    try:
        with transaction.atomic():
            person: User = User.objects.create_user(
                email=email, password=password, full_name=" ".join(full_name.split())
            )
    except IntegrityError as error:  # the same person accepted elsewhere at this very moment
        raise CannotDo(_("There is an account with this e-mail address already.")) from error
    record(Verb.CREATE_ACCOUNT, person, by=person)
    return person


@transaction.atomic
def invite(person: User, *, by: User) -> None:
    """Send the invitation again: the link in it works for three days only."""
    if not person.is_active:
        raise CannotDo(_("This account is switched off. Switch it on first."))
    if person.last_login:
        raise CannotDo(
            _("This person has signed in already. They can ask for a new password themselves.")
        )
    record(Verb.INVITE, person, by=by)
    send_invitation(person)


@transaction.atomic
def change_account(person: User, *, by: User, full_name: str, function: str) -> User:
    """Change how the person is called and what stands below their signature."""
    person.full_name, person.function = " ".join(full_name.split()), function.strip()
    person.save(update_fields=["full_name", "function"])
    record(Verb.CHANGE_ACCOUNT, person, by=by)
    return person


@transaction.atomic
def appoint_user(
    person: User,
    *,
    by: User | None,
    role: Role,
    since: date,
    until: date | None = None,
    resolution: str = "",
) -> Appointment:
    """Give a person a role, through the day `until` where it is known."""
    person = _lock(person)
    if not person.is_active:
        raise CannotDo(_("This account is switched off. Switch it on first."))
    if until and until < since:
        raise CannotDo(_("The last day cannot come before the first."))
    overlapping = person.appointments.filter(Q(until=None) | Q(until__gte=since), role=role)
    if until:
        overlapping = overlapping.filter(since__lte=until)
    if overlapping.exists():
        raise CannotDo(_("This person holds this role already in that time. End it first."))
    appointment = person.appointments.create(
        role=role, since=since, until=until, resolution=resolution.strip(), appointed_by=by
    )
    record(
        Verb.APPOINT, person, by=by, role=str(role), since=since.isoformat(), resolution=resolution
    )
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User, until: date) -> Appointment:
    """Say which day is the role's last. The role is gone the day after."""
    _lock(appointment.user)
    appointment.refresh_from_db()
    if appointment.until and appointment.until < clock.today():
        raise CannotDo(_("This role ended already."))
    if until < appointment.since:
        raise CannotDo(_("The last day cannot come before the first."))
    if appointment.role == Role.ADMINISTRATOR:
        _keep_an_administrator(without=appointment.user)
    appointment.until = until
    appointment.save(update_fields=["until"])
    record(
        Verb.END_APPOINTMENT,
        appointment.user,
        by=by,
        role=appointment.role,
        until=until.isoformat(),
    )
    return appointment


@transaction.atomic
def deactivate_account(person: User, *, by: User) -> User:
    """Shut the account at once, in every open browser too. Nothing of what it did is lost."""
    person = _lock(person)
    if not person.is_active:
        raise CannotDo(_("This account is switched off already."))
    if person.has_role(Role.ADMINISTRATOR):
        _keep_an_administrator(without=person)
    end_sessions(person)
    return _switch(person, to=False, verb=Verb.DEACTIVATE_ACCOUNT, by=by)


@transaction.atomic
def reactivate_account(person: User, *, by: User) -> User:
    """Let the person sign in again, with the roles that still run."""
    person = _lock(person)
    if person.is_active:
        raise CannotDo(_("This account is switched on already."))
    return _switch(person, to=True, verb=Verb.REACTIVATE_ACCOUNT, by=by)


def _switch(person: User, *, to: bool, verb: Verb, by: User) -> User:
    person.is_active = to
    person.save(update_fields=["is_active"])
    record(verb, person, by=by)
    return person


def _keep_an_administrator(*, without: User) -> None:
    if not User.objects.acting_as(Role.ADMINISTRATOR).exclude(pk=without.pk).exists():
        raise CannotDo(
            _("This is the only administrator. Appoint another one first, then try again.")
        )


def _lock(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)

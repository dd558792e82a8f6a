"""Who is written to about a case, and whose eyes its mail is hidden from."""

from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from institutions.models import User
from institutions.notices import members_of
from institutions.states import MemberRole, Role

from .models import Application

WRITERS = (MemberRole.CUSTODIAN, MemberRole.EDITOR)


def office_of(application: Application) -> list[User]:
    """The office, without those to whom a conflict of interest closes the case."""
    return staff_of(application, Role.OFFICE)


def staff_of(application: Application, *roles: Role) -> list[User]:
    """People of these roles to whom the case is open: no conflict of interest closes it."""
    people = User.objects.acting_as(*roles)
    return [person for person in people if _opens(person, application.pk)]


def custodians_of(application: Application) -> "QuerySet[User]":
    return members_of(application.institution, MemberRole.CUSTODIAN)


def writers_of(application: Application) -> "QuerySet[User]":
    """Those who write the application: custodians and editors."""
    return members_of(application.institution, *WRITERS)


def is_open_to(person: User, case: str) -> bool:
    """Whether the person sees that case now. Read by the outbox before a message leaves."""
    pk = case_pk(case)
    return pk is None or _sees(person, pk)


def case_pk(case: str) -> int | None:
    """The application that a case names as the journal does; None for what is none."""
    label, _sign, pk = case.partition(":")
    return int(pk) if label == Application._meta.label_lower else None


def hidden_from(user: User) -> "QuerySet[Any]":
    """The cases whose mail the office's list keeps from this person: all that are not open to
    them, those closed by a conflict of interest and those never submitted alike.
    """
    open_ones = Application.objects.open_to_staff(user).values("pk")
    named = Concat(Value(f"{Application._meta.label_lower}:"), Cast("pk", CharField()))
    return Application.objects.exclude(pk__in=open_ones).annotate(name=named).values("name")


def _sees(person: User, pk: int) -> bool:
    return Application.objects.visible_to(person).filter(pk=pk).exists()


def _opens(person: User, pk: int) -> bool:
    return Application.objects.open_to_staff(person).filter(pk=pk).exists()

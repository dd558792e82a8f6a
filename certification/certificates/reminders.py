"""Reminders that a certificate ends: to its holder 12, 6 and 3 months before, to the office once a
month. A chore: safe to do twice, as each message has a key that is unique for its person.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from certification.applications.models import Application
from certification.applications.renewal.offers import months_before
from certification.audit.services import record
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from institutions.models import User
from institutions.notices import members_of, notify
from institutions.states import MemberRole, Role

from .models import Certificate
from .states import Verb

STEPS = (12, 6, 3)  # months before the last day of validity


def step_on(valid_to: date, day: date) -> int | None:
    """Which reminder is due: the nearest of those whose day has come, so that what was missed
    while the program stood still goes once. None a year before the end, and after it.
    """
    come = [months for months in STEPS if months_before(valid_to, months) <= day <= valid_to]
    return min(come, default=None)


def ending(day: date) -> "QuerySet[Certificate]":
    """What its holder holds, ends within a year, and is not being renewed."""
    under_way = Application.objects.under_way().filter(institution=OuterRef("institution"))
    found = Certificate.objects.renewable(day).filter(valid_to__gte=day)
    return found.exclude(Exists(under_way)).order_by("valid_to", "pk")


def remind(now: datetime) -> str:
    """Write what is due; how much that was, in words."""
    day = localdate(now)
    certificates = list(ending(day).select_related("institution", "application"))
    reminded = [each for each in certificates if remind_holder(each, day=day)]
    if certificates:
        tell_office(certificates, day=day)
    if not reminded:
        return ""
    return ngettext(
        "%(n)s holder reminded of a certificate that ends",
        "%(n)s holders reminded of certificates that end",
        len(reminded),
    ) % {"n": len(reminded)}


@transaction.atomic
def remind_holder(certificate: Certificate, *, day: date) -> bool:
    """Write to the custodians, to each of them once; whether anything was written."""
    months = step_on(certificate.valid_to, day)
    key = f"ending-{certificate.application_id}-{certificate.valid_to}-{months}"
    told = Email.objects.filter(key=key)
    people = members_of(certificate.institution, MemberRole.CUSTODIAN)
    waiting = people.exclude(pk__in=told.values("person"))
    before = told.count()
    if months is None or not waiting:
        return False
    notify(
        waiting,
        "certificate_ending",
        kind=Kind.RENEWAL,
        about=certificate.application,
        key=key,
        url=reverse("renewal_open", args=[certificate.institution_id]),
        certificate=certificate,
        months=months,
    )
    written = told.count() - before
    if written:
        record(
            Verb.REMIND,
            certificate,
            by=None,
            case=certificate.application,
            months=months,
            people=written,
        )
    return written > 0


@transaction.atomic
def tell_office(certificates: Collection[Certificate], *, day: date) -> None:
    """List to the office what ends within a year and nobody renews yet: once a month."""
    key = f"ending-{day:%Y-%m}"
    office = User.objects.acting_as(Role.OFFICE, on=day)
    notify(
        office.exclude(pk__in=Email.objects.filter(key=key).values("person")),
        "certificates_ending",
        kind=Kind.WORK,
        key=key,
        url=reverse("certificate_list"),
        certificates=certificates,
    )

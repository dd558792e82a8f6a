"""Telling a holder, once, that the certificate has ended and the right to name and mark with it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from certification.audit.services import record
from certification.certificates.models import Certificate
from certification.outbox.models import Email
from institutions.notices import members_of
from institutions.states import MemberRole

from . import emails
from .states import Verb

LATEST = timedelta(days=60)  # what ended before that is no news, e.g. when the program begins


def tell_of_ends(now: datetime) -> str:
    """Write to those whose certificate ended and who hold no other; how many, in words."""
    day = localdate(now)
    ended = Certificate.objects.last_of_holders().filter(
        valid_to__lt=day, valid_to__gte=day - LATEST
    )
    told = [each for each in ended.with_facts().select_related("application") if _tell(each)]
    if not told:
        return ""
    return ngettext(
        "%(n)s holder told that the certificate has ended",
        "%(n)s holders told that their certificates have ended",
        len(told),
    ) % {"n": len(told)}


@transaction.atomic
def _tell(certificate: Certificate) -> bool:
    key = f"ended-{certificate.application_id}-{certificate.valid_to}"
    people = members_of(certificate.institution, MemberRole.CUSTODIAN)
    waiting = people.exclude(pk__in=Email.objects.filter(key=key).values("person"))
    if not waiting:
        return False
    emails.ended(certificate, waiting, key=key)
    record(Verb.TELL_ENDED, certificate, by=None, case=certificate.application)
    return True

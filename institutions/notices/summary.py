"""The daily summary: what waited for it, in one message a person."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext

from certification.documents.models import Issuer
from certification.outbox import holding
from certification.outbox.kinds import Kind
from certification.outbox.services import write
from institutions.models import User

from .writing import letter


def send_summaries(now: datetime) -> str:
    """Write the summary of everybody for whom something waits; how many, in words. A chore."""
    people = User.objects.filter(pk__in=holding.due(now).values("person"))
    written = sum(send_summary(person, now=now) for person in people)
    if not written:
        return ""
    return ngettext("%(n)s summary written", "%(n)s summaries written", written) % {"n": written}


@transaction.atomic
def send_summary(person: User, *, now: datetime) -> bool:
    """Gather what waits for a person in one message; whether there was anything to tell."""
    notices = holding.take(person, now=now)
    if not notices:
        return False
    summary = letter(
        "daily_summary",
        person.email,
        person=person,
        kind=Kind.DIGEST,
        notices=notices,
        choices_url=settings.SITE_URL + reverse("my_notices"),
        issuer=Issuer.load(),
    )
    write([summary])
    holding.gather(notices, summary)
    return True

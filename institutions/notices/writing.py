"""Notices into the outbox, each in its reader's language and at their pace."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import override

from certification import clock
from certification.audit.models import key as key_of
from certification.documents.models import Issuer
from certification.outbox.holding import hold
from certification.outbox.kinds import OPTIONAL, Kind
from certification.outbox.models import Email
from certification.outbox.services import write
from institutions.models import Institution, Membership, User
from institutions.states import MemberRole, Pace

from .choices import paces, unsubscribe_url

SUMMARY_AT = time(7)  # in Poland


def notify(
    people: Iterable[User],
    name: str,
    *,
    kind: Kind,
    about: Model | None = None,
    key: str = "",
    url: str = "",
    **context: Any,
) -> None:
    """Write `emails/<name>_{subject,body}.txt` to each of them, inside the verb's transaction.

    The templates get `person`, `issuer`, `url` (a path of ours, made absolute) and `context`, in
    the person's language. `about` is the case: the mail goes only to those to whom the case is
    open when it leaves. A `key` makes the notice unique for its person, however often it is
    written. Closed accounts get nothing; what is optional goes at the pace that each one chose.
    """
    readers = {person.pk: person for person in people if person.is_active}
    chosen = paces(readers, kind)
    context |= {"url": settings.SITE_URL + url if url else "", "issuer": Issuer.load()}
    emails = []
    for person in readers.values():
        pace = chosen.get(person.pk, Pace.AT_ONCE)
        if pace != Pace.NEVER:
            email = letter(name, person.email, person=person, kind=kind, **context)
            email.case, email.key, email.link = key_of(about) if about else "", key, context["url"]
            if pace == Pace.DAILY:
                hold(email, until=next_summary(clock.now()))
            emails.append(email)
    write(emails)


def letter(name: str, to: str, *, kind: Kind, person: User | None = None, **context: Any) -> Email:
    """One message, rendered and not yet written, with a way out if its kind is optional."""
    language = (person.language if person else "") or settings.LANGUAGE_CODE
    context |= {"person": person}
    if person and kind in OPTIONAL:
        context["unsubscribe_url"] = unsubscribe_url(person, kind)
    with override(language):
        subject = render_to_string(f"emails/{name}_subject.txt", context)
        body = render_to_string(f"emails/{name}_body.txt", context).strip()
        if "unsubscribe_url" in context:
            context["kind"] = kind.label
            body += "\n\n" + render_to_string("emails/_way_out.txt", context).strip()
    return Email(
        to=to,
        person=person,
        language=language,
        kind=kind,
        subject=subject,
        body=body + "\n",
        unsubscribe_url=context.get("unsubscribe_url", ""),
    )


def members_of(institution: Institution, *roles: MemberRole) -> QuerySet[User]:
    """Active people who belong to the institution today, in one of these roles (any, if none)."""
    found = Membership.objects.in_force(clock.today()).filter(institution=institution)
    if roles:
        found = found.filter(role__in=roles)
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=found.values("user"))
    return people


def next_summary(now: datetime) -> datetime:
    """The next time at which daily summaries go."""
    local = localtime(now)
    today = datetime.combine(clock.day_of(local), SUMMARY_AT, tzinfo=local.tzinfo)
    return today if local < today else today + timedelta(days=1)

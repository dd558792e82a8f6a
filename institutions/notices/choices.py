"""Who wants which notices how, and the link in each of them that stops its kind."""

from collections.abc import Collection

from django.conf import settings
from django.core import signing
from django.urls import reverse

from certification.outbox.kinds import OPTIONAL, Kind
from institutions.models import NoticeChoice, User
from institutions.states import Pace

SALT = "institutions.unsubscribe"
# what only some people ever get, so that the others are not asked
OF_MEMBERS = frozenset({Kind.COMMENT, Kind.RENEWAL, Kind.DEADLINE})
OF_STAFF = frozenset({Kind.WORK})


def paces(people: Collection[int], kind: Kind) -> dict[int, Pace]:
    """How these people want notices of that kind, by account number; the others at once."""
    if kind not in OPTIONAL:
        return {}
    chosen = NoticeChoice.objects.filter(person__in=people, kind=kind)
    return {person: Pace(pace) for person, pace in chosen.values_list("person", "pace")}


def choices_of(person: User) -> dict[Kind, Pace]:
    """The kinds that this person may get and choose about, with what they chose."""
    chosen = dict(person.notice_choices.values_list("kind", "pace"))
    unasked = frozenset() if person.is_member_anywhere else OF_MEMBERS
    unasked |= frozenset() if person.roles else OF_STAFF
    return {kind: Pace(chosen.get(kind, Pace.AT_ONCE)) for kind in OPTIONAL if kind not in unasked}


def unsubscribe_url(person: User, kind: Kind) -> str:
    """A link that lets its bearer stop this kind for this person, and nothing else; it never
    expires, because a message may be read years later.
    """
    token = signing.dumps([person.pk, kind.value], salt=SALT)
    return settings.SITE_URL + reverse("unsubscribe", args=[token])


def read_unsubscribing(token: str) -> tuple[User, Kind] | None:
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk).first()
    return (person, Kind(kind)) if person and kind in OPTIONAL else None

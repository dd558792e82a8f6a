"""What people do with their own account."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo
from institutions.accounts import emails
from institutions.accounts.sessions import end_sessions
from institutions.models import Invitation, User
from institutions.states import Verb

SALT = "institutions.change_email"


@dataclass(frozen=True)
class NewAddress:
    """What the link in a confirmation says: whose account moves where."""

    person: User
    email: str


@transaction.atomic
def ask_for_email(person: User, *, by: User, email: str) -> None:
    """Send a link to the new address, which replaces the old one only once it is opened.

    The old address is told. An address that has an account already gets a letter that says
    so, and the answer on the screen is the same: nobody learns here who has an account.
    """
    email = email.strip().lower()
    if email == person.email.lower():
        raise CannotDo(_("This is the address of your account already."))
    record(Verb.ASK_FOR_EMAIL, person, by=by)
    if User.objects.filter(email__iexact=email).exists():
        emails.send_email_taken(email)
    else:
        emails.send_email_change(email, key_for(person, email))
    emails.send_email_asked_for(person)


def read_key(key: str, *, lock: bool = False) -> NewAddress | None:
    """Whom a confirmation is about, while it works: three days, once, and only until the
    password or the address of the account changes. With `lock`, neither changes until the
    transaction ends.
    """
    try:
        content = signing.loads(key, salt=SALT, max_age=settings.PASSWORD_RESET_TIMEOUT)
    except signing.BadSignature:
        return None
    people = User.objects.select_for_update() if lock else User.objects.all()
    person = people.filter(pk=content["person"], is_active=True).first()
    if person is None or not constant_time_compare(content["seal"], _seal(person)):
        return None
    return NewAddress(person, content["email"])


@transaction.atomic
def change_email(key: str) -> User:
    """Give the account its new address: who holds the key reads its mailbox.

    Open invitations to the old address stay the person's own. The old address is told.
    """
    new = read_key(key, lock=True)
    if new is None:
        raise CannotDo(_("This link does not work any more. Ask for a new one on your account."))
    person = new.person
    old, person.email = person.email, new.email
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError as error:
        taken = _("This address has an account of its own by now. Choose another one.")
        raise CannotDo(taken) from error
    EmailAddress.objects.filter(user=person).delete()  # allauth would let the old one sign in
    Invitation.objects.awaiting().filter(email__iexact=old, meant_for=None).update(meant_for=person)
    record(Verb.CHANGE_EMAIL, person, by=person)
    emails.send_email_changed(old, new.email)
    return person


@transaction.atomic
def choose_language(person: User, *, by: User, language: str) -> None:
    """Remember the language for every device; it is applied there at the next sign-in."""
    if person.language == language:
        return
    person.language = language
    person.save(update_fields=["language"])
    record(Verb.CHANGE_LANGUAGE, person, by=by, language=language)


@transaction.atomic
def end_other_sessions(person: User, *, by: User, keep: str | None) -> int:
    """Sign the person out on every other device; how many there were."""
    ended = end_sessions(person, keep=keep)
    record(Verb.END_SESSIONS, person, by=by, ended=ended)
    return ended


@transaction.atomic
def end_session(session: UserSession, *, by: User) -> None:
    """Sign its owner out on that one device."""
    session.end()
    record(Verb.END_SESSIONS, session.user, by=by, ended=1)


def key_for(person: User, email: str) -> str:
    """The secret of the link that gives the account its new address."""
    return signing.dumps(
        {"person": person.pk, "email": email, "seal": _seal(person)}, salt=SALT, compress=True
    )


def _seal(person: User) -> str:
    """Changes with the address and with the password, so that an old key is worth nothing."""
    return salted_hmac(SALT, f"{person.email.lower()}|{person.password}").hexdigest()[:32]

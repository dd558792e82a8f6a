"""Messages to people about their accounts and invitations: one function a message.

Called inside the transaction of the verb they tell of. They hold links that let their bearer in, so
the outbox shows none of them and forgets what they said once they have left.
"""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import get_language

from certification.documents.models import Issuer
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from certification.outbox.services import write
from institutions.models import Invitation, User
from institutions.notices.writing import letter
from institutions.states import MEMBER_MAY, MemberRole


def set_password_url(person: User) -> str:
    """A link that lets its bearer set this account's password, once and for a limited time."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": default_token_generator.make_token(person),
        },
    )
    return f"{settings.SITE_URL}{path}"


def send_invitation(person: User) -> None:
    """Invite a person whose account has just been opened to set a password."""
    _send(
        "invitation",
        person.email,
        person=person,
        url=set_password_url(person),
        new_link_url=settings.SITE_URL + reverse("account_reset_password"),
        days=settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    )


def send_member_invitation(invitation: Invitation, secret: str) -> None:
    """Offer somebody to act for an institution. What its bearer holds is in the link alone."""
    _send(
        "member_invitation",
        invitation.email,
        invitation=invitation,
        may=MEMBER_MAY[MemberRole(invitation.role)],
        url=settings.SITE_URL + reverse("invitation", args=[secret]),
    )


def send_email_change(email: str, key: str) -> None:
    """Ask the new address whether it is really theirs."""
    _send(
        "email_change",
        email,
        url=settings.SITE_URL + reverse("my_email_confirm", args=[key]),
        days=settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    )


def send_email_taken(email: str) -> None:
    """Tell the owner of an account that somebody wanted its address for another one."""
    _send("email_taken", email, url=settings.SITE_URL + reverse("account_login"))


def send_email_asked_for(person: User) -> None:
    """Tell the present address that another one was asked for, and how to stop it."""
    url = settings.SITE_URL + reverse("account_change_password")
    _send("email_asked_for", person.email, person=person, url=url)


def send_email_changed(old: str, new: str) -> None:
    """Tell the old address, for the last time, where the account went."""
    _send("email_changed", old, new=new)


def send_of_allauth(message: EmailMessage, *, person: User | None) -> None:
    """A message that allauth rendered."""
    email = Email(
        to=message.to[0],
        person=person,
        language=get_language() or settings.LANGUAGE_CODE,
        kind=Kind.ACCOUNT,
        subject=str(message.subject),
        body=f"{message.body}\n",
        has_secret=True,
    )
    write([email])


def _send(name: str, to: str, **context: Any) -> None:
    email = letter(name, to, kind=Kind.ACCOUNT, issuer=Issuer.load(), **context)
    email.has_secret = True
    write([email])

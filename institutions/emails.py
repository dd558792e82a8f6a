"""Messages to people about their accounts."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from certification.documents.models import Issuer
from institutions.models import User


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
    context = {
        "person": person,
        "url": set_password_url(person),
        "new_link_url": settings.SITE_URL + reverse("account_reset_password"),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        "issuer": Issuer.load(),
    }
    with override(settings.LANGUAGE_CODE):
        subject = render_to_string("emails/invitation_subject.txt", context).strip()
        body = render_to_string("emails/invitation_body.txt", context)
    send_mail(subject, body, None, [person.email])

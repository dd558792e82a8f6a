"""How people sign in: by invitation only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from certification.audit.services import record
from institutions.accounts import emails
from institutions.accounts.languages import remember
from institutions.accounts.sessions import LISTED
from institutions.models import User
from institutions.states import Verb


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody opens an account for themselves; the office does, or an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        with transaction.atomic():
            super().set_password(user, password)
            record(Verb.CHANGE_PASSWORD, user, by=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """What allauth has to say (a link to a new password) goes the way of all our mail."""
        context = {"request": allauth_context.request, "email": email, **context}
        message = self.render_mail(template_prefix, email, context)
        with transaction.atomic():
            emails.send_of_allauth(message, person=context.get("user"))

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """The session enters the person's list, and this device speaks the person's language."""
        request.session[LISTED] = True
        response = super().post_login(request, user, **options)
        return remember(response, user.language)

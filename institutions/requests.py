"""The type of a request behind the sign-in, for views."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from institutions.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is one of our people: LoginRequired lets nobody else through."""

    user: User
    htmx: HtmxDetails

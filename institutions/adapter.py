"""How people sign in: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody opens an account for themselves; the office does."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

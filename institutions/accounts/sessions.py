"""On which devices a person is signed in, as they see it and as they end it."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from certification import clock
from institutions.accounts.devices import device_of
from institutions.models import User

LISTED = "is_listed"  # in a session that began with a sign-in; set by the adapter
NOTED_EVERY = 10 * 60  # seconds


@dataclass(frozen=True)
class SignedIn:
    """One session of a person; the newest seen comes first, the present one before all."""

    row: UserSession
    is_current: bool

    @property
    def device(self) -> str:
        return device_of(self.row.user_agent)


def sessions_of(user: User, *, current: str | None) -> list[SignedIn]:
    """The sessions that still work: not past their time, begun with today's password.

    `current` is the key of the session that asks. Writes nothing.
    """
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk"))
    alive = Session.objects.filter(
        session_key__in=[row.session_key for row in rows], expire_date__gt=clock.now()
    )
    sealed = user.get_session_auth_hash()
    keys = {
        session.session_key
        for session in alive
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), sealed)
    }
    found = [SignedIn(row, row.session_key == current) for row in rows if row.session_key in keys]
    return sorted(found, key=lambda one: not one.is_current)


def end_sessions(user: User, *, keep: str | None = None) -> int:
    """Sign the person out everywhere but in the session `keep`; how many were ended."""
    ended = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    for row in ended:
        row.end()
    return len(ended)


class SessionsSeen:
    """Middleware: notes now and then when and from where a session was last used.

    Once in ten minutes a process at most, and never as a change of the session itself, whose
    time would begin anew with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        with suppress(DatabaseError, InterfaceError):  # a page that was made goes out all the same
            self._note_use(request)
        return response

    def _note_use(self, request: HttpRequest) -> None:
        """Asks nothing of the database on a page that did without the session."""
        key = request.session.session_key if request.session.accessed else None
        if key and request.session.get(LISTED) and request.user.is_authenticated:
            _note(key, get_adapter().get_client_ip(request), int(time.time()) // NOTED_EVERY)


@lru_cache(maxsize=4096)
def _note(session_key: str, ip: str, period: int) -> None:
    """The cache makes it happen once for each session, address and period."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=clock.now(), ip=ip)

"""What every test stands on: its own files, fast passwords, guards lifted only for emptying."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connections
from django.test import Client

from certification.assessments import history
from certification.audit.append_only import unguarded
from certification.documents import masthead
from certification.standards import descent, questions
from institutions.models import User


@pytest.fixture(autouse=True)
def _own_surroundings(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    settings.COPIES_ROOT = tmp_path / "copies"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEBUG = False
    settings.SECURE_SSL_REDIRECT = False
    # static files straight from their folders: nothing is collected for a test
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(autouse=True)
def _nothing_read_before() -> None:
    """Each test has rows of its own, and the keys and the times of some are the same."""
    questions._read_once.cache_clear()
    descent._trace_once.cache_clear()
    history._agreed_once.cache_clear()
    masthead.forget()


@pytest.fixture(autouse=True, scope="session")
def _guards_lifted_while_emptying() -> Iterator[None]:
    """A transactional test ends by emptying all tables, which the guards would refuse."""
    original = flush.Command.handle

    def handle(self: Any, **options: Any) -> None:
        with unguarded(connections[options["database"]]):
            original(self, **options)

    flush.Command.handle = handle  # type: ignore[method-assign]
    yield
    flush.Command.handle = original  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """SQLite in a file, so that threads have connections of their own, as they do when served."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("db") / "test.db")


@pytest.fixture
def signed_in() -> Any:
    """`signed_in(user)` gives a client on whose behalf the user is signed in."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return client_of

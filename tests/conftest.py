"""What every test stands on: its own files, fast passwords, emptied quickly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.test import Client
from django.utils import translation

from certification import garbage
from certification.assessments import history
from certification.documents import masthead
from certification.standards import descent, questions
from institutions.models import User
from tests import emptying

# a checkout may have keys of its own, which no test is to use: rows made for a whole module neither
settings.SEAL_PKCS12 = settings.SEAL_PKCS11_MODULE = settings.CREDENTIAL_KEY = ""

# how long an example takes says something of the machine alone
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


def pytest_collection_finish() -> None:
    """To look through all that is loaded for garbage again and again took a tenth of the time."""
    garbage.settle()


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
    """Each test has rows of its own, and the keys and the times of some are the same; a request of
    the test before may have left its language behind.
    """
    translation.deactivate()
    questions.forget()
    descent._trace_once.cache_clear()
    history._agreed_once.cache_clear()
    masthead.forget()


@pytest.fixture(autouse=True, scope="session")
def _quick_emptying() -> Iterator[None]:
    original = flush.Command.handle
    flush.Command.handle = emptying.handle  # type: ignore[method-assign]
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

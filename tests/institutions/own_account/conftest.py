"""One person, signed in through the form."""

import pytest
from django.core.cache import cache

from institutions.accounts import sessions
from tests.factories import make_user

from .browsers import device


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()
    sessions._note.cache_clear()


@pytest.fixture
def me():
    return make_user(email="ja@example.org")


@pytest.fixture
def client(me):
    return device(me)

"""Each address answers each kind of person as listed. An unlisted address fails."""

from copy import deepcopy
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from institutions.models import User
from tests.access.answers import EXPECTED, ROWS
from tests.access.world import PEOPLE, World, make_world
from tests.test_conventions import is_allauth, patterns

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OURS = [entry.name for path, entry in patterns() if not is_allauth(path, entry)]
# addresses that only take a post answer 405 to a get, and pages that only show to a post
REFUSED_METHOD = {"get": {405, 302}, "post": {405, 403}}


def test_every_address_is_listed() -> None:
    assert set(OURS) == {name for name, _method in EXPECTED}
    assert len(ROWS) == len(EXPECTED)  # each once


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def session_of(person: User | None) -> SimpleCookie:
    """Signed in once, for all that is asked: what one answer does to it is undone."""
    client = Client()
    if person:
        client.force_login(User.objects.get(pk=person.pk), backend=BACKEND)
    return client.cookies


def answer(world: World, session: SimpleCookie, name: str, method: str) -> int:
    """The status the bearer of this session gets, with everything it did undone."""
    client = Client()
    client.cookies = deepcopy(session)
    with transaction.atomic():
        address = reverse(name, args=world.args.get(name, []))
        response: Any = getattr(client, method)(address, {"unknown": "field"})
        if response.streaming:
            list(response)  # a file is closed once it was read
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_address_answers_as_listed(world: World, who: str) -> None:
    wrong, session = {}, session_of(world.people[who])
    for name in OURS:
        for method in ("get", "post"):
            status = answer(world, session, name, method)
            listed = EXPECTED.get((name, method))
            if listed is None and status in REFUSED_METHOD[method]:
                continue
            if listed is None or status != listed[who]:
                wrong[name, method] = (status, listed and listed[who])
    assert wrong == {}

"""What pages say of the issuer: read once a minute, and anew after a change."""

import time
from typing import Any

import pytest

from certification.documents.masthead import issuer_named
from certification.documents.models import Issuer
from certification.documents.services import change_issuer
from institutions.states import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_it_is_read_once(django_assert_num_queries: Any) -> None:
    first = issuer_named()
    with django_assert_num_queries(0):
        assert issuer_named() == first


def test_a_change_is_seen_once_it_is_committed(django_capture_on_commit_callbacks: Any) -> None:
    before = issuer_named().name
    with django_capture_on_commit_callbacks(execute=True):
        change_issuer(by=make_user(Role.ADMINISTRATOR), name="Nowa nazwa")
        assert issuer_named().name == before
    assert issuer_named().name == "Nowa nazwa"


def test_another_process_sees_it_within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    issuer_named()
    Issuer.objects.create(name="Nowa nazwa")
    moment = time.time()
    monkeypatch.setattr("time.time", lambda: moment + 61)
    assert issuer_named().name == "Nowa nazwa"

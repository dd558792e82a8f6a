"""One who adds, the address where, and what the look at a file may find."""

from typing import Any

import pytest
from django.test import Client

from institutions.models import Institution, User
from institutions.services import content
from institutions.states import MemberRole
from institutions.uploads import checking
from tests.factories import make_member

from .files import out_of_reach


@pytest.fixture
def by(institution: Institution) -> User:
    return make_member(institution, MemberRole.EDITOR)


@pytest.fixture
def editor(by: User, signed_in: Any) -> Client:
    return signed_in(by)


@pytest.fixture
def adding(institution: Institution) -> str:
    return f"/dowody/dodaj/{institution.pk}/"


@pytest.fixture
def with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    original = checking.inspect

    def inspect(*args: Any, **kwargs: Any) -> Any:
        checked = original(*args, **kwargs)
        object.__setattr__(checked, "personal_numbers", 2)
        return checked

    monkeypatch.setattr(content, "inspect", inspect)


@pytest.fixture
def scanner_is_down(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(content, "inspect", out_of_reach)
    return monkeypatch

"""The administrator sees what the worker does, and that it does not."""

from datetime import timedelta
from typing import Any

import pytest

from certification import chores, clock
from certification.chores.models import Turn
from certification.chores.working import do_due
from institutions.states import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_chore(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "_chores", {})
    every = timedelta(hours=1)
    chores.register("sweep", label="Zamiatanie", every=every, do=lambda now: "zamieciono")


def test_page_says_what_came_of_each_chore(signed_in: Any) -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))
    before = client.get("/prace/").content.decode()
    assert "Zamiatanie" in before
    assert "prawdopodobnie nie działa" in before
    do_due()
    after = client.get("/prace/").content.decode()
    assert "zamieciono" in after
    assert "prawdopodobnie nie działa" not in after


def test_page_says_that_a_chore_fails(signed_in: Any) -> None:
    Turn.objects.create(name="sweep", due_at=clock.now(), error="ValueError", failures=3)
    page = signed_in(make_user(Role.ADMINISTRATOR)).get("/prace/").content.decode()
    assert "nie udało się 3 razy (ValueError)" in page

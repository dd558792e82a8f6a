"""Chores are done when due, by one worker at a time, whatever goes wrong in one of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from certification import chores, clock
from certification.chores.models import Turn
from certification.chores.working import HELD, do_due

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """One chore, every hour; when it was done."""
    moments: list[datetime] = []

    def do(now: datetime) -> str:
        moments.append(now)
        return "zamieciono"

    monkeypatch.setattr(chores, "_chores", {})
    chores.register("sweep", label="Zamiatanie", every=HOUR, do=do)
    return moments


def do_at(moment: datetime) -> list[str]:
    with clock.set_to(moment):
        return do_due()


def test_chore_is_done_when_due_and_not_before(done: list[datetime]) -> None:
    start = clock.now()
    assert do_at(start) == ["sweep"]
    assert do_at(start + HOUR - timedelta(seconds=1)) == []
    assert do_at(start + HOUR) == ["sweep"]
    assert done == [start, start + HOUR]
    turn = Turn.objects.get()
    assert (turn.did, turn.did_at, turn.error, turn.holder) == ("zamieciono", start + HOUR, "", "")


def test_chore_another_worker_is_at_is_left_to_them(done: list[datetime]) -> None:
    now = clock.now()
    turn = Turn.objects.create(name="sweep", due_at=now, holder="x", held_until=now + HELD)
    assert do_at(now) == []
    assert do_at(now + HELD + timedelta(seconds=1)) == ["sweep"]  # that one was killed
    turn.refresh_from_db()
    assert turn.holder == ""


def test_chore_that_fails_keeps_no_other_from_being_done(done: list[datetime]) -> None:
    def fail(now: datetime) -> str:
        raise ValueError("tajne")

    chores.register("fail", label="Psucie", every=timedelta(seconds=5), do=fail)
    start = clock.now()
    assert do_at(start) == ["sweep", "fail"]
    turn = Turn.objects.get(name="fail")
    assert (turn.error, turn.failures, turn.did) == ("ValueError", 1, "")
    assert turn.due_at == start + timedelta(minutes=1)
    chores.register("fail", label="Psucie", every=timedelta(seconds=5), do=lambda now: "")
    do_at(start + HOUR)
    turn.refresh_from_db()
    assert (turn.error, turn.failures) == ("", 0)


def test_worker_that_is_asked_to_end_begins_nothing_more(done: list[datetime]) -> None:
    stopping = Event()
    stopping.set()
    assert do_due(stopping) == []
    assert done == []


def test_once_does_what_is_due_and_ends(
    done: list[datetime], capsys: pytest.CaptureFixture
) -> None:
    call_command("worker", once=True)
    assert capsys.readouterr().out == "sweep\n"
    assert len(done) == 1


def test_holder_is_paired_with_its_time() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(name="x", due_at=clock.now(), holder="x")

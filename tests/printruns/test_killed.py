"""Promise 21: kill -9 at each step, and each document is printed once, within a minute."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from certification import clock
from certification.audit.services import faults
from certification.printruns.holding import LEASE
from certification.printruns.keeping import remove_old
from certification.printruns.making import FOLDER
from certification.printruns.models import Printing, PrintRun
from certification.printruns.states import State
from tests.browser.killable import database_url

from .factories import make_printable, printed, start

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(settings.BASE_DIR)
PACKAGE = "certification.printruns"
STEPS = {
    "taken up": ("working", "claim", "after", 1),
    "before the first is proved": ("working", "_proved", "before", 1),
    "one is proved and not written down": ("working", "_proved", "after", 2),
    "some are written down": ("holding", "Held.settle", "after", 3),
    "all are proved": ("working", "make_file", "before", 1),
    "half of the file is made": ("making", "Bound._put", "after", 2),
    "the file is made and not kept": ("making", "_kept", "before", 1),
    "the file is kept without a row": ("making", "_kept", "after", 1),
    "inside the last transaction": ("recording", "_place", "after", 1),
    "just before the last commit": ("recording", "record", "after", 1),
    "all is written down": ("making", "finish", "after", 1),
}


def environment() -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "certification.settings",
        "PYTHONPATH": str(ROOT),
    }


def kill_at(module: str, name: str, when: str, nth: int) -> None:
    program = [sys.executable, "tests/printruns/killing.py", f"{PACKAGE}.{module}", name]
    done = subprocess.run(
        [*program, when, str(nth)], cwd=ROOT, env=environment(), capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def assert_printed_once(run: PrintRun) -> None:
    run.refresh_from_db()
    file = run.files.get()
    assert run.state == State.DONE
    assert set(run.items.values_list("file", flat=True)) == {file.pk}
    documents = run.items.filter(document__isnull=False).values_list("document", flat=True)
    told = Printing.objects.filter(run=run).values_list("document", "number")
    assert sorted(told) == sorted((document, 1) for document in documents)
    assert default_storage.size(file.file.name) == file.size
    assert list(faults()) == []


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_each_document_is_printed_once(step: str) -> None:
    run = start(make_printable(), make_printable(), envelope="c5", labels="3x8")
    kill_at(*STEPS[step])
    later = clock.now() + LEASE + timedelta(seconds=1)
    with clock.set_to(later):
        printed(run)
        assert_printed_once(run)
    with clock.set_to(later + timedelta(days=2)):  # what was left behind is found
        remove_old(clock.now())
    assert [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]] == [
        run.files.get().file.name
    ]


def test_a_worker_started_anew_takes_the_run_up_within_a_minute() -> None:
    run = start(*(make_printable() for _ in range(15)), envelope="c5")
    killed = worker()
    wait_for(lambda: run.items.exclude(state="waiting").exists(), seconds=60)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    begun, again = time.monotonic(), worker()
    try:
        wait_for(lambda: PrintRun.objects.get(pk=run.pk).state == State.DONE, seconds=60)
    finally:
        again.kill()
        again.wait()
    assert time.monotonic() - begun < 60
    assert_printed_once(run)


def worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment())


def wait_for(happened: Any, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)

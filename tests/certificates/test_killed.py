"""Issuing, killed at each of its steps: no number is lost or used twice, no row lacks its file."""

import subprocess
import sys

import pytest

from certification.documents.services import strays
from institutions.states import Role
from tests.factories import make_user
from tests.processes import surroundings

from .factories import board_case


@pytest.mark.django_db(transaction=True)
def test_issuing_that_is_killed_anywhere_happens_whole_or_not_at_all(settings) -> None:
    by = make_user(Role.BOARD_MEMBER)
    cases = [str(board_case().pk) for _ in range(2)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.certificates.dying", str(by.pk), *cases],
        cwd=settings.BASE_DIR,
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[-1]) > 20
    # what a killed process left of files is without a row, and is swept away
    assert strays()

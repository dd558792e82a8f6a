"""Numbers taken by eight processes at once: none twice, none left out."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from tests.numbering.taking import EACH, GIVEN_BACK, PROCESSES
from tests.processes import surroundings


@pytest.fixture
def taken(transactional_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE taken (number integer)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE taken")


def test_eight_processes_take_numbers_without_gaps_or_duplicates(taken: None) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.numbering.taking"],
        cwd=settings.BASE_DIR,
        env=surroundings(),
        check=True,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM taken ORDER BY number")
        numbers = [number for (number,) in cursor.fetchall()]
    assert numbers == list(range(1, PROCESSES * (EACH - EACH // GIVEN_BACK) + 1))

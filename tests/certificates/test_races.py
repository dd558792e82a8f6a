"""What only PostgreSQL can show: many who issue at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection

from certification import clock
from certification.certificates.models import Certificate
from certification.documents.services import strays
from certification.errors import TransitionNotAllowed
from institutions.states import Role
from tests.factories import make_user

from .factories import board_case, issue

THREADS, EACH = 8, 10

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgresql" not in str(connection.settings_dict["ENGINE"]), reason="PostgreSQL"
    ),
]


def in_threads(work, arguments):
    def one(argument):
        try:
            return work(argument)
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(one, arguments))


def test_numbers_without_gaps_or_duplicates():
    by = make_user(Role.BOARD_MEMBER)
    cases = [board_case() for _ in range(THREADS * EACH)]

    numbers = in_threads(lambda case: issue(case, by=by).number, cases)

    year = clock.today().year
    assert sorted(numbers) == sorted(f"CAL/OSL/{n}/{year}" for n in range(1, THREADS * EACH + 1))
    assert strays() == []


def test_one_case_is_issued_once():
    by, case = make_user(Role.BOARD_MEMBER), board_case()

    def attempt(number):
        try:
            return issue(case, by=by, resolution_number=str(number)).number
        except TransitionNotAllowed:
            return None

    issued = [number for number in in_threads(attempt, range(THREADS)) if number]

    assert issued == [Certificate.objects.get().number]

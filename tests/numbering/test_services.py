"""Numbers: no gap after a roll-back, no duplicate under load."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction

from certification.numbering.models import Counter
from certification.numbering.services import next_number


@pytest.mark.django_db
def test_next_number_counts_each_series_and_year_alone() -> None:
    taken = [
        next_number("CAL/W", 2026),
        next_number("CAL/W", 2026),
        next_number("CAL/W", 2027),
        next_number("CAL/OSL", 2026),
    ]
    assert taken == [1, 2, 1, 1]


@pytest.mark.django_db
def test_next_number_given_back_by_a_roll_back() -> None:
    next_number("CAL/W", 2026)
    with transaction.atomic():
        next_number("CAL/W", 2026)
        transaction.set_rollback(True)
    assert next_number("CAL/W", 2026) == 2


@pytest.mark.django_db
def test_counter_is_one_for_a_series_and_year() -> None:
    Counter.objects.create(series="CAL/W", year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        Counter.objects.create(series="CAL/W", year=2026)


@pytest.mark.django_db(transaction=True)
def test_next_number_refuses_to_stand_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        next_number("CAL/W", 2026)


def _take(_turn: int) -> int:
    try:
        with transaction.atomic():
            return next_number("CAL/OSL", 2026)
    finally:
        connections.close_all()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="shows row locks")
def test_next_number_unique_and_without_gap_under_load() -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(_take, range(80)))
    assert sorted(taken) == list(range(1, 81))

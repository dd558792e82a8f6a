"""Polish working days, against calendars of known years."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certification.working_days import (
    add_working_days,
    end_of,
    holidays_between,
    is_holiday,
    is_working_day,
    working_days_between,
)

# the free days of 2026, from the calendar on the wall
OF_2026 = [
    date(2026, 1, 1),
    date(2026, 1, 6),
    date(2026, 4, 5),  # Wielkanoc
    date(2026, 4, 6),
    date(2026, 5, 1),
    date(2026, 5, 3),
    date(2026, 5, 24),  # Zesłanie Ducha Świętego
    date(2026, 6, 4),  # Boże Ciało
    date(2026, 8, 15),
    date(2026, 11, 1),
    date(2026, 11, 11),
    date(2026, 12, 24),  # Wigilia
    date(2026, 12, 25),
    date(2026, 12, 26),
]


def test_the_holidays_of_a_year():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]

    assert list(filter(is_holiday, days)) == OF_2026


@pytest.mark.parametrize(("year", "is_free"), [(2023, False), (2024, False), (2025, True)])
def test_christmas_eve_is_free_since_2025(year, is_free):
    assert is_holiday(date(year, 12, 24)) == is_free


@pytest.mark.parametrize(
    ("year", "working_days"), [(2024, 252), (2025, 251), (2026, 253), (2027, 253)]
)
def test_working_days_of_a_year(year, working_days):
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == working_days


@pytest.mark.parametrize(
    ("day", "number", "last"),
    [
        (date(2026, 11, 30), 0, date(2026, 11, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 1)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # set on a Saturday
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # over Christmas, which ends on a Saturday
        (date(2024, 12, 23), 1, date(2024, 12, 24)),  # when Christmas Eve was worked
        (date(2025, 4, 18), 1, date(2025, 4, 22)),  # Easter
        (date(2026, 6, 3), 2, date(2026, 6, 8)),  # Corpus Christi
        (date(2026, 12, 14), 14, date(2027, 1, 7)),  # Christmas, the New Year, Epiphany
    ],
)
def test_last_day_of_a_deadline(day, number, last):
    assert add_working_days(day, number) == last


@pytest.mark.parametrize("number", [1, 5, 14, 30])
def test_a_deadline_is_as_long_as_it_says(number):
    start = date(2026, 12, 14)
    end = add_working_days(start, number)

    assert working_days_between(start, end) == number
    assert working_days_between(end, start) == -number
    assert is_working_day(end)


def test_a_deadline_does_not_lie_behind():
    with pytest.raises(ValueError, match="ahead"):
        add_working_days(date(2026, 1, 1), -1)


def test_holidays_in_a_row_are_one_pair():
    assert holidays_between(date(2026, 12, 14), date(2027, 1, 7)) == [
        (date(2026, 12, 24), date(2026, 12, 26)),
        (date(2027, 1, 1), date(2027, 1, 1)),
        (date(2027, 1, 6), date(2027, 1, 6)),
    ]
    assert holidays_between(date(2026, 12, 26), date(2026, 12, 31)) == []


@pytest.mark.parametrize(
    ("day", "over_at"),
    [
        (date(2026, 12, 18), datetime(2026, 12, 18, 23, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 22, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),  # the day clocks change
    ],
)
def test_a_day_ends_at_midnight_in_poland(day, over_at):
    assert end_of(day) == over_at

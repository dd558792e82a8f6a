"""Working days in Poland, for deadlines.

A working day is none of Saturday, Sunday and the holidays of the act of 18 January 1951 on days
free of work, which the `holidays` package knows by year: Easter, Pentecost and Corpus Christi
computed, Christmas Eve free since 2025. A deadline of n working days is counted from the day
after it was set, and lasts to the end of its last day in Poland.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
from django.utils import timezone

ONE_DAY = timedelta(days=1)


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("PL", years=year))


def is_holiday(day: date) -> bool:
    """Whether the law frees the day from work, whatever day of the week it is."""
    return day in _holidays_of(day.year)


def is_working_day(day: date) -> bool:
    return day.isoweekday() <= 5 and not is_holiday(day)


def add_working_days(day: date, number: int) -> date:
    """The last day of a deadline of that many working days set on `day`; `number` is 0 or more.

    Of 0 days it is the day itself, even a free one.
    """
    if number < 0:
        raise ValueError("a deadline lies ahead")
    while number:
        day += ONE_DAY
        number -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days pass from the end of `start` to the end of `end`; negative if late."""
    if end < start:
        return -working_days_between(end, start)
    return sum(map(is_working_day, _days(start, end)))


def holidays_between(start: date, end: date) -> list[tuple[date, date]]:
    """The holidays after `start` and until `end`, days in a row as one pair (first, last)."""
    runs: list[tuple[date, date]] = []
    for day in filter(is_holiday, _days(start, end)):
        if runs and day - runs[-1][1] == ONE_DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def start_of(day: date) -> datetime:
    """The moment at which the day begins in Poland."""
    return timezone.make_aware(datetime.combine(day, time()))  # noqa: DTZ001 - Warsaw


def end_of(day: date) -> datetime:
    """The moment at which the day is over in Poland: what comes before it is on time."""
    return start_of(day + ONE_DAY)


def _days(start: date, end: date) -> Iterator[date]:
    """The days after `start`, until and with `end`."""
    return (start + timedelta(days=number) for number in range(1, (end - start).days + 1))

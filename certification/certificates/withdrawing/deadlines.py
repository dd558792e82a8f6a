"""How long a holder has to answer."""

from datetime import date, timedelta

from certification.working_days import add_working_days


def last_day(told_on: date, days: int) -> date:
    """That many days after the holder was told; where it is a free day, the next working day."""
    return add_working_days(told_on + timedelta(days=days - 1), 1)

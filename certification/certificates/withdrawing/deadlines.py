"""How long a holder has to answer."""

from datetime import date, timedelta

from certification.working_days import add_working_days


def last_day_for_reply(stated_on: date, days: int) -> date:
    """That many days after the charges; where it is a free day, the next working day."""
    return add_working_days(stated_on + timedelta(days=days - 1), 1)

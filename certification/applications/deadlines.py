"""Deadlines in working days, told with the day they end on and what was left out."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.template.defaultfilters import date as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.working_days import add_working_days, holidays_between

OFFERED = (5, 7, 14, 21, 30)


def offers(today: date, *, start: date | None = None) -> list[tuple[int, str]]:
    """The lengths the office may choose from, each with its last day. `start`: count from then."""
    numbers = sorted({*OFFERED, settings.COMPLETION_WORKING_DAYS})
    return [(number, told(start or today, number)) for number in numbers]


def told(start: date, number: int) -> str:
    """„14 dni roboczych: do 5 stycznia 2027 (wtorek), z pominięciem 24–26 grudnia i 1 stycznia”."""
    last = add_working_days(start, number)
    text = ngettext(
        "%(n)s working day: until %(day)s", "%(n)s working days: until %(day)s", number
    ) % {"n": number, "day": formatted(last, "j E Y")}
    if left_out := skipped(start, last):
        text += _(", leaving out %(days)s") % {"days": left_out}
    return text


def skipped(start: date, end: date) -> str:
    """The holidays in between: „24–26 grudnia i 1 stycznia”; empty where there are none."""
    runs = list(_runs(start, end))
    return _(" and ").join([", ".join(runs[:-1]), runs[-1]]) if len(runs) > 1 else "".join(runs)


def _runs(start: date, end: date) -> Iterator[str]:
    for first, last in holidays_between(start, end):
        if first == last:
            yield formatted(first, _("j E"))
        elif first.month == last.month:
            yield f"{first.day}–{formatted(last, _('j E'))}"
        else:
            yield f"{formatted(first, _('j E'))} – {formatted(last, _('j E'))}"

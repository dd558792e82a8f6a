"""Which certificate an institution may renew, and from when (regulation, point 9).

Certificates belong to a higher layer, which registers how they are found.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from certification.applications.models import Application

if TYPE_CHECKING:
    from institutions.models import Institution

MONTHS_AHEAD = 12  # a renewal takes months of writing, and a certificate lasts years


@dataclass(frozen=True)
class Holding:
    """The certificate that an institution holds, or held last: the one a renewal continues."""

    application: Application
    number: str
    valid_to: date
    url: str

    @property
    def renewable_from(self) -> date:
        return months_before(self.valid_to, MONTHS_AHEAD)

    def is_renewable(self, day: date) -> bool:
        """From a year before it ends, and also after that."""
        return day >= self.renewable_from


Finder = Callable[["Institution"], Holding | None]
_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Register how the certificate an institution holds is found."""
    _finders.append(finder)
    return finder


def holding_of(institution: "Institution") -> Holding | None:
    """None where nothing was ever issued, or what was is withdrawn."""
    found = (finder(institution) for finder in _finders)
    return next((holding for holding in found if holding is not None), None)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month; of a shorter one, its last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

"""The yearly report as PDF: a sheet in, bytes out, like the other papers."""

from dataclasses import dataclass
from datetime import date

from .printing import letterhead_images, print_html
from .report import legible
from .sheets import Letterhead
from .typography import day_in_words


@dataclass(frozen=True)
class YearTable:
    """`lines` are a label, its values in words, and how long a bar of the first one is, in
    hundredths of the longest.
    """

    title: str
    headings: tuple[str, ...]
    lines: list[tuple[str, list[str], int]]
    note: str


@dataclass(frozen=True)
class YearSheet:
    """`until` is the day up to which it counts, and the day of the paper."""

    issuer: Letterhead
    year: int
    until: date
    tables: tuple[YearTable, ...]


def render_year(sheet: YearSheet) -> bytes:
    """Print the report: A4 standing, tables with a bar in each line."""
    context = {
        "sheet": sheet,
        "issuer": legible(sheet.issuer.name),
        "until": day_in_words(sheet.until),
        "dated": sheet.until.isoformat(),
    }
    return print_html("yearly", context, day=sheet.until, images=letterhead_images(sheet.issuer))

"""The yearly report as PDF: a sheet in, bytes out, like the other papers."""

from dataclasses import dataclass
from datetime import date

from .printing import letterhead_images, print_html
from .report import legible
from .sheets import Letterhead
from .typography import day_in_words

# of the drawing, in its own units
ROW, LABELS, BARS, VALUES = 12, 150, 200, 60
LONGEST = 38  # characters of a label beside its bar


@dataclass(frozen=True)
class YearBar:
    """One line of the chart, `y` from its top; `length` is of the bar, none for no number."""

    label: str
    told: str
    y: int
    length: int

    @property
    def end(self) -> int:
        """Where its number stands."""
        return LABELS + self.length + 4


@dataclass(frozen=True)
class YearTable:
    """`lines` are a label, its values in words, and how long a bar of the first one is, in
    hundredths of the longest.
    """

    title: str
    headings: tuple[str, ...]
    lines: list[tuple[str, list[str], int]]
    note: str
    width = LABELS + BARS + VALUES

    @property
    def height(self) -> int:
        return ROW * len(self.lines)

    @property
    def bars(self) -> list[YearBar]:
        """The chart of its first column."""
        return [
            YearBar(_shortened(label), values[0], place * ROW, BARS * share // 100)
            for place, (label, values, share) in enumerate(self.lines)
        ]


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


@dataclass(frozen=True)
class YearSheet:
    """`until` is the day up to which it counts, and the day of the paper."""

    issuer: Letterhead
    year: int
    until: date
    tables: tuple[YearTable, ...]


def render_year(sheet: YearSheet) -> bytes:
    """Print the report: A4 standing, each table below its chart, which is drawn in vectors."""
    context = {
        "sheet": sheet,
        "issuer": legible(sheet.issuer.name),
        "until": day_in_words(sheet.until),
        "dated": sheet.until.isoformat(),
    }
    return print_html("yearly", context, day=sheet.until, images=letterhead_images(sheet.issuer))

"""A table of the yearly report, and the bars that show its first column."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

SMALLEST = 3  # fewer than that many cases tell of one of them
ROW, LABELS, BARS, VALUES = 28, 250, 300, 70  # units of the drawing
LONGEST = 36  # characters of a label beside its bar


@dataclass(frozen=True)
class Few:
    """More than none, and too few to be told."""

    def __str__(self) -> str:
        return _("fewer than %(n)s") % {"n": SMALLEST}


Value = int | Decimal | Few | None


def guarded(count: int) -> Value:
    """The count, or that there are a few."""
    return Few() if 0 < count < SMALLEST else count


@dataclass(frozen=True)
class Row:
    label: str
    values: tuple[Value, ...]

    def told(self) -> list[str]:
        """The values as people read them; a dash where there is none."""
        return [_told(each) for each in self.values]


@dataclass(frozen=True)
class Bar:
    """One line of the drawing, `y` from its top; `length` is of the bar, none for no number."""

    label: str
    told: str
    y: int
    length: int

    @property
    def end(self) -> int:
        """Where its number stands."""
        return LABELS + self.length + 6


@dataclass(frozen=True)
class Table:
    """`headings` are of the labels and of each column; `note` says how it is to be read."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        return [(row.label, row.told()) for row in self.rows]

    @property
    def bars(self) -> list[Bar]:
        """Of the first column, each as long as its share of the greatest."""
        numbers = [_number(row.values[0]) for row in self.rows]
        most = max(numbers, default=0) or 1
        return [
            Bar(
                label=row.label if len(row.label) <= LONGEST else f"{row.label[: LONGEST - 1]}…",
                told=row.told()[0],
                y=place * ROW,
                length=round(BARS * number / most),
            )
            for place, (row, number) in enumerate(zip(self.rows, numbers, strict=True))
        ]

    @property
    def height(self) -> int:
        return ROW * len(self.rows)

    @property
    def width(self) -> int:
        return LABELS + BARS + VALUES


def _number(value: Value) -> float:
    return 0 if value is None or isinstance(value, Few) else float(value)


def _told(value: Value) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, Few) else str(number_format(value))

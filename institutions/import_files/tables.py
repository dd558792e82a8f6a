"""A table of cells, as a person laid it out, into rows: its header is looked for.

Titles above the header, group titles over several columns, a header in two rows of merged cells,
a row of column numbers, totals below: all of that is common, and none of it is an institution.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from certification.finding import fold
from institutions.grammar import Case
from institutions.import_files.columns import EXAMPLE_NAME, NUMBERING, fields_of, heading_of
from institutions.import_files.rows import MAX_ROWS, Reading, Row, UnreadableFile

Line = tuple[int, list[str]]  # a row's number and its cells

HEADER_WITHIN = 15  # rows that are not empty
LEAST_COLUMNS = 2  # one of them the name
_TOTAL = re.compile(r"(razem|suma|ogolem|lacznie|podsumowanie)[\s:.,\d]*")


@dataclass(frozen=True)
class Header:
    """`fields` by position; the data begin after the row `number`."""

    number: int
    fields: dict[int, str]
    headings: list[str]

    @property
    def score(self) -> int:
        return len(self.fields) if "name" in self.fields.values() else 0


NO_HEADER = Header(0, {}, [])


def find_header(lines: Sequence[Line]) -> Header:
    """The row, or two rows read as one, in which most columns are known; NO_HEADER if none."""
    first = [line for line in lines if any(line[1])][:HEADER_WITHIN]
    found = max(_candidates(first), key=lambda header: header.score, default=NO_HEADER)
    return found if found.score >= LEAST_COLUMNS else NO_HEADER


def _candidates(lines: Sequence[Line]) -> Iterator[Header]:
    """Single rows before pairs: of equals the first is taken."""
    above: list[str] = []
    for number, cells in lines:
        yield Header(number, fields_of(cells, _spread(above, len(cells))), cells)
        above = cells
    for (_number, upper), (number, lower) in pairwise(lines):
        width = max(len(upper), len(lower))
        titles = _padded(upper, width)
        both = [low or up for up, low in zip(titles, _padded(lower, width), strict=True)]
        yield Header(number, fields_of(both, _spread(titles, width)), both)


def _spread(titles: Sequence[str], width: int) -> list[str]:
    """Merged cells hold their text in the first; it stands for the empty ones that follow."""
    spread, last = [], ""
    for title in _padded(titles, width):
        last = title or last
        spread.append(last)
    return spread


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * width][:width]


def read_lines(lines: Sequence[Line], *, sheet: str = "") -> Reading:
    """The institutions below the header. Raises UnreadableFile where there are none."""
    header = find_header(lines)
    if header is NO_HEADER:
        raise UnreadableFile(
            _(
                "No row with the headings of columns was found: at least “Nazwa” and one more, "
                "e.g. “Miejscowość” or “NIP”. Compare the file with the one to fill in."
            )
        )
    rows, skipped = [], []
    for number, cells in lines:
        given = _given(cells, header)
        if number <= header.number or not given:
            continue
        if _is_no_institution(cells, given, header):
            skipped.append(number)
        else:
            rows.append(_row(number, given))
    if not rows:
        raise UnreadableFile(_("There are no institutions below the headings of columns."))
    if len(rows) > MAX_ROWS:
        raise UnreadableFile(
            _("The file has more than %(count)s rows. Divide it into smaller ones.")
            % {"count": MAX_ROWS}
        )
    columns = [(_tidy(header.headings[at]), name) for at, name in header.fields.items()]
    return Reading(rows, sheet, header.number, columns, _ignored(lines, header), skipped)


def _given(cells: Sequence[str], header: Header) -> dict[str, str]:
    return {
        name: text
        for position, name in header.fields.items()
        if position < len(cells) and (text := _tidy(cells[position]))
    }


def _row(number: int, given: dict[str, str]) -> Row:
    forms = {case: given.pop(case) for case in Case.values if case in given}
    return Row(number, given, forms)


def _is_no_institution(cells: Sequence[str], given: dict[str, str], header: Header) -> bool:
    """A total, our example, the header once more, or a row of numbers below the header."""
    texts = [text for text in map(_tidy, cells) if text]
    if given.get("name") == EXAMPLE_NAME:
        return True
    if _TOTAL.fullmatch(fold(texts[0])) or _TOTAL.fullmatch(fold(given.get("name", ""))):
        return True
    known = [heading_of(header.headings[position]) for position in header.fields]
    return [heading_of(text) for text in given.values()] == known or _counts_up(texts)


def _counts_up(texts: Sequence[str]) -> bool:
    numbers = [int(text.rstrip(".)")) for text in texts if re.fullmatch(r"\d{1,3}[.)]?", text)]
    return len(numbers) == len(texts) > 1 and all(b == a + 1 for a, b in pairwise(numbers))


def _ignored(lines: Sequence[Line], header: Header) -> list[str]:
    """Headings of columns that hold something and mean nothing to us."""
    filled = {
        position
        for number, cells in lines
        if number > header.number
        for position, cell in enumerate(cells)
        if cell.strip()
    }
    return [
        _tidy(heading)
        for position, heading in enumerate(header.headings)
        if position in filled - header.fields.keys() and heading_of(heading) not in NUMBERING | {""}
    ]


def _tidy(cell: str) -> str:
    """One line, without invisible characters; a lone dash says that there is nothing."""
    text = " ".join(cell.replace("\xad", "").split())
    text = "".join(character for character in text if character.isprintable())
    return "" if text in {"-", "–", "—", "brak", "nie dotyczy", "n/d", "#N/D", "#N/A"} else text

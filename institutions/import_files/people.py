"""A file of employees as the lines that somebody would paste: the columns of people alone."""

from collections.abc import Sequence
from itertools import islice

from django.utils.translation import gettext as _

from institutions.import_files.columns import COLUMNS, heading_of
from institutions.import_files.reading import tables_of
from institutions.import_files.rows import UnreadableFile
from institutions.import_files.tables import HEADER_WITHIN, Line

_EMAIL = next(column for column in COLUMNS if column.field == "email")
_OF_NAME = (
    "imie|imiona|pierwsze imie|drugie imie|nazwisko|imie i nazwisko|nazwisko i imie|"
    "imie nazwisko|nazwisko imie|pracownik|imie i nazwisko pracownika"
)
HEADINGS = frozenset([heading_of(_EMAIL.title), *_EMAIL.headings.split("|"), *_OF_NAME.split("|")])


def read_people(content: bytes, filename: str) -> str:
    """One line a row, its cells apart. Where no heading tells which columns are of people, all of
    them: whoever sent the file sees them and takes out the rest.

    Raises UnreadableFile or Refused.
    """
    tables = [lines for _sheet, lines in tables_of(content, filename)]
    lines = max(tables, key=lambda table: (len(_columns(table)[1]), len(table)), default=[])
    header, columns = _columns(lines)
    found = [_told(cells, columns) for number, cells in lines if number > header]
    text = "\n".join(line for line in found if line)
    if not text:
        raise UnreadableFile(_("There is nobody in this file."))
    return text


def _columns(lines: Sequence[Line]) -> tuple[int, list[int]]:
    """The header's number and the columns of people; 0 and none where there is no header."""
    for number, cells in islice(lines, HEADER_WITHIN):
        if known := [at for at, cell in enumerate(cells) if heading_of(cell) in HEADINGS]:
            return number, known
    return 0, []


def _told(cells: Sequence[str], columns: Sequence[int]) -> str:
    chosen = [cells[at] for at in columns if at < len(cells)] if columns else cells
    return "\t".join(text for cell in chosen if (text := " ".join(cell.split())))

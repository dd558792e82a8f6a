"""From the bytes of a spreadsheet that an assessor sent to its rows, in the file's own words."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePath

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from certification.finding import fold
from institutions.import_files.reading import sheets_of
from institutions.import_files.rows import UnreadableFile
from institutions.import_files.tables import Line

from .columns import CARD, FACTS, RATINGS, WRITTEN, field_of

MAX_BYTES = 2 * 1024 * 1024
LONGEST = 5_001  # of a cell: one more than may be saved, so that too long a text is told
HEADER_WITHIN = 15


@dataclass(frozen=True)
class Row:
    """One criterion as the file has it; `number` is the row's, as a spreadsheet shows it."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Reading:
    """The rows, and the number of the card the file was made of (empty where it does not say)."""

    rows: list[Row]
    card: str = ""

    def packed(self) -> bytes:
        """For keeping; `unpacked` gives the same reading."""
        return zlib.compress(json.dumps(asdict(self)).encode())

    @classmethod
    def unpacked(cls, kept: "bytes | memoryview[int]") -> "Reading":
        content = json.loads(zlib.decompress(kept))
        return cls([Row(**row) for row in content["rows"]], content["card"])


def read_workbook(content: bytes, filename: str) -> Reading:
    """Raises UnreadableFile, or Refused for a package that is not safe to open."""
    if not content:
        raise UnreadableFile(_("This file is empty."))
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            _("This file is larger than %(limit)s. Send the one that you filled in.")
            % {"limit": filesizeformat(MAX_BYTES)}
        )
    if PurePath(filename).suffix.lower() != ".xlsx":
        raise UnreadableFile(
            _(
                "Only XLSX files can be read. In Excel or LibreOffice choose “Save as” and "
                "“Excel workbook (.xlsx)”."
            )
        )
    sheets = dict(sheets_of(content, filename, longest=LONGEST))
    return Reading(_rows(sheets.get(RATINGS) or _first(sheets)), _card(sheets.get(FACTS, [])))


def _first(sheets: Mapping[str, list[Line]]) -> list[Line]:
    return next(iter(sheets.values()), [])


def _rows(lines: Sequence[Line]) -> list[Row]:
    """What stands below the headings; rows in which nothing but the question is left out."""
    number, fields = _header(lines)
    found = []
    for at, cells in lines:
        given = {
            name: text
            for position, name in fields.items()
            if position < len(cells) and (text := cells[position].strip())
        }
        if at > number and (given.get("code") or any(given.get(name) for name in WRITTEN)):
            found.append(Row(at, given))
    if not found:
        raise UnreadableFile(_("There are no criteria below the headings of columns."))
    return found


def _header(lines: Sequence[Line]) -> tuple[int, dict[int, str]]:
    for number, cells in lines[:HEADER_WITHIN]:
        fields = {at: name for at, cell in enumerate(cells) if (name := field_of(cell))}
        if {"code", "level"} <= set(fields.values()):
            return number, fields
    raise UnreadableFile(
        _(
            "No row with the headings of columns was found: at least “Kod” and “Poziom”. Download "
            "the spreadsheet of your card and fill in that one."
        )
    )


def _card(lines: Sequence[Line]) -> str:
    for _number, cells in lines:
        if len(cells) > 1 and fold(cells[0]) == fold(CARD):
            return cells[1].strip()
    return ""

"""From the bytes of a file to a Reading, by what the file is."""

import json
from io import BytesIO
from pathlib import Path, PurePath

from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from certification.sandbox import on_disk, run
from institutions.import_files import csv_text, yaml_list
from institutions.import_files.rows import MAX_BYTES, Reading, UnreadableFile
from institutions.import_files.tables import Line, find_header, read_lines
from institutions.uploads import inspect

PROBE = Path(__file__).with_name("workbook_probe.py")
ACCEPT = ".xlsx,.csv"


def read_file(path: str | Path) -> Reading:
    """A CSV, XLSX or YAML file of this machine. Raises UnreadableFile or Refused."""
    if PurePath(path).suffix.lower() in {".yaml", ".yml"}:
        return Reading(yaml_list.read_yaml(path))
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableFile(
            _("This file cannot be opened: %(why)s") % {"why": error.strerror}
        ) from error
    return read_table(content, PurePath(path).name)


def read_table(content: bytes, filename: str) -> Reading:
    """A CSV or XLSX file of institutions that somebody sent. Raises UnreadableFile or Refused."""
    sheet, lines = _fullest(tables_of(content, filename))
    return read_lines(lines, sheet=sheet)


def tables_of(content: bytes, filename: str) -> list[tuple[str, list[Line]]]:
    """The sheets of a workbook, or the one table of a CSV file.

    Raises UnreadableFile or Refused.
    """
    if not content:
        raise UnreadableFile(_("This file is empty."))
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            _("This file is larger than %(limit)s. Divide it into smaller ones.")
            % {"limit": filesizeformat(MAX_BYTES)}
        )
    match PurePath(filename).suffix.lower():
        case ".xlsx":
            return sheets_of(content, filename)
        case ".csv" | ".txt" | ".tsv":
            return [("", csv_text.lines_of(content))]
    raise UnreadableFile(
        _(
            "Only XLSX and CSV files can be read. In Excel or LibreOffice choose “Save as” and "
            "“Excel workbook (.xlsx)”."
        )
    )


def sheets_of(
    content: bytes, filename: str, *, longest: int = 1_000
) -> list[tuple[str, list[Line]]]:
    """The visible sheets, opened by a process of its own once the package is known to be safe.

    A cell of more than `longest` characters is cut there. Raises UnreadableFile or Refused.
    """
    inspect(ContentFile(content), filename, max_bytes=MAX_BYTES)
    with on_disk(BytesIO(content), ".xlsx") as path:
        printed = run(PROBE, path, str(longest))
    if printed is None:
        raise UnreadableFile(
            _(
                "This workbook cannot be read. Copy the table alone to a new workbook, save it as "
                "XLSX or CSV, and send that."
            )
        )
    return [
        (title, [(number, cells) for number, cells in lines])
        for title, lines in json.loads(printed)
    ]


def _fullest(sheets: list[tuple[str, list[Line]]]) -> tuple[str, list[Line]]:
    """The sheet whose header has the most known columns; of equals the first."""
    empty: tuple[str, list[Line]] = ("", [])
    return max(sheets, key=lambda sheet: find_header(sheet[1]).score, default=empty)

"""The list to fill in: our headings and one example, as a workbook or as CSV."""

import json
from pathlib import Path

from django.utils.translation import gettext as _

from certification.csv_files import csv_lines
from certification.sandbox import run
from institutions.import_files.columns import COLUMNS
from institutions.import_files.rows import UnreadableFile

WRITER = Path(__file__).with_name("workbook_writer.py")
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_OFFERED = [column for column in COLUMNS if column.title]


def content(extension: str) -> bytes:
    """The bytes of the file."""
    return _workbook() if extension == "xlsx" else _csv()


def _csv() -> bytes:
    rows = [[each.title for each in _OFFERED], [each.example for each in _OFFERED]]
    return "".join(csv_lines(rows)).encode()


def _workbook() -> bytes:
    """Made by a process of its own, so that the library for workbooks is not kept in memory."""
    explained = [[column.title, str(column.explained)] for column in _OFFERED]
    sheets = {
        "Instytucje": [[each.title for each in _OFFERED], [each.example for each in _OFFERED]],
        "Objaśnienia": [["Kolumna", "Co wpisać"], *explained],
    }
    printed = run(WRITER, json.dumps(sheets))
    if printed is None:
        raise UnreadableFile(_("The workbook could not be made. Take the CSV file instead."))
    return printed

"""The list to fill in: our headings and one example, as a workbook or as CSV."""

import csv
import json
from io import StringIO
from pathlib import Path

from django.utils.translation import gettext as _

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
    """The bytes of the file. CSV as Polish Excel opens it: semicolons, UTF-8 with a mark."""
    return _workbook() if extension == "xlsx" else _csv()


def _csv() -> bytes:
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.title for column in _OFFERED)
    writer.writerow(column.example for column in _OFFERED)
    return written.getvalue().encode("utf-8-sig")


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

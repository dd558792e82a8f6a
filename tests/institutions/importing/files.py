"""Lists of institutions as offices make them, generated. No file is kept in the project."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

HEADINGS = ["Nazwa", "Rodzaj", "NIP", "REGON", "Miejscowość", "Województwo"]
GOPS = ["GOPS w Przykładowie Dolnym", "GOPS", "1234563218", "", "Przykładowo Dolne", "mazowieckie"]
MBP = ["Biblioteka Łąkowa w Żarach", "biblioteka", "", "123456785", "Żary", "lubuskie"]
TABLE = [HEADINGS, GOPS, MBP]


def csv(
    rows: Sequence[Sequence[str]] = TABLE,
    *,
    delimiter: str = ";",
    encoding: str = "utf-8",
    end: str = "\r\n",
) -> bytes:
    """Cells with the delimiter, a quotation mark or a line break are quoted, as Excel does it."""

    def cell(text: str) -> str:
        quoted = any(mark in text for mark in (delimiter, '"', "\n"))
        return '"{}"'.format(text.replace('"', '""')) if quoted else text

    return "".join(delimiter.join(map(cell, row)) + end for row in rows).encode(encoding)


def xlsx(
    rows: Sequence[Sequence[Any]] = TABLE, *, change: Any = None, title: str = "Arkusz1"
) -> bytes:
    """One sheet; `change(book, sheet)` adds what the test is about."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book, sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def merge(*ranges: str) -> Any:
    def change(book: Any, sheet: Any) -> None:
        for each in ranges:
            sheet.merge_cells(each)

    return change

"""Tables as CSV, as a Polish spreadsheet opens them: semicolons, UTF-8 with a mark."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

_MARK = "\ufeff"  # without it Excel takes UTF-8 for the code page of the computer
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file for csv.writer that hands each line on."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A line a row, the mark before the first; no text is run as a formula (OWASP: CSV injection).

    None is an empty cell.
    """
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    mark = _MARK
    for row in rows:
        yield mark + writer.writerow([_cell(value) for value in row])  # type: ignore[operator]
        mark = ""


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, int | float):  # a number below zero is no formula
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text

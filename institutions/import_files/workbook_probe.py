"""Prints the cells of one workbook as JSON; run as a program of its own, with little to spend.

Values that Excel stored, never formulas. Hidden sheets are left out: nobody sees what is there.
Imports nothing of ours. Arguments: the path, and how many characters of a cell are read. What is
printed: [[title, [[row number, [cell, …]], …]], …].
"""

import datetime
import json
import resource
import sys
import warnings
from typing import Any

import openpyxl

MEMORY = 300 * 1024 * 1024
CPU_SECONDS = 10
MAX_SHEETS, MAX_LINES, MAX_WIDTH = 20, 5_200, 60
MAX_CHARACTERS = 12_000_000
EMPTY_IN_A_ROW = 1_000  # then nothing more is expected


def sheets(path: str, longest: int) -> list[Any]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    budget = MAX_CHARACTERS
    found = []
    for sheet in visible[:MAX_SHEETS]:
        lines, used = _lines(sheet, budget, longest)
        budget -= used
        found.append([sheet.title, lines])
    return found


def _lines(sheet: Any, budget: int, longest: int) -> tuple[list[Any], int]:
    sheet.reset_dimensions()  # some programs write „A1” there whatever the sheet holds
    lines: list[Any] = []
    used, last = 0, 0
    for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_WIDTH), start=1):
        cells = [_text(value)[:longest] for value in values]
        if any(cells):
            lines.append([number, cells])
            used, last = used + sum(map(len, cells)), number
        if number - last > EMPTY_IN_A_ROW or len(lines) >= MAX_LINES or used > budget:
            break
    return lines, used


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    json.dump(sheets(sys.argv[1], int(sys.argv[2])), sys.stdout)

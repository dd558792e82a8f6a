"""Prints a workbook described as JSON in a file; run as a program of its own.

Imports nothing of ours. What is read: [{"title": …, "rows": [[cell, …], …], "widths": [number, …],
"hidden": [column], "choices": {column: [sheet title, how many]}}, …]; columns count from 0, the
first row of a sheet is its header. Every text stays a text: what begins like a formula is shown,
never computed (quotePrefix), and signs that a workbook cannot hold are left out.
"""

import json
import sys
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

HEADER = PatternFill("solid", fgColor="E7EFEE")


def fill(sheet: Any, described: dict[str, Any]) -> None:
    for number, row in enumerate(described["rows"], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"  # openpyxl takes a text that begins with "=" for a formula
                cell.quotePrefix = value[:1] in "=+-@\t\r"
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font, cell.fill = Font(bold=True), HEADER
    for column, width in enumerate(described.get("widths", ()), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column in described.get("hidden", ()):
        sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    for column, (title, count) in described.get("choices", {}).items():
        letter = get_column_letter(int(column) + 1)
        choice = DataValidation("list", f"'{title}'!$A$2:$A${count + 1}", allow_blank=True)
        choice.add(f"{letter}2:{letter}{len(described['rows'])}")
        sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        described = json.load(file)
    book = Workbook()
    book.remove(book.active)
    for each in described:
        fill(book.create_sheet(each["title"]), each)
    book.save(sys.stdout.buffer)


if __name__ == "__main__":
    main(sys.argv[1])

"""Prints a workbook of the sheets given as JSON {title: rows}; run as a program of its own.

Every cell is text, so that a spreadsheet does not eat the zeros of what is typed there.
"""

import json
import sys

import openpyxl
from openpyxl.styles import Alignment, Font

if __name__ == "__main__":
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in json.loads(sys.argv[1]).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for column in sheet.columns:
            dimension = sheet.column_dimensions[column[0].column_letter]
            longest = max(len(str(cell.value or "")) for cell in column)
            dimension.width, dimension.number_format = min(60, longest + 3), "@"
            for cell in column:
                cell.number_format = "@"
                cell.alignment = Alignment(vertical="top", wrap_text=True)
            column[0].font = Font(bold=True)
        sheet.freeze_panes = "A2"
    book.save(sys.stdout.buffer)

"""How long looking at a long document takes: a page of it, the page drawn, a search in all of it.

Each is a process of its own that starts, opens the file and ends, as the viewer has it.
"""

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

import openpyxl
import pikepdf

from institutions import reading

ROUNDS = 12
PAGES = 500
LINES = 42
ROWS = 20_000
SENTENCE = "Spotkania mieszkancow i plan pracy z partnerami na rok, strona {page}, wiersz {line}."


def report() -> None:
    """Print median and worst of each, in milliseconds."""
    pdf, sheet = long_pdf(), _sheet()
    things: dict[str, Callable[[], Any]] = {
        f"page 400 of {PAGES} (PDF)": lambda: reading.page_of(pdf, "pdf", 400),
        "the same, drawn": lambda: reading.picture_of(pdf, 400, 1200),
        "the same, with marks": lambda: reading.picture_of(pdf, 400, 1200, "partnerami"),
        f"search in {PAGES} pages": lambda: reading.found_in(pdf, "pdf", "strona 499"),
        f"rows of {ROWS} (XLSX)": lambda: reading.page_of(sheet, "xlsx", 50),
        f"search in {ROWS} rows": lambda: reading.found_in(sheet, "xlsx", "wiersz 19999"),
    }
    for name, thing in things.items():
        times = [_milliseconds(thing) for _round in range(ROUNDS)]
        print(f"{name:<26} median {statistics.median(times):6.0f} ms   worst {max(times):6.0f} ms")


def _milliseconds(thing: Callable[[], Any]) -> float:
    start = time.perf_counter()
    assert thing()
    return 1000 * (time.perf_counter() - start)


def long_pdf() -> io.BytesIO:
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for page in range(1, PAGES + 1):
        lines = " ".join(
            f"({SENTENCE.format(page=page, line=line)}) Tj T*" for line in range(1, LINES + 1)
        )
        added = document.add_blank_page(page_size=(595, 842))
        added.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        added.Contents = document.make_stream(f"BT /F1 11 Tf 16 TL 50 780 Td {lines} ET".encode())
    written = io.BytesIO()
    document.save(written)
    return written


def _sheet() -> io.BytesIO:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Spotkania")
    for row in range(1, ROWS + 1):
        sheet.append([row, "Dom kultury", SENTENCE.format(page=1, line=row), row * 1.5])
    written = io.BytesIO()
    book.save(written)
    return written

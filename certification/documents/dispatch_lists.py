"""Lists that go with a print run: what is sent to whom, what is handed to whom at a ceremony."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .printing import print_html
from .report import legible
from .typography import day_in_words

ROWS_A_PART = 100  # a longer list is printed in parts, so that memory does not grow with it


@dataclass(frozen=True)
class DispatchRow:
    """One recipient; `address` is street and town, `documents` the numbers of what they get."""

    number: int
    name: str
    address: tuple[str, ...]
    edelivery: str
    documents: tuple[str, ...]
    way: str


@dataclass(frozen=True)
class ListSheet:
    """A list, or its part number `part`, from 1 on. `about` is the ceremony's place and day."""

    title: str
    run: str
    issuer: str
    rows: tuple[DispatchRow, ...]
    day: date
    about: str = ""
    part: int = 1
    parts: int = 1


def render_delivery_list(sheet: ListSheet) -> bytes:
    """Print the delivery list: A4 lying down, a row each recipient."""
    return _print("delivery_list", sheet)


def render_ceremony_list(sheet: ListSheet) -> bytes:
    """Print the ceremony list: who is called up, what they are handed, a line to sign on."""
    return _print("ceremony_list", sheet)


def _print(kind: str, sheet: ListSheet) -> bytes:
    part = f", część {sheet.part} z {sheet.parts}" if sheet.parts > 1 else ""
    context = {
        "title": legible(sheet.title) + part,
        "run": legible(sheet.run),
        "issuer": legible(sheet.issuer),
        "about": legible(sheet.about),
        "rows": [_row(row) for row in sheet.rows],
        "date": day_in_words(sheet.day),
        "dated": sheet.day.isoformat(),
    }
    return print_html(kind, context, day=sheet.day, images={})


def _row(row: DispatchRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": legible(row.name),
        "address": [legible(line) for line in row.address],
        "edelivery": legible(row.edelivery),
        "documents": [legible(each) for each in row.documents],
        "way": legible(row.way),
    }

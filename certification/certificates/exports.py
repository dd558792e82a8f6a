"""The register as files for everybody: CSV for a spreadsheet, JSON for a program."""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from .register import COLUMNS, Entries, Shown
from .states import Status

BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of the computer
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file for csv.writer that hands each line on."""

    def write(self, line: str) -> str:
        return line


def csv_lines(entries: Entries) -> Iterator[str]:
    """UTF-8 with a mark, semicolons (a Polish spreadsheet's separator), headings in words."""
    writer = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    words = {
        str(code): str(label) for choices in (Shown, Status) for code, label in choices.choices
    }
    header = [str(heading) for heading, _meaning in COLUMNS.values()]
    yield BOM + writer.writerow(header)  # type: ignore[operator]
    for entry in entries:
        row = asdict(entry) | {"status": words[entry.status]}
        yield writer.writerow([_cell(row[name]) for name in COLUMNS])  # type: ignore[misc]


def json_pieces(entries: Entries, *, publisher: str) -> Iterator[str]:
    """`{"as_of", "publisher", "fields", "entries": […]}`; `fields` says what each field is."""
    fields = {name: str(meaning) for name, (_heading, meaning) in COLUMNS.items()}
    head = {"as_of": entries.day.isoformat(), "publisher": publisher, "fields": fields}
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "entries": ['
    separator = "\n  "
    for entry in entries:
        row = asdict(entry)
        yield separator + json.dumps({n: _value(row[n]) for n in COLUMNS}, ensure_ascii=False)
        separator = ",\n  "
    yield "\n ]\n}\n"


def _cell(value: Any) -> str:
    """A text that a spreadsheet will not run as a formula (OWASP: CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _value(value: Any) -> str | None:
    return None if value in {None, ""} else str(value)

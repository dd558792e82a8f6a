"""TXT and CSV. Those stored are UTF-8; what is not is read as CP1250."""

import csv
import io
from pathlib import Path

from institutions.reading.blocks import Gathering

MAX_BYTES = 10 * 1024 * 1024
_SAMPLE = 20  # lines


def read_text(path: str, into: Gathering) -> None:
    """A paragraph ends with an empty line; the lines within one stay lines."""
    lines: list[str] = []
    for line in io.StringIO(_decoded(path)):
        if line.strip():
            lines.append(line.rstrip("\r\n"))
        if lines and (not line.strip() or len(lines) > 40):
            into.paragraph("\n".join(lines))
            lines = []
    into.paragraph("\n".join(lines))


def read_rows(path: str, into: Gathering) -> None:
    text = _decoded(path)
    into.open_page()
    csv.field_size_limit(1024 * 1024)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        for number, cells in enumerate(rows, start=1):
            into.row(cells, table=1, number=number)
    except csv.Error:
        into.is_cut = True


def _delimiter(text: str) -> str:
    """The one that most lines at the beginning have; Polish Excel writes semicolons."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:_SAMPLE]
    return max(";,\t|", key=lambda mark: sum(mark in line for line in lines))


def _decoded(path: str) -> str:
    with Path(path).open("rb") as file:
        data = file.read(MAX_BYTES)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(data) == MAX_BYTES and error.start > MAX_BYTES - 4:  # a letter cut in two
            return data[: error.start].decode("utf-8-sig")
        return data.decode("cp1250", errors="replace")

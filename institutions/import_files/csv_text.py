"""CSV as Polish programs write it: semicolons or commas, UTF-8, Windows-1250 or UTF-16."""

import csv
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from institutions.import_files.rows import UnreadableFile
from institutions.import_files.tables import Line, find_header

DELIMITERS = ";,\t|"
# As of a workbook (workbook_probe.py): a little more than may be imported, so that it is said.
MAX_LINES, MAX_WIDTH = 5_200, 60
# Windows-1250 and ISO 8859-2 differ in six Polish letters; these are what they look like when
# the second is read as the first, and no Polish text has them.
_MISREAD = frozenset("ˇ¦¬±¶Ľ")
_POLISH = frozenset("ĄŚŹąśź")


def lines_of(content: bytes) -> list[Line]:
    """The table, with the delimiter under which most headings are known."""
    text = decode(content)
    first, _end, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own mark
        lines = _split(rest, first.strip()[4])
        return [(number + 1, cells) for number, cells in lines]
    tables = [_split(text, delimiter) for delimiter in DELIMITERS]
    return max(tables, key=lambda lines: (find_header(lines).score, _width(lines)))


def decode(content: bytes) -> str:
    """Raises UnreadableFile for bytes that are no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[1:200:2].count(0) > len(content[:200]) // 4:  # every second byte is zero
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1250"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return _as_latin2(content, text) if encoding == "cp1250" else text
    raise UnreadableFile(
        _("This file cannot be read as a text. In Excel choose “Save as” and “CSV UTF-8”, or XLSX.")
    )


def _as_latin2(content: bytes, text: str) -> str:
    found = set(text)
    if found & _MISREAD and not found & _POLISH:
        return content.decode("iso-8859-2")
    return text


def _split(text: str, delimiter: str) -> list[Line]:
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        filled = (
            (number, cells[:MAX_WIDTH]) for number, cells in enumerate(rows, start=1) if any(cells)
        )
        return list(islice(filled, MAX_LINES))
    except csv.Error:  # a cell that never ends: a quotation mark is missing
        return []


def _width(lines: list[Line]) -> int:
    return max((len(cells) for _number, cells in lines[:20]), default=0)

"""XLSX (ECMA-376, part 1): a page a few hundred rows of a sheet; values, never formulas."""

import re
import zipfile
from datetime import datetime, timedelta

from institutions.reading.blocks import MAX_COLUMNS, Enough, Gathering
from institutions.reading.packages import Listener, has, small, stream, targets

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAIN = "xl/workbook.xml"
MAX_SHARED = 16_000_000  # characters of texts that cells share
MAX_CELL = 32_767  # characters; what Excel itself lets in

# Built-in formats of dates, times and percentages (18.8.30 numFmt).
_DATES = {*range(14, 18), 22}
_TIMES = {18, 19, 20, 21, 45, 46, 47}
_PERCENT = {9, 10}
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read(package: zipfile.ZipFile, into: Gathering, *, whole: bool) -> None:
    parts = targets(package, MAIN)
    workbook = small(package, MAIN)
    shared = _Shared()
    for name in parts.values():
        if name.endswith("sharedStrings.xml") and has(package, name):
            shared.fill(package, name, into)
    formats = _formats(package)
    since = _first_day(workbook.find(f"{_S}workbookPr"))
    for number, node in enumerate(workbook.iter(f"{_S}sheet"), start=1):
        name = parts.get(node.get(f"{_R}id", ""), "")
        if has(package, name):
            into.open_page(node.get("name", ""))
            cells = Cells(shared.texts, formats, since)
            stream(package, name, _Sheet(into, cells, number))


def _first_day(properties: object) -> datetime:
    """Days are counted from 1900, or from 1904 in workbooks made on a Mac."""
    given = getattr(properties, "attrib", {}).get("date1904", "")
    is_1904 = given in {"1", "true"}
    return datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - no zone


def _formats(package: zipfile.ZipFile) -> list[str]:
    """What each style of a cell does to its number: date, time, percent, or nothing ('')."""
    if not has(package, "xl/styles.xml"):
        return []
    root = small(package, "xl/styles.xml")
    custom = {
        node.get("numFmtId", ""): _LITERAL.sub("", node.get("formatCode", "")).lower()
        for node in root.iter(f"{_S}numFmt")
    }
    styles = root.find(f"{_S}cellXfs")
    ids = [] if styles is None else [xf.get("numFmtId", "0") for xf in styles]
    return [_meaning(id_, custom.get(id_, "")) for id_ in ids]


def _meaning(id_: str, code: str) -> str:
    number = int(id_) if id_.isdigit() else 0
    if number in _DATES or "y" in code or "d" in code:
        return "date"
    if number in _TIMES or "h" in code or "ss" in code:
        return "time"
    return "percent" if number in _PERCENT or "%" in code else ""


class _Shared(Listener):
    """The table of texts; phonetic hints (rPh) are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.text: list[str] = []
        self.takes_text = self.is_hint = False
        self.room = MAX_SHARED

    def fill(self, package: zipfile.ZipFile, name: str, into: Gathering) -> None:
        try:
            stream(package, name, self)
        except Enough:
            into.is_cut = True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.takes_text = tag == f"{_S}t" and not self.is_hint
        self.is_hint = self.is_hint or tag == f"{_S}rPh"

    def data(self, text: str) -> None:
        if self.takes_text:
            self.text.append(text)

    def end(self, tag: str) -> None:
        self.takes_text = False
        if tag == f"{_S}rPh":
            self.is_hint = False
        elif tag == f"{_S}si":
            self.texts.append("".join(self.text)[:MAX_CELL])
            self.text = []
            self.room -= len(self.texts[-1]) + 20
            if self.room < 0:
                raise Enough


class Cells:
    """From what a cell holds to what a person reads."""

    def __init__(self, shared: list[str], formats: list[str], since: datetime) -> None:
        self.shared = shared
        self.formats = formats
        self.since = since

    def shown(self, held: str, kind: str, style: str) -> str:
        if kind == "s":
            index = int(held) if held.isdigit() else -1
            return self.shared[index] if 0 <= index < len(self.shared) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(held, held)
        if kind in {"n", ""} and held:
            return self._number(held, style)
        return held

    def _number(self, held: str, style: str) -> str:
        index = int(style) if style.isdigit() else 0
        meaning = self.formats[index] if index < len(self.formats) else ""
        try:
            value = float(held)
        except ValueError:
            return held
        if meaning in {"date", "time"} and 0 <= value < 2_958_466:  # the end of the year 9999
            return self._moment(value, meaning)
        if meaning == "percent":
            return _polish(f"{value * 100:.10g}%")
        is_whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if is_whole else _polish(f"{value:.15g}")

    def _moment(self, value: float, meaning: str) -> str:
        moment = self.since + timedelta(seconds=round(value * 86_400))
        if meaning == "time":
            return f"{moment:%H:%M}" if value < 1 else f"{moment:%Y-%m-%d %H:%M}"
        return f"{moment:%Y-%m-%d}" if value.is_integer() else f"{moment:%Y-%m-%d %H:%M}"


class _Sheet(Listener):
    def __init__(self, into: Gathering, cells: Cells, table: int) -> None:
        self.into = into
        self.cells = cells
        self.table = table
        self.row: dict[int, str] = {}
        self.number = 0
        self.column = 0
        self.kind = self.style = ""
        self.text: list[str] = []
        self.takes_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.removeprefix(_S):
            case "row":
                given = attributes.get("r", "")
                self.number = int(given) if given.isdigit() else self.number + 1
                self.row, self.column = {}, 0
            case "c":
                self.column = _column(attributes.get("r", "")) or self.column + 1
                self.kind, self.style = attributes.get("t", ""), attributes.get("s", "")
                self.text = []
            case "v" | "t":
                self.takes_text = True

    def data(self, text: str) -> None:
        if self.takes_text:
            self.text.append(text)

    def end(self, tag: str) -> None:
        match tag.removeprefix(_S):
            case "v" | "t":
                self.takes_text = False
            case "c":
                self._end_cell()
            case "row" if self.row:
                width = min(max(self.row), MAX_COLUMNS)
                row = [self.row.get(column, "") for column in range(1, width + 1)]
                self.into.row(row, table=self.table, number=self.number)

    def _end_cell(self) -> None:
        if self.column > MAX_COLUMNS:
            self.into.is_cut = True
        elif shown := self.cells.shown("".join(self.text)[:MAX_CELL], self.kind, self.style):
            self.row[self.column] = shown


def _polish(number: str) -> str:
    """With the comma that a Polish Excel would show."""
    return number.replace(".", ",")


def _column(reference: str) -> int:
    """`B7` → 2; 0 where the cell does not say."""
    number = 0
    for letter in reference[:4]:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number

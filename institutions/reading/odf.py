"""ODT, ODP and ODS (ISO/IEC 26300): texts, lists, tables; a page a slide or a sheet."""

import zipfile

from institutions.reading.blocks import MAX_COLUMNS, Gathering
from institutions.reading.packages import Listener, stream

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_SHORT = {
    _OFFICE: "office:",
    _TEXT: "text:",
    _TABLE: "table:",
    _DRAW: "draw:",
    _SVG: "svg:",
    _PRESENTATION: "presentation:",
}
# Not what the document says: text that was deleted, and lists of variables.
_SKIPPED = {"text:tracked-changes", "text:variable-decls", "text:sequence-decls", "office:forms"}


def read(package: zipfile.ZipFile, into: Gathering, *, whole: bool) -> None:
    sheets = package.read("mimetype").strip().endswith(b".spreadsheet")
    stream(package, "content.xml", _Content(into, sheets=sheets))
    if whole and "styles.xml" in package.NameToInfo:  # headers and footers live there
        stream(package, "styles.xml", _Content(into, sheets=False))


def _short(tag: str) -> str:
    space, brace, name = tag.rpartition("}")
    return f"{_SHORT.get(space + brace, '')}{name}"


def _count(attributes: dict[str, str], name: str) -> int:
    given = attributes.get(f"{_TABLE}{name}", "1")
    return int(given) if given.isdigit() else 1


class _Content(Listener):
    def __init__(self, into: Gathering, *, sheets: bool) -> None:
        self.into = into
        self.sheets = sheets
        self.text: list[str] = []
        self.outer: list[tuple[list[str], int]] = []  # paragraphs begun around this one
        self.level = 0  # of a heading
        self.lists = 0
        self.skipped = 0
        self.tables = 0
        self.depth = 0  # of tables
        self.row = 0
        self.rows_alike = 1
        self.cells: list[str] = []
        self.cells_alike = 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _short(tag)
        if self.skipped or name in _SKIPPED:
            self.skipped += 1
            return
        if name in {"text:p", "text:h"}:
            self.outer.append((self.text, self.level))
            given = attributes.get(f"{_TEXT}outline-level", "1")
            self.text, self.level = [], int(given) if given.isdigit() else 1
            if name == "text:p":
                self.level = 0
        elif name.startswith("table:"):
            self._start_table(name, attributes)
        else:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "text:list":
                self.lists += 1
            case "text:s":
                given = attributes.get(f"{_TEXT}c", "1")
                self.text.append(" " * min(int(given) if given.isdigit() else 1, 100))
            case "text:tab":
                self.text.append("\t")
            case "text:line-break":
                self.text.append("\n")
            case "draw:page":
                self.into.open_page()
            case "svg:desc" | "svg:title":
                self.outer.append((self.text, self.level))
                self.text = []

    def _start_table(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table":
                self.depth += 1
                if self.depth == 1:
                    self.tables, self.row = self.tables + 1, 0
                    if self.sheets:
                        self.into.open_page(attributes.get(f"{_TABLE}name", ""))
            case "table:table-row" if self.depth == 1:
                self.cells, self.rows_alike = [], _count(attributes, "number-rows-repeated")
            case "table:table-cell" | "table:covered-table-cell" if self.depth == 1:
                self.cells.append("")
                self.cells_alike = _count(attributes, "number-columns-repeated")

    def data(self, text: str) -> None:
        if self.outer:
            self.text.append(" ".join(text.split("\n")))

    def end(self, tag: str) -> None:
        name = _short(tag)
        if self.skipped:
            self.skipped -= 1
        elif name in {"text:p", "text:h"}:
            self._end_paragraph()
        elif name.startswith("table:"):
            self._end_table(name)
        elif name == "text:list":
            self.lists -= 1
        elif name in {"svg:desc", "svg:title"} and self.outer:
            description = "".join(self.text)
            self.text, self.level = self.outer.pop()
            if not self.depth:
                self.into.picture(description)

    def _end_paragraph(self) -> None:
        text, level = "".join(self.text), self.level
        self.text, self.level = self.outer.pop() if self.outer else ([], 0)
        if self.depth:
            if self.cells:
                self.cells[-1] = f"{self.cells[-1]}\n{text}".strip("\n")
        elif level:
            self.into.heading(text, level)
        elif self.lists:
            self.into.item(text, self.lists - 1)
        else:
            self.into.paragraph(text)

    def _end_table(self, name: str) -> None:
        match name:
            case "table:table":
                self.depth -= 1
            case "table:table-cell" | "table:covered-table-cell" if self.depth == 1 and self.cells:
                # An empty cell repeated to the edge of the sheet is how a row ends.
                alike = min(self.cells_alike, MAX_COLUMNS + 1 - len(self.cells))
                self.cells += self.cells[-1:] * max(alike - 1, 0)
            case "table:table-row" if self.depth == 1:
                self._end_row()

    def _end_row(self) -> None:
        first = self.row + 1
        self.row += self.rows_alike
        if not any(self.cells):
            return
        for number in range(first, self.row + 1):
            self.into.row(self.cells, table=self.tables, number=number if self.sheets else 0)

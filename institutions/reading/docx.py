"""DOCX (ECMA-376, part 1): paragraphs, headings, lists, tables, footnotes; never how it looks."""

import zipfile

from institutions.reading.blocks import Gathering
from institutions.reading.packages import Listener, has, small, stream

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
BODY = "word/document.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
# Read for the text alone: they repeat on every page, or are no part of the document.
ASIDE = ("word/header", "word/footer", "word/comments.xml")


def read(package: zipfile.ZipFile, into: Gathering, *, whole: bool) -> None:
    headings = _heading_styles(package)
    parts = [BODY, *NOTES]
    if whole:
        parts += [name for name in package.namelist() if name.startswith(ASIDE)]
    for name in parts:
        if has(package, name):
            stream(package, name, _Words(into, headings))


def _heading_styles(package: zipfile.ZipFile) -> dict[str, int]:
    """Levels of the styles that are headings, also in a Word that speaks Polish."""
    if not has(package, "word/styles.xml"):
        return {}
    levels = {}
    for style in small(package, "word/styles.xml").iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        words = (name.get(f"{_W}val", "") if name is not None else "").lower().split()
        if words == ["title"]:
            levels[style.get(f"{_W}styleId", "")] = 1
        elif len(words) == 2 and words[0] == "heading" and words[1].isdigit():
            levels[style.get(f"{_W}styleId", "")] = int(words[1])
    return levels


class _Words(Listener):
    """Paragraphs go out when they end; inside a table they wait for the end of their row."""

    def __init__(self, into: Gathering, headings: dict[str, int]) -> None:
        self.into = into
        self.headings = headings
        self.text: list[str] = []
        self.outer: list[list[str]] = []  # paragraphs begun around this one (text boxes)
        self.takes_text = False
        self.heading = 0
        self.item = -1
        self.skipped = 0
        self.tables = 0
        self.depth = 0  # of tables
        self.cells: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.skipped or tag == f"{_MC}Fallback":
            self.skipped += 1
            return
        value = attributes.get(f"{_W}val", "")
        match tag.removeprefix(_W):
            case "p":
                self.outer.append(self.text)
                self.text, self.heading, self.item = [], 0, -1
            case "t":
                self.takes_text = True
            case "pStyle":
                self.heading = self.headings.get(value, 0)
            case "ilvl":
                self.item = int(value) if value.isdigit() else 0
            case "numPr":
                self.item = max(self.item, 0)
            case _:
                self._start_structure(tag, attributes)

    def _start_structure(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.removeprefix(_W):
            case "tab":
                self.text.append("\t" if self.outer else "")
            case "br" | "cr":
                self.text.append("\n")
            case "tbl":
                self.depth += 1
                self.tables += self.depth == 1
            case "tc" if self.depth == 1:
                self.cells.append("")
        if tag == f"{_WP}docPr" and not self.depth:
            self.into.picture(attributes.get("descr", ""))

    def data(self, text: str) -> None:
        if self.takes_text:
            self.text.append(text)

    def end(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        match tag.removeprefix(_W):
            case "t":
                self.takes_text = False
            case "p":
                self._end_paragraph()
            case "tr" if self.depth == 1:
                self.into.row(self.cells, table=self.tables)
                self.cells = []
            case "tbl":
                self.depth -= 1

    def _end_paragraph(self) -> None:
        text = "".join(self.text)
        self.text = self.outer.pop() if self.outer else []
        if self.depth and self.cells:
            self.cells[-1] = f"{self.cells[-1]}\n{text}".strip("\n")
        elif self.heading:
            self.into.heading(text, self.heading)
        elif self.item >= 0:
            self.into.item(text, self.item)
        else:
            self.into.paragraph(text)

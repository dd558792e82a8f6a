"""PPTX (ECMA-376, part 1): a page a slide, its title, texts, tables and the speaker's notes."""

import zipfile

from institutions.reading.blocks import Gathering
from institutions.reading.packages import Listener, has, small, stream, targets

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MAIN = "ppt/presentation.xml"


def read(package: zipfile.ZipFile, into: Gathering, *, whole: bool) -> None:
    parts = targets(package, MAIN)
    for node in small(package, MAIN).iter(f"{_P}sldId"):
        slide = parts.get(node.get(f"{_R}id", ""), "")
        if has(package, slide):
            into.open_page()
            stream(package, slide, _Slide(into))
            for notes in targets(package, slide).values():
                if notes.startswith("ppt/notesSlides/") and has(package, notes):
                    stream(package, notes, _Slide(into, notes=True))


class _Slide(Listener):
    def __init__(self, into: Gathering, *, notes: bool = False) -> None:
        self.into = into
        self.notes = notes
        self.text: list[str] = []
        self.takes_text = False
        self.role = ""
        self.level = 0
        self.skipped = 0
        self.table = 0
        self.cells: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.skipped or tag == f"{_MC}Fallback":
            self.skipped += 1
            return
        match tag.replace(_A, "a:").replace(_P, "p:"):
            case "p:sp":
                self.role = ""
            case "p:ph":
                self.role = attributes.get("type", "body")
            case "a:p":
                self.text, self.level = [], 0
            case "a:pPr":
                level = attributes.get("lvl", "0")
                self.level = int(level) if level.isdigit() else 0
            case "a:t":
                self.takes_text = True
            case _:
                self._start_structure(tag, attributes)

    def _start_structure(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.replace(_A, "a:").replace(_P, "p:"):
            case "a:br":
                self.text.append("\n")
            case "a:tbl":
                self.table += 1
            case "a:tr":
                self.cells = []
            case "a:tc" if self.cells is not None:
                self.cells.append("")
            case "p:nvPicPr" if not self.notes:
                self.role = "picture"
            case "p:cNvPr" if self.role == "picture":
                self.into.picture(attributes.get("descr", ""))
                self.role = ""

    def data(self, text: str) -> None:
        if self.takes_text:
            self.text.append(text)

    def end(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif tag == f"{_A}t":
            self.takes_text = False
        elif tag == f"{_A}p":
            self._end_paragraph("".join(self.text))
        elif tag == f"{_A}tr" and self.cells is not None:
            self.into.row(self.cells, table=self.table)
            self.cells = None

    def _end_paragraph(self, text: str) -> None:
        if self.notes and self.role != "body":
            return
        if self.cells is not None:
            if self.cells:
                self.cells[-1] = f"{self.cells[-1]}\n{text}".strip("\n")
        elif self.role in {"title", "ctrTitle"}:
            self.into.heading(text, 1)
        elif self.role == "body" and not self.notes:
            self.into.item(text, self.level)
        elif self.role not in {"sldNum", "dt", "ftr"}:
            self.into.paragraph(text)

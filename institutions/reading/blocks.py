"""What a reader gathers from one document: paragraphs, headings, rows, in order and within limits.

Everything here runs in the limited child process, and is printed as JSON; none of it is HTML.
"""

import re
import time
from dataclasses import dataclass, field
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "item", "row", "picture"]

# Beyond these a page says that only the beginning is shown.
MAX_CHARACTERS = 4_000_000
MAX_BLOCKS = 50_000
MAX_COLUMNS = 200
CPU_SECONDS = 8.0
# A page of a text that has no pages of its own, and rows of a sheet shown at once.
PAGE_CHARACTERS = 8_000
PAGE_ROWS = 200

# Control characters, halves of letters, and the marks that turn the direction of a line.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


class Enough(Exception):
    """A limit is reached: what was gathered so far is what there is to show."""


@dataclass(frozen=True)
class Block:
    """`level` of a heading (1-6) or of a list item (0-8); `table` tells rows of one table."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()
    table: int = 0
    number: int = 0


@dataclass
class Page:
    """One piece to show at once: a slide, rows of a sheet, a few screens of a text."""

    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    size: int = 0


def clean(text: str) -> str:
    """Without what cannot be shown, or would turn the letters around it."""
    return _UNSHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Gathering:
    """The pages of one document, as its reader comes upon them."""

    def __init__(self, *, whole: bool = False) -> None:
        """`whole` keeps reading where a page would be cut: for the text alone."""
        self.pages: list[Page] = []
        self.is_cut = False
        self._characters = MAX_CHARACTERS * (2 if whole else 1)
        self._blocks = MAX_BLOCKS * (8 if whole else 1)
        self._own_pages = False

    def open_page(self, title: str = "") -> None:
        """Begin a slide or a sheet; from now on only these divide the document."""
        self._own_pages = True
        self.pages.append(Page(clean(title)[:200]))

    def heading(self, text: str, level: int) -> None:
        self._add(Block("heading", clean(text).strip(), min(max(level, 1), 6)))

    def paragraph(self, text: str) -> None:
        self._add(Block("paragraph", clean(text).rstrip()))

    def item(self, text: str, level: int) -> None:
        self._add(Block("item", clean(text).strip(), min(max(level, 0), 8)))

    def picture(self, description: str) -> None:
        """A picture that is not shown, and what its author says it shows, maybe nothing."""
        self._add(Block("picture", clean(description).strip()[:1000]), keep_empty=True)

    def row(self, cells: list[str], *, table: int, number: int = 0) -> None:
        """A row of a table; `number` is its own in a sheet. Empty cells at its end are left off."""
        if len(cells) > MAX_COLUMNS:
            self.is_cut = True
        shown = [clean(cell).strip() for cell in cells[:MAX_COLUMNS]]
        while shown and not shown[-1]:
            shown.pop()
        self._add(Block("row", cells=tuple(shown), table=table, number=number))

    def _add(self, block: Block, *, keep_empty: bool = False) -> None:
        size = len(block.text) + sum(map(len, block.cells))
        if not size and not keep_empty:
            return
        self._page_for(block).blocks.append(block)
        self.pages[-1].size += size
        self._spend(size)

    def _page_for(self, block: Block) -> Page:
        if not self.pages:
            self.pages.append(Page())
        page = self.pages[-1]
        if self._is_full(page, block):
            page = Page(page.title)
            self.pages.append(page)
        return page

    def _is_full(self, page: Page, block: Block) -> bool:
        if block.kind == "row" and block.number:
            return len(page.blocks) >= PAGE_ROWS
        if self._own_pages:
            return False
        room = PAGE_CHARACTERS // 2 if block.kind == "heading" else PAGE_CHARACTERS
        return page.size >= room or len(page.blocks) >= PAGE_ROWS

    def _spend(self, size: int) -> None:
        self._characters -= size
        self._blocks -= 1
        if self._characters < 0 or self._blocks < 0 or time.process_time() > CPU_SECONDS:
            self.is_cut = True
            raise Enough


def text_of_block(block: Block) -> str:
    return "\t".join(block.cells) if block.kind == "row" else block.text


def text_of_page(page: Page) -> str:
    return "\n".join(map(text_of_block, page.blocks))


def as_json(page: Page) -> list[dict[str, Any]]:
    """The blocks as the template shows them: rows of one table, and items of one list, together."""
    shown: list[dict[str, Any]] = []
    for block in page.blocks:
        before: dict[str, Any] = shown[-1] if shown else {"kind": ""}
        if block.kind == "row":
            if before["kind"] != "table" or before["table"] != block.table:
                shown.append(before := {"kind": "table", "table": block.table, "rows": []})
            before["rows"].append({"number": block.number, "cells": block.cells})
        elif block.kind == "item":
            if before["kind"] != "list":
                shown.append(before := {"kind": "list", "items": []})
            before["items"].append({"level": block.level, "text": block.text})
        else:
            shown.append({"kind": block.kind, "text": block.text, "level": block.level})
    return shown

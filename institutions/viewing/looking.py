"""One look at a document: which page, what was looked for, and where the next step leads."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from institutions import reading
from institutions.models import EvidenceRevision
from institutions.reading.passages import span_of
from institutions.viewing.asked import Asked
from institutions.viewing.spots import Box, Quoted, Spot, quoted, texts_of, with_passage

WIDTHS = (800, 1200, 1800)  # pixels a page is drawn at; the browser chooses
FITTING = "(max-width: 60rem) 96vw, 54rem"  # how wide it is shown, unless it is enlarged
ENLARGED = "1500px"


@dataclass(frozen=True)
class Addresses:
    """Where a revision is looked at and saved by this reader: in a library or below a case."""

    view: str
    file: str
    page: Callable[[int], str]


@dataclass(frozen=True)
class Look:
    """What was read: no `page` where nothing could be, `is_missing` where nothing is stored,
    `refusal` where it was not even tried.
    """

    revision: EvidenceRevision
    addresses: Addresses
    asked: Asked
    page: dict[str, Any] | None = None
    found: dict[str, Any] | None = None
    is_missing: bool = False
    refusal: str = ""
    spot: Spot | None = None  # what is marked, where this is its page

    @property
    def is_pdf(self) -> bool:
        return self.revision.kind == reading.PDF

    @property
    def number(self) -> int:
        return int(self.page["number"]) if self.page else 1

    @property
    def count(self) -> int:
        return int(self.page["count"]) if self.page else 0

    def to(self, **changes: Any) -> str:
        """The address of this look with something changed; the words stay."""
        return self.addresses.view + replace(self.asked, page=self.number, **changes).query

    def to_page(self, number: int) -> str:
        return self.addresses.view + replace(self.asked, page=number).query

    @property
    def here(self) -> str:
        return self.to()

    @property
    def previous(self) -> str:
        return self.to_page(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.to_page(self.number + 1) if self.number < self.count else ""

    @property
    def other_size(self) -> str:
        return self.to(is_large=not self.asked.is_large)

    @property
    def without_words(self) -> str:
        return self.to(words="")

    @property
    def noun(self) -> str:
        if self.is_pdf:
            return _("Page")
        return _("Slide") if self.revision.kind in reading.SLIDES else pgettext("document", "Part")

    @property
    def label(self) -> str:
        values = {"page": self.noun, "number": self.number, "count": self.count}
        return _("%(page)s %(number)s of %(count)s") % values

    @property
    def title(self) -> str:
        """Of a sheet."""
        titles = self.page.get("titles", []) if self.page else []
        return titles[self.number - 1] if self.number <= len(titles) else ""

    @property
    def sheets(self) -> list[tuple[str, int]]:
        """Names of sheets with the first page of each, where there are several."""
        first: dict[str, int] = {}
        for number, title in enumerate(self.page.get("titles", []) if self.page else [], start=1):
            first.setdefault(title, number)
        return list(first.items()) if len(first) > 1 else []

    @property
    def is_sheet(self) -> bool:
        return self.revision.kind in reading.SHEETS

    @property
    def marked(self) -> Spot | None:
        """What is marked on the page that is shown."""
        return self.spot if self.spot and self.spot.is_on(self.number) else None

    @cached_property
    def blocks(self) -> list[dict[str, Any]]:
        """The content of a page that is not drawn, for the template."""
        blocks = self.page["blocks"] if self.page else []
        if self.marked and self.marked.passage:
            blocks = with_passage(blocks, self.marked.passage)
        return [self._shown(block) for block in blocks]

    @cached_property
    def text(self) -> str:
        """Of a drawn page, as one would copy it."""
        text = str(self.page["text"]) if self.page else ""
        passage = self.marked.passage if self.marked else None
        return quoted(text, span_of(text, passage)) if passage else text

    @property
    def layer(self) -> dict[str, Any]:
        """What lies over a drawn page, in tenths of a point: its size, lines of text to be
        selected, and the boxes of what is marked.
        """
        page = self.page or {}
        size = (round(page.get("width", 0) * 10), round(page.get("height", 0) * 10))
        return {"width": size[0], "height": size[1], "lines": self._lines, "boxes": self._boxes}

    @property
    def _lines(self) -> list[dict[str, Any]]:
        lines = self.page.get("lines", []) if self.page else []
        # letters stand on a line at about four fifths of their height
        return [
            {"x": x, "y": y + height * 4 // 5, "width": width, "size": height, "text": text}
            for x, y, width, height, text in lines
        ]

    @property
    def _boxes(self) -> list[Box]:
        if self.page is None or self.marked is None:
            return []
        if region := self.marked.region:
            return [region.on(self.page["width"] * 10, self.page["height"] * 10)]
        places = self.page.get("places", [])
        # a little wider than the letters, as a pen would mark them
        return [(x - 10, y - 15, width + 20, height + 30) for x, y, width, height in places]

    @property
    def is_found(self) -> bool:
        """Whether the words that are to be marked stand on the page."""
        if self.is_pdf:
            return bool(self._boxes)
        return any(isinstance(text, Quoted) for block in self.blocks for text in texts_of(block))

    def _shown(self, block: dict[str, Any]) -> dict[str, Any]:
        if block["kind"] == "heading":
            below = self.asked.level - 1 + bool(self.title)
            return {**block, "level": min(block["level"] + below, 6)}
        if block["kind"] == "table":
            width = max(len(row["cells"]) for row in block["rows"])
            rows = [{**row, "cells": _padded(row["cells"], width)} for row in block["rows"]]
            letters = [_letters(column) for column in range(1, width + 1)]
            return {**block, "rows": rows, "letters": letters}
        return block

    @property
    def picture(self) -> str:
        """The address of the page drawn, for browsers that do not choose a width."""
        return self._drawn(WIDTHS[1])

    @property
    def srcset(self) -> str:
        return srcset_of(self.addresses.page(self.number), self.asked.words)

    @property
    def sizes(self) -> str:
        return ENLARGED if self.asked.is_large else FITTING

    def _drawn(self, width: int) -> str:
        return _drawn_at(width, self.addresses.page(self.number), self.asked.words)

    @property
    def width(self) -> int:
        """Of the drawn page, so that the browser keeps room for it."""
        return round(self.page["width"]) if self.page else 0

    @property
    def height(self) -> int:
        return round(self.page["height"]) if self.page else 0

    def _name(self, number: int, title: str) -> str:
        name = _("%(page)s %(number)s") % {"page": self.noun, "number": number}
        return f"{title}: {name.lower()}" if title else name

    @property
    def hits(self) -> list[dict[str, Any]]:
        """Where the words were found: a page's name, its address, and a line of text."""
        hits = self.found["hits"] if self.found else []
        return [
            {
                "label": self._name(hit["page"], hit["title"]),
                "address": self.to_page(hit["page"]),
                "snippet": hit["snippet"],
            }
            for hit in hits
        ]


def srcset_of(page: str, words: str = "") -> str:
    """A drawn page in every width, the words marked on it; `page` is its address."""
    return ", ".join(f"{_drawn_at(width, page, words)} {width}w" for width in WIDTHS)


def _drawn_at(width: int, page: str, words: str) -> str:
    return f"{page}?{urlencode({'szer': width} | ({'szukaj': words} if words else {}))}"


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _letters(column: int) -> str:
    """Columns as spreadsheets name them: A … Z, AA …"""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name

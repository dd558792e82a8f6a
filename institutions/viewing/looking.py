"""One look at a document: which page, what was looked for, and where the next step leads."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from institutions import reading
from institutions.models import EvidenceRevision
from institutions.viewing.asked import Asked

WIDTHS = (800, 1200, 1800)  # pixels a page is drawn at; the browser chooses


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
    def blocks(self) -> list[dict[str, Any]]:
        """The content of a page that is not drawn, for the template."""
        return [self._shown(block) for block in self.page["blocks"]] if self.page else []

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
        return ", ".join(f"{self._drawn(width)} {width}w" for width in WIDTHS)

    def _drawn(self, width: int) -> str:
        words = {"szukaj": self.asked.words} if self.asked.words else {}
        asked = urlencode({"szer": width} | words)
        return f"{self.addresses.page(self.number)}?{asked}"

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


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _letters(column: int) -> str:
    """Columns as spreadsheets name them: A … Z, AA …"""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name

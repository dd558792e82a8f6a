"""A place in a piece of evidence that is shown marked: words, a part of a page, a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from institutions.reading.passages import Passage, spans_in

SIDE = 10_000  # a picture is measured in as many parts, whatever its size

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Region:
    """A part of a page or a picture, in fractions of its width and height from the upper left."""

    left: float
    top: float
    width: float
    height: float

    def on(self, width: float, height: float) -> Box:
        """The same on a page of this size."""
        return (
            round(self.left * width),
            round(self.top * height),
            round(self.width * width),
            round(self.height * height),
        )

    @property
    def on_picture(self) -> Box:
        return self.on(SIDE, SIDE)


@dataclass(frozen=True)
class Spot:
    """Nothing but `page` means the whole page, nothing at all the whole piece of evidence."""

    page: int | None = None
    second: int | None = None
    second_to: int | None = None
    passage: Passage | None = None
    region: Region | None = None

    def is_on(self, page: int) -> bool:
        return (self.page or 1) == page

    @property
    def moment(self) -> str:
        """What an address of a recording ends with, so that a browser plays just this."""
        if self.second is None:
            return ""
        until = f",{self.second_to}" if self.second_to else ""
        return f"#t={self.second}{until}"


class Quoted(str):
    """Text of which a part is quoted: see the filter `marked`."""

    span: tuple[int, int]


def quoted(text: str, span: tuple[int, int] | None) -> str:
    if span is None:
        return text
    found = Quoted(text)
    found.span = span
    return found


def with_passage(blocks: Sequence[dict[str, Any]], passage: Passage) -> list[dict[str, Any]]:
    """The blocks of a document (see reading.blocks) with the words of the passage quoted."""
    texts = [text for block in blocks for text in texts_of(block)]
    found = iter([quoted(*pair) for pair in zip(texts, spans_in(texts, passage), strict=True)])
    return [_rewritten(block, found) for block in blocks]


def texts_of(block: dict[str, Any]) -> Iterator[str]:
    """Of one block, in the order they are read."""
    if block["kind"] == "table":
        for row in block["rows"]:
            yield from row["cells"]
    elif block["kind"] == "list":
        yield from (item["text"] for item in block["items"])
    else:
        yield block["text"]


def _rewritten(block: dict[str, Any], texts: Iterator[str]) -> dict[str, Any]:
    if block["kind"] == "table":
        rows = [{**row, "cells": [next(texts) for _cell in row["cells"]]} for row in block["rows"]]
        return {**block, "rows": rows}
    if block["kind"] == "list":
        return {**block, "items": [{**item, "text": next(texts)} for item in block["items"]]}
    return {**block, "text": next(texts)}

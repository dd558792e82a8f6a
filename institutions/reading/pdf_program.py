"""Reads one PDF with PDFium; a process of its own, with limits. Pages are counted from 1.

    pdf_program.py page PATH NUMBER [QUOTE BEFORE AFTER]   JSON: how many pages; of one its size,
                                                  text, lines, and where the passage stands
    pdf_program.py picture PATH NUMBER WIDTH [WORDS]   the page drawn, a WebP; WORDS marked on it
    pdf_program.py search PATH WORDS              JSON: the pages that hold the words
    pdf_program.py text PATH                      the text alone, in UTF-8

Imports nothing of Django, so that it starts in a tenth of a second. The file is read in parts,
those that the asked pages need.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pypdfium2  # noqa: E402
from PIL import Image, ImageChops  # noqa: E402

from institutions.reading import limits  # noqa: E402
from institutions.reading.blocks import clean  # noqa: E402
from institutions.reading.passages import Passage, span_of  # noqa: E402
from institutions.reading.searching import DIVIDED, find, spans, words_of  # noqa: E402

MAX_PIXELS = 6_000_000
FEW_COLOURS = 256
MAX_TEXT = 8_000_000  # characters of a whole document
MAX_PAGE_TEXT = 60_000
CPU_SECONDS = limits.CPU_SECONDS - 2
MAX_MARKS = 200
MAX_LINES = 600
PARTS = 10  # of a point: places are told in tenths of it, from the upper left corner
YELLOW = (255, 225, 60)


def text_of(page: pypdfium2.PdfPage) -> str:
    """Its text as one would copy it, words divided between lines put together."""
    layer = page.get_textpage()
    text = layer.get_text_range(0, min(layer.count_chars(), MAX_PAGE_TEXT))
    return clean(DIVIDED.sub("", text)).strip()


def texts(document: pypdfium2.PdfDocument) -> Iterator[str]:
    """Page after page, until time or room runs out."""
    room = MAX_TEXT
    for number in range(len(document)):
        if room < 0 or time.process_time() > CPU_SECONDS:
            return
        page = document[number]
        text = text_of(page)
        page.close()
        room -= len(text)
        yield text


def found(document: pypdfium2.PdfDocument, words: str) -> dict[str, Any]:
    result = find((("", text) for text in texts(document)), words)
    result.is_cut = result.searched < len(document) and not result.has_more
    return asdict(result)


def page_facts(document: pypdfium2.PdfDocument, number: int, *passage: str) -> dict[str, Any]:
    count = len(document)
    at = min(max(number, 1), max(count, 1))
    if not count:
        return {"number": 1, "count": 0, "width": 0, "height": 0, "text": ""}
    page = document[at - 1]
    width, height = page.get_size()
    facts = {"number": at, "count": count, "width": width, "height": height}
    layer = Layer(page)
    places = layer.places_of(Passage(*passage)) if passage else []
    return {**facts, "text": text_of(page), "lines": list(layer.lines()), "places": places}


class Layer:
    """The letters of a page and where they stand: boxes are (left, top, width, height) in tenths
    of a point from the upper left corner of the page as it is drawn.
    """

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        width, height = page.get_size()
        size = (round(width * PARTS), round(height * PARTS))
        self._to_pixels = pypdfium2.PdfPosConv(page, (0, 0, *size, 0)).to_bitmap
        self._layer = page.get_textpage()
        count = min(self._layer.count_chars(), MAX_PAGE_TEXT)
        letters = (self._layer.get_text_range(index, 1) for index in range(count))
        self.text = "".join(letter[:1] or " " for letter in letters)

    def rects(self, start: int, end: int) -> Iterator[tuple[float, float, float, float]]:
        """Around these letters, one for each line or change of font, as PDF measures them:
        left, bottom, right, top, in points from the lower left corner.
        """
        for index in range(self._layer.count_rects(start, end - start)):
            yield self._layer.get_rect(index)

    def boxes(self, start: int, end: int) -> list[tuple[int, int, int, int]]:
        found = []
        for left, bottom, right, top in self.rects(start, end):
            across, down = zip(
                self._to_pixels(left, bottom), self._to_pixels(right, top), strict=True
            )
            x, y = min(across), min(down)
            found.append((x, y, max(across) - x, max(down) - y))
        return found

    def places_of(self, passage: Passage) -> list[tuple[int, int, int, int]]:
        span = span_of(self.text, passage)
        return self.boxes(*span)[:MAX_MARKS] if span else []

    def lines(self) -> Iterator[tuple[int, int, int, int, str]]:
        """Each line that is read from left to right, with its text: for selecting it."""
        for match in list(re.finditer(r"[^\r\n]+", self.text))[:MAX_LINES]:
            boxes = self.boxes(*match.span())
            text = clean(match[0].replace("\ufffe", "\u2010"))
            if not boxes or not text.strip():
                continue
            left, top = (min(box[side] for box in boxes) for side in (0, 1))
            width = max(box[0] + box[2] for box in boxes) - left
            height = max(box[1] + box[3] for box in boxes) - top
            if width > 0 and 0 < height < max(width, 300):  # no line stands upright
                yield left, top, width, height, text


def draw(document: pypdfium2.PdfDocument, number: int, width: int, words: str) -> None:
    """Print the page as a WebP `width` pixels wide, fewer where it would be too large to draw."""
    if not 1 <= number <= len(document):  # PDFium would take what is left of a huge number
        raise IndexError(number)
    page = document[number - 1]
    wide, high = page.get_size()
    scale = min(width / wide, (MAX_PIXELS / (wide * high)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    picture = bitmap.to_pil().convert("RGB")
    to_pixels = bitmap.get_posconv(page).to_bitmap
    for left, bottom, right, top in _places(page, words_of(words)):
        across, down = zip(to_pixels(left, bottom), to_pixels(right, top), strict=True)
        _mark(picture, (min(across) - 2, min(down) - 2, max(across) + 2, max(down) + 2))
    # letters on paper have few colours: exact, they are smaller and quicker than an approximation
    is_exact = picture.getcolors(FEW_COLOURS) is not None
    picture.save(sys.stdout.buffer, "WEBP", lossless=is_exact, quality=82, method=0)


def _places(page: pypdfium2.PdfPage, words: list[str]) -> Iterator[tuple[float, ...]]:
    """Boxes around what was looked for, in points from the corner of the page, line by line."""
    if words:
        layer = Layer(page)
        for span in spans(layer.text, words)[:MAX_MARKS]:
            yield from layer.rects(*span)


def _mark(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Multiply a rectangle by yellow: the letters stay as dark as they are."""
    left, top = max(box[0], 0), max(box[1], 0)
    right, bottom = min(box[2], picture.width), min(box[3], picture.height)
    if left < right and top < bottom:
        part = picture.crop((left, top, right, bottom))
        picture.paste(ImageChops.multiply(part, Image.new("RGB", part.size, YELLOW)), (left, top))


def main(mode: str, path: str, *arguments: str) -> None:
    document = pypdfium2.PdfDocument(path)
    if mode == "text":
        for text in texts(document):
            sys.stdout.buffer.write(text.encode() + b"\n\f\n")
    elif mode == "search":
        json.dump(found(document, arguments[0]), sys.stdout)
    elif mode == "picture":
        number, width, *words = arguments
        draw(document, int(number), int(width), "".join(words))
    else:
        number, *passage = arguments
        json.dump(page_facts(document, int(number), *passage), sys.stdout)


if __name__ == "__main__":
    limits.apply()
    try:
        main(*sys.argv[1:])
    except (pypdfium2.PdfiumError, ValueError, IndexError, ZeroDivisionError, OSError):
        sys.exit(1)

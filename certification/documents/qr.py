"""A QR code as rectangles: sharp at any size, and the same for the same address."""

from itertools import groupby

import segno

from .drawing import Drawing, Pen

QUIET = 4  # modules of white around the code (ISO/IEC 18004, 6.3.8)
MASK = 3  # fixed: choosing one of eight costs most of the time and gains a scanner nothing


def matrix(url: str) -> list[list[int]]:
    """The modules, 1 for dark, row by row, without the quiet zone."""
    code = segno.make_qr(url, error="m", mask=MASK)
    return [[int(module & 1) for module in row] for row in code.matrix]


def runs(modules: list[list[int]]) -> list[tuple[int, int, int]]:
    """Each stretch of dark modules as column, row, length."""
    found = []
    for y, row in enumerate(modules):
        x = 0
        for dark, stretch in groupby(row):
            length = len(list(stretch))
            if dark:
                found.append((x, y, length))
            x += length
    return found


def drawing(url: str, colour: str) -> Drawing:
    """The code with its quiet zone; one unit is one module."""
    modules = matrix(url)
    side = len(modules) + 2 * QUIET

    def draw(pen: Pen) -> None:
        pen.ink(colour)
        pen.rectangles((x + QUIET, y + QUIET, length, 1) for x, y, length in runs(modules))

    return Drawing(side, side, draw, effort=1)

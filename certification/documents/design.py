"""What our printed matter looks like: two inks, one border, one mark.

Everything here is drawn by this code; the association's own logo is protected and is
uploaded by its owner (`Issuer.mark`), never shipped.
"""

from functools import cache
from math import cos, pi, sin

from .drawing import Drawing, Pen, Point

INK = "#17444c"  # deep sea green: 10.6:1 on white
GOLD = "#a67c35"  # warm ochre, for lines and ornaments only
MIST = "#e9eeec"  # the ink at a tenth: background ornament
PAPER = "#ffffff"

PAGE = (297.0, 210.0)  # A4 lying down, millimetres
BAND = 14.0  # the middle of the ornament, from the edge of the paper
HALF = 4.6  # half the width of the ornament
CORNER = 10.2  # radius of the corner rosettes


@cache
def border() -> Drawing:
    """The frame of a certificate: woven bands between four rosettes."""
    return Drawing(*PAGE, _border)


@cache
def mark() -> Drawing:
    """The neutral mark: people around one common place, arms linked."""
    return Drawing(20, 20, _mark)


def _border(pen: Pen) -> None:
    width, height = PAGE
    _background(pen, (width / 2, height / 2))
    for start, end in _sides():
        _band(pen, start, end)
    _rules(pen)
    for corner in _corners():
        _rosette(pen, corner)


def _corners() -> list[Point]:
    width, height = PAGE
    return [
        (x, y)
        for x, y in (
            (BAND, BAND),
            (width - BAND, BAND),
            (width - BAND, height - BAND),
            (BAND, height - BAND),
        )
    ]


def _sides() -> list[tuple[Point, Point]]:
    corners = _corners()
    return [(corners[i], corners[(i + 1) % 4]) for i in range(4)]


def _band(pen: Pen, start: Point, end: Point) -> None:
    """Weave phase-shifted waves along one side; a whole number of them, so corners agree."""
    (x0, y0), (x1, y1) = start, end
    length = abs(x1 - x0) + abs(y1 - y0)
    along = ((x1 - x0) / length, (y1 - y0) / length)
    across = (-along[1], along[0])
    waves = round(length / 17.0)

    def weave(lines: int, reach: float, beats: int) -> None:
        steps = waves * 12
        for line in range(lines):
            shift = 2 * pi * line / lines
            points = []
            for step in range(steps + 1):
                turn = 2 * pi * waves * step / steps
                swing = reach * (0.72 + 0.28 * cos(turn * beats)) * sin(turn + shift)
                at = length * step / steps
                points.append(
                    (
                        x0 + along[0] * at + across[0] * swing,
                        y0 + along[1] * at + across[1] * swing,
                    )
                )
            pen.curve(points)

    pen.ink(INK, 0.09)
    weave(10, HALF - 0.9, 1)
    pen.ink(GOLD, 0.09)
    weave(6, (HALF - 0.9) * 0.55, 2)


def _rules(pen: Pen) -> None:
    for inset, colour, line in (
        (BAND - HALF - 1.1, INK, 0.55),
        (BAND - HALF, GOLD, 0.16),
        (BAND + HALF, GOLD, 0.16),
        (BAND + HALF + 1.1, INK, 0.25),
    ):
        pen.ink(colour, line)
        right, bottom = PAGE[0] - inset, PAGE[1] - inset
        pen.lines([(inset, inset), (right, inset), (right, bottom), (inset, bottom)], closed=True)


def _rosette(pen: Pen, centre: Point) -> None:
    pen.ink(PAPER)
    pen.circle(*centre, CORNER, filled=True)
    pen.ink(INK, 0.3)
    pen.circle(*centre, CORNER)
    pen.ink(INK, 0.09)
    _ring(pen, centre, inner=5.4, outer=CORNER - 0.7, petals=12, lines=8)
    pen.ink(GOLD, 0.09)
    _ring(pen, centre, inner=2.2, outer=6.4, petals=8, lines=6)
    pen.ink(INK, 0.16)
    pen.circle(*centre, 1.7)
    pen.ink(GOLD)
    pen.circle(*centre, 0.9, filled=True)


def _background(pen: Pen, centre: Point) -> None:
    """A pale rosette behind the text."""
    pen.ink(MIST, 0.14)
    _ring(pen, centre, inner=30, outer=62, petals=18, lines=12)


def _ring(pen: Pen, centre: Point, *, inner: float, outer: float, petals: int, lines: int) -> None:
    """A closed woven ring: the same wavy circle, turned a little `lines` times."""
    middle, swing = (inner + outer) / 2, (outer - inner) / 2
    steps = petals * 10
    for line in range(lines):
        shift = 2 * pi * line / lines
        points = []
        for step in range(steps):
            angle = 2 * pi * step / steps
            radius = middle + swing * cos(petals * angle + shift)
            points.append((centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)))
        pen.curve(points, closed=True)


def _mark(pen: Pen) -> None:
    people, centre = 7, 10.0
    for person in range(people):
        angle = 2 * pi * person / people - pi / 2
        pen.ink(INK, 0.55)
        pen.circle(centre + 3.9 * cos(angle), centre + 3.9 * sin(angle), 3.1)
    for person in range(people):
        angle = 2 * pi * person / people - pi / 2
        pen.ink(INK)
        pen.circle(centre + 8.7 * cos(angle), centre + 8.7 * sin(angle), 0.95, filled=True)
    pen.ink(GOLD)
    pen.circle(centre, centre, 1.25, filled=True)

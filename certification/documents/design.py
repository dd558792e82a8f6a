"""What our printed matter looks like: two inks, one border, one mark.

Everything here is drawn by this code; the association's own logo is protected and is
uploaded by its owner (`Issuer.mark`), never shipped.
"""

from functools import cache
from math import cos, pi, sin

from .drawing import Drawing, Pen, Point

INK = "#17444c"  # deep sea green: 10.6:1 on white
GOLD = "#a67c35"  # warm ochre, for lines and ornaments only
MIST = "#e9eeec"  # the ink at a tenth, for the ornament behind the text
PAPER = "#ffffff"

PAGE = (297.0, 210.0)  # A4 lying down, millimetres
BAND = 15.4  # the middle of the ornament, from the edge of the paper
HALF = 4.6  # half the width of the ornament
CORNER = 10.2  # radius of the corner rosettes


@cache
def border() -> Drawing:
    """The frame of a certificate: woven bands between four rosettes, a pale one behind."""
    return Drawing(*PAGE, _border)


@cache
def mark() -> Drawing:
    """The neutral mark: people around one common place, arms linked."""
    return Drawing(20, 20, _mark)


@cache
def dots() -> Drawing:
    """A dotted line to sign on."""
    return Drawing(66, 0.6, _dots)


def _dots(pen: Pen) -> None:
    pen.ink(INK, 0.3)
    pen.operators.append("[0 1.1] 0 d")
    pen.lines([(0.3, 0.3), (65.7, 0.3)])


def _border(pen: Pen) -> None:
    width, height = PAGE
    pen.ink(MIST, 0.14)
    with pen.placed(width / 2, height / 2):
        _ring(pen, inner=30, outer=62, petals=18, lines=12)
    _rules(pen)
    for side in range(4):
        long, half = (width, height / 2) if side % 2 == 0 else (height, width / 2)
        turn = side * pi / 2
        # the middle of this side of the band
        x, y = width / 2 + (half - BAND) * sin(turn), height / 2 - (half - BAND) * cos(turn)
        with pen.placed(x, y, turn):
            _band(pen, long - 2 * BAND)
    for x in (BAND, width - BAND):
        for y in (BAND, height - BAND):
            with pen.placed(x, y):
                _rosette(pen)


def _band(pen: Pen, length: float) -> None:
    """Weave one side around its middle, in a whole number of equal pieces."""
    count = round(length / 17.0)
    piece = length / count
    for number in range(count):
        with pen.placed(-length / 2 + number * piece, 0):
            pen.ink(INK, 0.09)
            _weave(pen, piece, lines=10, reach=HALF - 0.9, beats=1)
            pen.ink(GOLD, 0.09)
            _weave(pen, piece, lines=6, reach=(HALF - 0.9) * 0.55, beats=2)


def _weave(pen: Pen, length: float, *, lines: int, reach: float, beats: int) -> None:
    """One wave of each of several lines, shifted against each other, swelling `beats` times."""
    steps = 12
    for line in range(lines):
        shift = 2 * pi * line / lines
        points = []
        for step in range(-1, steps + 2):
            turn = 2 * pi * step / steps
            swing = reach * (0.72 + 0.28 * cos(turn * beats)) * sin(turn + shift)
            points.append((length * step / steps, swing))
        pen.curve(points)


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


def _rosette(pen: Pen) -> None:
    pen.ink(PAPER)
    pen.circle(0, 0, CORNER, filled=True)
    pen.ink(INK, 0.3)
    pen.circle(0, 0, CORNER)
    pen.ink(INK, 0.09)
    _ring(pen, inner=5.4, outer=CORNER - 0.7, petals=12, lines=8)
    pen.ink(GOLD, 0.09)
    _ring(pen, inner=2.2, outer=6.4, petals=8, lines=6)
    pen.ink(INK, 0.16)
    pen.circle(0, 0, 1.7)
    pen.ink(GOLD)
    pen.circle(0, 0, 0.9, filled=True)


def _ring(pen: Pen, *, inner: float, outer: float, petals: int, lines: int) -> None:
    """A closed woven ring around the origin, one petal after another."""
    for petal in range(petals):
        with pen.placed(0, 0, 2 * pi * petal / petals):
            for line in range(lines):
                pen.curve(_petal(inner, outer, petals, 2 * pi * line / lines))


def _petal(inner: float, outer: float, petals: int, shift: float) -> list[Point]:
    """One wave of a circle whose radius swings between `inner` and `outer`."""
    middle, swing, steps = (inner + outer) / 2, (outer - inner) / 2, 10
    points = []
    for step in range(-1, steps + 2):
        turn = 2 * pi * step / steps
        radius, angle = middle + swing * cos(turn + shift), turn / petals
        points.append((radius * cos(angle), radius * sin(angle)))
    return points


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

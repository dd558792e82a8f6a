"""What lies under the words of a certificate: the border of the one, the edge of the other."""

from math import pi

from .design import GOLD, INK, MIST
from .drawing import Drawing, Pen
from .guilloche import Braid, Chance, Numbers, Rosette, Weave, bent, period, straight
from .placing import Look
from .sheets import CertificateSheet
from .states import Design

BLACK = "#000000"
PALE = "#dccfb4"  # the gold at two fifths
HAIR = 0.07  # millimetres: the lines of the ornament
RIM, BAND, HALF = 8.0, 14.8, 5.0  # the outer rule and the middle of the band, from the trim
CORNER = 10.6  # radius of the band's corner, along its middle
STEP = 13.0  # about one cell of the band


def ground(sheet: CertificateSheet, look: Look, bleed: float = 0) -> Drawing:
    """The drawing of this sheet's number, `bleed` millimetres larger than it on every side."""
    width, height = look.page
    draw_on = _classic if sheet.design == Design.CLASSIC else _modern

    def draw(pen: Pen) -> None:
        with pen.placed(bleed, bleed):
            draw_on(pen, Chance(sheet.number), look)
            _lines_to_sign_on(pen, look)

    return Drawing(width + 2 * bleed, height + 2 * bleed, draw, effort=6)


def _lines_to_sign_on(pen: Pen, look: Look) -> None:
    pen.ink(BLACK, 0.14)
    for box in look.signatures:
        pen.lines([(box.left, box.top - 1), (box.left + box.width, box.top - 1)])


def _classic(pen: Pen, chance: Chance, look: Look) -> None:
    """A woven band around the sheet, a pale rosette behind the words, one for the seal."""
    _frame(pen, chance, *look.page)
    _underprint(pen, chance, look)


def _modern(pen: Pen, chance: Chance, look: Look) -> None:
    """Fine waves down the left edge and over it; a line above each column."""
    width, height = look.page
    turn = period(14)
    count = round(height / 30)
    step = height / count
    for colour, half in ((GOLD, 5.0), (INK, 8.0)):
        pen.ink(colour)
        piece = pen.piece(straight(Weave.of(chance).heights(turn), turn, step, half), HAIR)
        with pen.placed(4.5, 0, pi / 2):
            for number in range(-1, count + 1):
                pen.again(piece, number * step)
    pen.ink(INK, 0.2)
    margin, top = look.facts.left, look.stack.top - 6
    pen.lines([(margin, top), (margin + look.facts.width, top)])
    pen.lines([(look.stack.left, top), (look.stack.left + look.stack.width, top)])


def _underprint(pen: Pen, chance: Chance, look: Look) -> None:
    width, height = look.page
    behind, seal = Rosette.of(chance, (18, 20, 22, 24), 12), Rosette.of(chance, (9, 10, 11, 12), 10)
    pen.ink(MIST)
    with pen.placed(width / 2, look.stack.top + 0.5 * look.stack.height):
        behind.draw(pen, 26, 52, 0.12)
    if look.seal:
        pen.ink(PALE)
        with pen.placed(*look.seal):
            seal.draw(pen, 13, 19, 0.1)


def _frame(pen: Pen, chance: Chance, width: float, height: float) -> None:
    turn = period(12)
    braid, weave = Braid.of(chance), Weave.of(chance)
    for colour, heights, half in (
        (GOLD, weave.heights(turn), HALF * 0.8),
        (INK, braid.heights(turn), HALF),
    ):
        pen.ink(colour)
        _band(pen, heights, turn, width, height, half)
    for inset, colour, line in (
        (RIM, INK, 0.5),
        (BAND - HALF - 0.7, GOLD, 0.14),
        (BAND + HALF + 0.7, GOLD, 0.14),
        (BAND + HALF + 1.7, INK, 0.22),
    ):
        pen.ink(colour, line)
        pen.rounded(inset, inset, width - 2 * inset, height - 2 * inset, BAND + CORNER - inset)


def _band(
    pen: Pen, heights: list[Numbers], turn: Numbers, width: float, height: float, half: float
) -> None:
    """The lines around the sheet: four sides of whole periods, and a period at each corner."""
    corner = pen.piece(bent(heights, turn, CORNER, half), HAIR)
    inset = BAND + CORNER
    sides = []
    for length in (width - 2 * inset, height - 2 * inset):
        count = round(length / STEP)
        step = length / count
        sides.append((count, step, pen.piece(straight(heights, turn, step, half), HAIR)))
    starts = [
        (inset, BAND),
        (width - BAND, inset),
        (width - inset, height - BAND),
        (BAND, height - inset),
    ]
    middles = [
        (width - inset, inset),
        (width - inset, height - inset),
        (inset, height - inset),
        (inset, inset),
    ]
    for side, (x, y) in enumerate(starts):
        count, step, piece = sides[side % 2]
        angle = side * pi / 2
        with pen.placed(x, y, angle):
            for number in range(count):
                pen.again(piece, number * step)
        pen.again(corner, *middles[side], angle)

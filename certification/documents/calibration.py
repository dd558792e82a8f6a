"""A page that shows how far a printer puts things from where they should be."""

from datetime import date

from .design import GOLD, INK
from .drawing import Drawing, Pen
from .printing import print_html
from .report import legible

WIDTH, HEIGHT = 210.0, 297.0  # A4 standing, millimetres
CROSS = 20.0  # the first cross is so far from the left and from the upper edge
FAR = (190.0, 277.0)  # the second one, to see whether the printer scales


def render_calibration(*, printer: str, issuer: str, day: date) -> bytes:
    """Print one page with a ruler and two crosses at known places."""
    context = {
        "printer": legible(printer),
        "issuer": legible(issuer),
        "across": [(step, f"{step - 5}mm") for step in range(10, 191, 10)],
        "dated": day.isoformat(),
    }
    return print_html(
        "calibration", context, day=day, images={"page": Drawing(WIDTH, HEIGHT, _draw)}
    )


def _draw(pen: Pen) -> None:
    for x, y in ((CROSS, CROSS), FAR):
        pen.ink(INK, 0.15)
        pen.lines([(x - 8, y), (x + 8, y)])
        pen.lines([(x, y - 8), (x, y + 8)])
        pen.circle(x, y, 3)
    pen.ink(GOLD, 0.12)
    for step in range(6, 191):
        long = 4.0 if step % 10 == 0 else 2.6 if step % 5 == 0 else 1.6
        pen.lines([(step, 40), (step, 40 - long)])
    pen.lines([(6, 40), (190, 40)])

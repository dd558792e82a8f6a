"""Vector pictures: drawn once, packed once, placed on any page as one PDF object.

WeasyPrint draws an inline SVG anew on every page; a packed Form XObject costs it nothing
(measured: 69 -> 34 ms with our border). Coordinates are millimetres, y grows downwards.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import cos, sin
from typing import Any

import numpy as np
import pydyf
from numpy.typing import NDArray

Point = tuple[float, float]
Curves = Sequence[NDArray[np.floating[Any]]]  # each an array of points: x, y
MM = 96 / 25.4  # CSS pixels in a millimetre
FINE = 100  # units in a millimetre of a piece, so that whole numbers do
FAR = 100_000  # farther out than any piece reaches, in those units


class Pen:
    """Collects PDF drawing operators (ISO 32000-1, 8.5)."""

    def __init__(self) -> None:
        self.operators = ["1 J"]  # round ends, so that pieces of one line meet
        self.pieces: list[bytes] = []

    def ink(self, colour: str, width: float = 0.0) -> None:
        """Draw on with this colour (`#rrggbb`), lines `width` millimetres wide."""
        rgb = " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))
        self.operators.append(f"{rgb} RG {rgb} rg {width:.3f} w")

    @contextmanager
    def placed(self, x: float, y: float, turn: float = 0.0) -> Iterator[None]:
        """Draw the block with its origin at (x, y), turned by an angle in radians.

        Ornaments repeat one piece this way: the same text again and again packs to nothing.
        """
        c, s = cos(turn), sin(turn)
        self.operators.append(f"q {c:.5f} {s:.5f} {-s:.5f} {c:.5f} {x:.3f} {y:.3f} cm")
        yield
        self.operators.append("Q")

    def piece(self, curves: Curves, width: float) -> int:
        """Write smooth lines, `width` millimetres wide, once; `again` places them by this number.

        As in `curve`, the first and the last point only guide.
        """
        written = [f"{width * FINE:.1f} w 1 J"]
        for points in curves:
            points = points * FINE
            lean = (points[2:] - points[:-2]) / 6
            rows = np.hstack((points[1:-2] + lean[:-1], points[2:-1] - lean[1:], points[2:-1]))
            written.append(" ".join(map(str, np.rint(points[1]).astype(int).tolist())) + " m")
            for row in np.rint(rows).astype(int).tolist():
                written.append(" ".join(map(str, row)) + " c")
        written.append("S")
        self.pieces.append("\n".join(written).encode())
        return len(self.pieces) - 1

    def again(self, piece: int, x: float = 0, y: float = 0, turn: float = 0) -> None:
        """Place a piece with its origin at (x, y), turned by an angle in radians."""
        c, s = cos(turn) / FINE, sin(turn) / FINE
        self.operators.append(
            f"q {c:.6f} {s:.6f} {-s:.6f} {c:.6f} {x:.3f} {y:.3f} cm /p{piece} Do Q"
        )

    def curve(self, points: Sequence[Point]) -> None:
        """A smooth line through all but the first and the last point, which only guide it.

        (Catmull-Rom, written as Bezier curves: pieces that share guides join without a kink.)
        """
        self.operators.append("{:.2f} {:.2f} m".format(*points[1]))
        for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in zip(
            points, points[1:], points[2:], points[3:], strict=False
        ):
            self.operators.append(
                f"{x1 + (x2 - x0) / 6:.2f} {y1 + (y2 - y0) / 6:.2f} "
                f"{x2 - (x3 - x1) / 6:.2f} {y2 - (y3 - y1) / 6:.2f} {x2:.2f} {y2:.2f} c"
            )
        self.operators.append("S")

    def lines(self, points: Sequence[Point], *, closed: bool = False) -> None:
        """Straight strokes from point to point."""
        path = " ".join(f"{x:.3f} {y:.3f} {'l' if i else 'm'}" for i, (x, y) in enumerate(points))
        self.operators.append(f"{path} {'s' if closed else 'S'}")

    def circle(self, x: float, y: float, radius: float, *, filled: bool = False) -> None:
        handle = radius * 0.5523
        self.operators.append(
            f"{x + radius:.3f} {y:.3f} m "
            f"{x + radius:.3f} {y + handle:.3f} {x + handle:.3f} {y + radius:.3f} "
            f"{x:.3f} {y + radius:.3f} c "
            f"{x - handle:.3f} {y + radius:.3f} {x - radius:.3f} {y + handle:.3f} "
            f"{x - radius:.3f} {y:.3f} c "
            f"{x - radius:.3f} {y - handle:.3f} {x - handle:.3f} {y - radius:.3f} "
            f"{x:.3f} {y - radius:.3f} c "
            f"{x + handle:.3f} {y - radius:.3f} {x + radius:.3f} {y - handle:.3f} "
            f"{x + radius:.3f} {y:.3f} c {'f' if filled else 's'}"
        )

    def rounded(self, x: float, y: float, width: float, height: float, radius: float) -> None:
        """The outline of a rectangle with round corners."""
        r, k = radius, radius * 0.4477
        right, bottom = x + width, y + height
        self.operators.append(
            f"{x + r:.3f} {y:.3f} m {right - r:.3f} {y:.3f} l "
            f"{right - k:.3f} {y:.3f} {right:.3f} {y + k:.3f} {right:.3f} {y + r:.3f} c "
            f"{right:.3f} {bottom - r:.3f} l "
            f"{right:.3f} {bottom - k:.3f} {right - k:.3f} {bottom:.3f} "
            f"{right - r:.3f} {bottom:.3f} c "
            f"{x + r:.3f} {bottom:.3f} l "
            f"{x + k:.3f} {bottom:.3f} {x:.3f} {bottom - k:.3f} {x:.3f} {bottom - r:.3f} c "
            f"{x:.3f} {y + r:.3f} l "
            f"{x:.3f} {y + k:.3f} {x + k:.3f} {y:.3f} {x + r:.3f} {y:.3f} c s"
        )

    def rectangles(self, boxes: Iterable[tuple[int, int, int, int]]) -> None:
        """Filled rectangles of whole units: x, y, width, height."""
        self.operators.extend(f"{x} {y} {width} {height} re" for x, y, width, height in boxes)
        self.operators.append("f")


class Drawing:
    """What a Pen drew, as WeasyPrint wants an image: it has a size and can draw itself.

    `effort` is how hard to pack: 9 for what is drawn once, 1 for what is drawn each time.
    """

    def __init__(
        self, width: float, height: float, draw: Callable[[Pen], None], *, effort: int = 9
    ) -> None:
        self.width, self.height = width, height
        pen = Pen()
        draw(pen)
        self.packed = zlib.compress("\n".join(pen.operators).encode(), effort)
        self.pieces = [zlib.compress(piece, effort) for piece in pen.pieces]

    def get_intrinsic_size(self, *args: Any) -> tuple[float, float, float]:
        """Width and height in CSS pixels, and their ratio."""
        return self.width * MM, self.height * MM, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, *args: Any) -> None:
        """Place the drawing on a page, `width` by `height` CSS pixels."""
        form = {"Subtype": "/Form", "BBox": pydyf.Array((0, 0, self.width, self.height))}
        if self.pieces:
            form["Resources"] = _resources(self.pieces)
        place(stream, self.packed, form, a=width / self.width, d=height / self.height)


def _resources(pieces: Sequence[bytes]) -> pydyf.Dictionary:
    """The pieces as external objects of a drawing's own (ISO 32000-1, 7.8.3)."""
    form = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "Filter": "/FlateDecode",
        "BBox": pydyf.Array((-FAR, -FAR, FAR, FAR)),
    }
    objects = {f"p{n}": pydyf.Stream([packed], dict(form)) for n, packed in enumerate(pieces)}
    return pydyf.Dictionary({"XObject": pydyf.Dictionary(objects)})


def place(stream: Any, packed: bytes, extra: dict[str, Any], **matrix: float) -> None:
    """Put packed content on a page as an external object (ISO 32000-1, 8.8)."""
    objects = stream._resources["XObject"]
    name = f"d{len(objects)}"
    objects[name] = pydyf.Stream([packed], {"Type": "/XObject", "Filter": "/FlateDecode", **extra})
    with stream.stacked():
        stream.transform(**matrix)
        stream.draw_x_object(name)

"""The same QR code as on the paper, as a path for an SVG in the page."""

from dataclasses import dataclass

from certification.documents.qr import QUIET, matrix, runs


@dataclass(frozen=True)
class Picture:
    """`path` in a square of `side` modules, the quiet zone included."""

    side: int
    path: str


def qr_picture(url: str) -> Picture:
    modules = matrix(url)
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z" for x, y, length in runs(modules)
    )
    return Picture(len(modules) + 2 * QUIET, path)

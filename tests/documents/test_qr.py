from pathlib import Path

import segno
from PIL import Image

from certification.documents import qr
from certification.documents.looks import LOOKS
from certification.documents.render import render_certificate
from certification.documents.states import Design, Orientation

from .sheets import certificate_sheet, picture_of

URL = certificate_sheet().verification_url
BOX = LOOKS[Design.CLASSIC, Orientation.LANDSCAPE].qr
SIDE, LEFT, TOP = BOX.width, BOX.left, BOX.top


def test_matrix_is_a_valid_symbol_of_the_address() -> None:
    code = segno.make_qr(URL, error="m", mask=qr.MASK)
    assert code.error in {"M", "Q"}
    assert qr.matrix(URL) == [[module & 1 for module in row] for row in code.matrix]


def test_runs_cover_the_dark_modules_exactly() -> None:
    modules = qr.matrix(URL)
    drawn = [[0] * len(modules) for _row in modules]
    for x, y, length in qr.runs(modules):
        drawn[y][x : x + length] = [1] * length
    assert drawn == modules


def test_the_printed_code_is_the_matrix_with_its_quiet_zone(tmp_path: Path) -> None:
    resolution = 300
    page = picture_of(render_certificate(certificate_sheet()), tmp_path, resolution)
    modules = qr.matrix(URL)
    module = SIDE / (len(modules) + 2 * qr.QUIET)
    with Image.open(page) as picture:
        printed = [
            [
                int(
                    picture.getpixel(
                        (
                            round((LEFT + (x + 0.5) * module) / 25.4 * resolution),
                            round((TOP + (y + 0.5) * module) / 25.4 * resolution),
                        )
                    )
                    < 128
                )
                for x in range(qr.QUIET // 2, len(modules) + 2 * qr.QUIET - qr.QUIET // 2)
            ]
            for y in range(qr.QUIET // 2, len(modules) + 2 * qr.QUIET - qr.QUIET // 2)
        ]
    edge = qr.QUIET - qr.QUIET // 2
    white = [0] * edge
    middle = [[*white, *row, *white] for row in modules]
    empty = [[0] * len(middle[0])] * edge
    assert printed == [*empty, *middle, *empty]

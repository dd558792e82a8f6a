"""A certificate as a print shop wants it: bleed, crop marks, four inks. Not the issued document.

It is printed anew from the same sheet, with its ground over the trim, and every colour is then put
into DeviceCMYK: the few inks of ours by name, black text as black alone, anything else (an
issuer's mark) through the profile that the file declares as its output intent. Outside the trim a
line says what it is. It carries no data and no seal.
"""

import io
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms

from certification.errors import CannotDo

from .drawing import Pen
from .fonts import FOLDER
from .icc import NAME, coated_offset
from .placing import POINTS
from .render import render_certificate
from .sheets import CertificateSheet
from .typography import plain

BLEED, MARGIN = 3.0, 12.0  # millimetres beyond the trim: of the ground, of the whole sheet
# Red, green and blue of our inks in 255ths; cyan, magenta, yellow and black in per cent.
INKS = {
    (0x17, 0x44, 0x4C): (90, 45, 50, 45),
    (0xA6, 0x7C, 0x35): (22, 42, 88, 22),
    (0x85, 0x60, 0x1F): (22, 44, 92, 38),
    (0xE9, 0xEE, 0xEC): (8, 2, 6, 0),
    (0xDC, 0xCF, 0xB4): (5, 10, 26, 6),
    # text of the first design, nearly black on the screen
    (0x1D, 0x2B, 0x2E): (0, 0, 0, 100),
    (0x3C, 0x4D, 0x50): (0, 0, 0, 85),
    (0x4A, 0x5B, 0x5E): (0, 0, 0, 75),
    (0x6D, 0x7D, 0x80): (0, 0, 0, 60),
}
# operators that set a colour of light or a grey, and those for four inks (ISO 32000-1, 8.6.8)
FOUR_INKS = {"rg": "k", "RG": "K", "g": "k", "G": "K"}
Colour = tuple[float, ...]


def render_for_print_shop(sheet: CertificateSheet) -> bytes:
    """The file for a print shop: PDF/A-3 with an output intent of four inks, tagged as before.

    Raises CannotDo as `render_certificate`, and for a mark whose colours cannot be separated.
    """
    content = render_certificate(sheet, bleed=BLEED)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        _separate(pdf)
        _declare(pdf)
        _trim(pdf, page, plain(sheet.number))
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return file.getvalue()


# --- colours --------------------------------------------------------------------------------


def _separate(pdf: pikepdf.Pdf) -> None:
    """Put every colour of the file into four inks, wherever it stands."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            if thing.get("/Subtype") == "/Image":
                _separate_picture(thing)
            elif thing.get("/Subtype") == "/Form":
                _rewrite(pdf, thing)
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _separate_group(thing)
            if "/ShadingType" in thing:
                raise CannotDo(
                    _("The mark has a gradient, which cannot be put into printing inks.")
                )
    contents = pdf.pages[0].Contents
    for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
        _rewrite(pdf, stream)


def _rewrite(pdf: pikepdf.Pdf, stream: Any) -> None:
    instructions: list[Any] = []
    for instruction in pikepdf.parse_content_stream(stream):
        operands: list[Any] = list(instruction.operands)
        operator = str(instruction.operator)
        if operator in {"rg", "RG"}:
            red, green, blue = (round(255 * float(part)) for part in operands)
            operands = list(_inked((red, green, blue)))
        elif operator in {"g", "G"}:
            operands = [0, 0, 0, 1 - float(operands[0])]
        instructions.append((operands, pikepdf.Operator(FOUR_INKS.get(operator, operator))))
    packed = zlib.compress(pikepdf.unparse_content_stream(instructions), 9)
    stream.write(packed, filter=pikepdf.Name.FlateDecode)


@cache
def _inked(rgb: tuple[int, int, int]) -> Colour:
    """Four inks between 0 and 1: ours by name, greys as black alone, others by the profile."""
    if rgb in INKS:
        return tuple(part / 100 for part in INKS[rgb])
    if len(set(rgb)) == 1:
        return 0, 0, 0, round(1 - rgb[0] / 255, 3)
    inks = _converted(Image.new("RGB", (1, 1), rgb)).tobytes()
    return tuple(round(part / 255, 3) for part in inks)


@cache
def _to_four_inks() -> Any:
    press = ImageCms.ImageCmsProfile(io.BytesIO(coated_offset()))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return ImageCms.buildTransform(ImageCms.createProfile("sRGB"), press, "RGB", "CMYK", intent)


def _converted(picture: Image.Image) -> Image.Image:
    converted = ImageCms.applyTransform(picture, _to_four_inks())
    assert converted is not None  # noqa: S101 (only in place it gives nothing)
    return converted


def _separate_picture(stream: Any) -> None:
    if stream.get("/ColorSpace") != "/DeviceRGB":
        return
    size = int(stream.Width), int(stream.Height)
    picture = _converted(Image.frombytes("RGB", size, stream.read_bytes()))
    stream.write(zlib.compress(picture.tobytes(), 9), filter=pikepdf.Name.FlateDecode)
    stream.ColorSpace = pikepdf.Name.DeviceCMYK


def _separate_group(thing: Any) -> None:
    group = thing.get("/Group")
    if group is not None and group.get("/CS") == "/DeviceRGB":
        group.CS = pikepdf.Name.DeviceCMYK


def _declare(pdf: pikepdf.Pdf) -> None:
    """Name the press: the colours of the file mean what its profile says."""
    profile = pdf.make_stream(coated_offset(), {"/N": 4})
    [intent] = pdf.Root.OutputIntents
    intent.DestOutputProfile = profile
    intent.OutputConditionIdentifier = intent.Info = pikepdf.String(NAME)


# --- the sheet ------------------------------------------------------------------------------


def _trim(pdf: pikepdf.Pdf, page: pikepdf.Page, number: str) -> None:
    """Widen the sheet around the trim; add crop marks and a line that says what this is."""
    left, bottom, right, top = (float(part) for part in page.trimbox)
    for name, reach in (("/MediaBox", MARGIN), ("/CropBox", MARGIN), ("/BleedBox", BLEED)):
        by = reach * POINTS
        page.obj[name] = pikepdf.Array(
            [round(part, 3) for part in (left - by, bottom - by, right + by, top + by)]
        )
    page.obj["/TrimBox"] = pikepdf.Array([left, bottom, right, top])
    width, height = (right - left) / POINTS, (top - bottom) / POINTS
    slug = (
        f"Plik dla drukarni – nie jest wydanym certyfikatem  ·  {number}  ·  "
        f"{width:.0f} × {height:.0f} mm po obcięciu, spady {BLEED:.0f} mm  ·  CMYK"
    )
    pen = Pen()
    pen.operators += ["/Artifact BMC", "q", "0 0 0 1 K 0 0 0 1 k 0.1 w"]
    pen.operators.append(f"{POINTS:.6f} 0 0 {-POINTS:.6f} {left:.3f} {top:.3f} cm")
    _crop_marks(pen, width, height)
    pen.operators += _written(slug, x=BLEED + 2, y=height + MARGIN - 2.5, size=2.3)
    pen.operators += ["Q", "EMC"]
    page.contents_add(b"q", prepend=True)  # what the page turns around is turned back
    page.contents_add(b"Q\n" + "\n".join(pen.operators).encode())


def _crop_marks(pen: Pen, width: float, height: float) -> None:
    """Two hairlines at each corner, outside the bleed."""
    near, far = BLEED + 0.5, MARGIN - 2
    for y in (0, height):
        pen.lines([(-far, y), (-near, y)])
        pen.lines([(width + near, y), (width + far, y)])
    for x in (0, width):
        pen.lines([(x, -far), (x, -near)])
        pen.lines([(x, height + near), (x, height + far)])


class _Outline(BasePen):
    """Collects a glyph's outline as PDF operators, y turned downwards."""

    def __init__(self, glyphs: Any, x: float, y: float, scale: float) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []
        self._x, self._y, self._scale = x, y, scale

    def _at(self, *points: tuple[float, float]) -> str:
        return " ".join(
            f"{self._x + x * self._scale:.3f} {self._y - y * self._scale:.3f}" for x, y in points
        )

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 (named by fontTools)
        self.operators.append(f"{self._at(pt)} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.operators.append(f"{self._at(pt)} l")

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.operators.append(f"{self._at(*points)} c")

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append("h")


@cache
def _font() -> TTFont:
    return TTFont(FOLDER / "OpenSans-Regular.ttf")


def _written(text: str, *, x: float, y: float, size: float) -> Sequence[str]:
    """A line of text as outlines, `size` millimetres to the em: it needs no font in the file."""
    return [*_outlines(text, x, y, size / _font()["head"].unitsPerEm), "f"]


def _outlines(text: str, x: float, y: float, scale: float) -> Iterator[str]:
    glyphs, names = _font().getGlyphSet(), _font().getBestCmap()
    for character in text:
        glyph = glyphs[names.get(ord(character), ".notdef")]
        outline = _Outline(glyphs, x, y, scale)
        glyph.draw(outline)
        yield from outline.operators
        x += glyph.width * scale

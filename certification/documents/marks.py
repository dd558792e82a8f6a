"""The issuer's own mark: an SVG or PNG file put in place of the neutral one."""

import io
import re
import zlib
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from .drawing import place

MAX_BYTES = 500_000
MAX_SIDE = 800  # pixels kept of a PNG: 800 in two centimetres is far beyond what a printer shows
SVG = "{http://www.w3.org/2000/svg}"
# What draws lines and areas and nothing else: no text (it would need a font), no pictures,
# no styles, no scripts, no references.
SHAPES = (
    "svg g defs title desc metadata path rect circle ellipse line polyline polygon "
    "linearGradient radialGradient stop clipPath"
)
ALLOWED_ELEMENTS = frozenset(f"{SVG}{name}" for name in SHAPES.split())
# What drawing programs note down for themselves; nothing of it is printed.
EDITORS_NOTES = (
    "{http://sodipodi.sourceforge.net/",
    "{http://www.inkscape.org/",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "{http://creativecommons.org/ns#",
    "{http://purl.org/dc/",
)
OUTWARD = re.compile(r"url\(\s*['\"]?(?!\s*['\"]?#)|@import|\\", re.IGNORECASE)
PNG_END = b"IEND\xaeB`\x82"


def validate_mark(file: File) -> None:
    """Refuse a mark that the press could not print faithfully and safely."""
    if file.size > MAX_BYTES:
        raise ValidationError(_("The mark is too large: at most 500 kB."), code="size")
    file.seek(0)
    content = file.read()
    file.seek(0)
    _parse_svg(content) if is_svg(content) else _parse_png(content)


def is_svg(content: bytes) -> bool:
    return content.lstrip()[:1] == b"<"


def _parse_svg(content: bytes) -> Element:
    try:
        root = fromstring(content, forbid_dtd=False)
    except (ParseError, DefusedXmlException) as error:
        raise ValidationError(_("This is not a readable SVG file."), code="svg") from error
    if root.tag != f"{SVG}svg":
        raise ValidationError(_("This is not a readable SVG file."), code="svg")
    if any(_is_more_than_a_shape(element) for element in root.iter()):
        raise ValidationError(
            _(
                "The SVG file may hold only plain shapes. Convert texts to curves and remove "
                "pictures, styles and links."
            ),
            code="svg",
        )
    return root


def _is_more_than_a_shape(element: Element) -> bool:
    """An element that is not in our list, or one that points outside the file."""
    if element.tag.startswith(EDITORS_NOTES):
        return False
    return element.tag not in ALLOWED_ELEMENTS or any(
        (name.endswith("href") and not value.startswith("#")) or OUTWARD.search(value)
        for name, value in element.attrib.items()
    )


def _parse_png(content: bytes) -> Image.Image:
    if PNG_END not in content[-1024:]:  # Pillow may be told to read on past a cut
        raise ValidationError(_("The mark must be an SVG or PNG file."), code="png")
    try:
        picture = Image.open(io.BytesIO(content), formats=["PNG"])
        if max(picture.size) > 6000:
            raise ValidationError(_("The mark is too large: at most 6000 pixels."), code="size")
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("The mark must be an SVG or PNG file."), code="png") from error
    return picture


class Picture:
    """A PNG as WeasyPrint wants an image, decoded and packed once for all documents."""

    def __init__(self, content: bytes) -> None:
        picture = _parse_png(content).convert("RGBA")
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
        self.width, self.height = flat.size
        self.packed = zlib.compress(flat.tobytes(), 9)

    def get_intrinsic_size(self, *args: Any) -> tuple[float, float, float]:
        return self.width, self.height, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, *args: Any) -> None:
        image = {
            "Subtype": "/Image",
            "Width": self.width,
            "Height": self.height,
            "ColorSpace": "/DeviceRGB",
            "BitsPerComponent": 8,
        }
        place(stream, self.packed, image, a=width, d=-height, f=height)


def read_mark(mark: FieldFile) -> bytes | None:
    """The bytes of a mark that was uploaded; None for the neutral one."""
    if not mark:
        return None
    with mark.open("rb") as file:
        content: bytes = file.read()
    return content

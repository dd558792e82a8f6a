"""The mark that the association puts in place of the neutral one."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from certification.documents.marks import validate_mark
from certification.documents.render import render_certificate

from .sheets import certificate_sheet, picture_of

SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" '
    b'width="10" height="10"><rect width="10" height="10" fill="#cc0000"/></svg>'
)


def png(colour: tuple[int, int, int, int] = (204, 0, 0, 255)) -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", (40, 40), colour).save(file, "PNG")
    return file.getvalue()


PNG = png()


@pytest.mark.parametrize("mark", [SVG, PNG])
def test_own_mark_is_printed_in_place_of_the_neutral_one(mark: bytes, tmp_path: Path) -> None:
    issuer = replace(certificate_sheet().issuer, mark=mark)
    content = render_certificate(certificate_sheet(issuer=issuer))
    with Image.open(picture_of(content, tmp_path, 72)) as page:
        middle = page.getpixel((421, round((25.5 + 8.5) / 25.4 * 72)))
    assert middle == pytest.approx(61, abs=3)  # #cc0000 as grey


def test_transparent_png_is_laid_on_white(tmp_path: Path) -> None:
    issuer = replace(certificate_sheet().issuer, mark=png((0, 0, 0, 0)))
    content = render_certificate(certificate_sheet(issuer=issuer))
    with Image.open(picture_of(content, tmp_path, 72)) as page:
        assert page.getpixel((421, round((25.5 + 8.5) / 25.4 * 72))) == 255


@pytest.mark.parametrize("mark", [SVG, PNG])
def test_good_mark_is_accepted(mark: bytes) -> None:
    validate_mark(ContentFile(mark, name="znak"))


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b"<text>CAL</text>",
        b"<image href='http://example.org/x.png'/>",
        b"<style>@import 'http://example.org/x.css'</style>",
        b"<foreignObject/>",
        b"<linearGradient href='file:///etc/passwd#a'/>",
        b"<path xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='http://example.org/'/>",
        b"<path d='M0 0' fill=\"url('http://example.org/x#a')\"/>",
        b"<path d='M0 0' style='fill: url(file:///x)'/>",
        b"<g xmlns='http://www.w3.org/1999/xhtml'><script/></g>",
    ],
)
def test_svg_that_is_more_than_shapes_is_refused(inside: bytes) -> None:
    mark = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' + inside + b"</svg>"
    with pytest.raises(ValidationError):
        validate_mark(ContentFile(mark, name="znak.svg"))


@pytest.mark.parametrize(
    "mark",
    [
        b"",
        b"GIF89a",
        b"<html></html>",
        b"<svg",
        PNG[:60],
        b"<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
        b"\x89PNG" + b"x" * 600_000,
    ],
)
def test_what_is_no_mark_is_refused(mark: bytes) -> None:
    with pytest.raises(ValidationError):
        validate_mark(ContentFile(mark, name="znak.png"))

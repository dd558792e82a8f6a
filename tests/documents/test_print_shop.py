"""The file for a print shop: the same page, its boxes, and every colour in four inks."""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import ImageCms

from certification.documents.icc import coated_offset
from certification.documents.icc.make import BLACK, SOLIDS, printed
from certification.documents.looks import LOOKS
from certification.documents.placing import POINTS
from certification.documents.print_shop import INKS, render_for_print_shop
from certification.documents.render import render_certificate
from certification.documents.states import Design, Orientation
from certification.errors import CannotDo

from . import verapdf
from .sheets import certificate_sheet, text_of
from .test_marks import PNG, SVG

KINDS = [*LOOKS, (Design.FIRST, Orientation.LANDSCAPE)]
GRADIENT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><linearGradient id="a">'
    b'<stop offset="0" stop-color="#c00"/><stop offset="1" stop-color="#0c0"/></linearGradient>'
    b'</defs><rect width="9" height="9" fill="url(#a)"/></svg>'
)


def sheet(kind: tuple[str, str] = KINDS[0], **fields: Any) -> Any:
    return certificate_sheet(design=kind[0], orientation=kind[1], **fields)


def streams(content: bytes) -> list[bytes]:
    """Every content stream of the file, unpacked."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        forms = [
            thing.read_bytes()
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
        return [*forms, *(part.read_bytes() for part in pdf.pages[0].Contents)]


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_boxes_are_trim_bleed_and_margin(kind: tuple[str, str]) -> None:
    with pikepdf.open(io.BytesIO(render_for_print_shop(sheet(kind)))) as pdf:
        page = pdf.pages[0]
        boxes = {
            name: [round(float(part) / POINTS, 1) for part in page.obj[name]]
            for name in ("/TrimBox", "/BleedBox", "/MediaBox")
        }
    width, height = (297, 210) if kind[1] == Orientation.LANDSCAPE else (210, 297)
    assert boxes == {
        "/TrimBox": [0, 0, width, height],
        "/BleedBox": [-3, -3, width + 3, height + 3],
        "/MediaBox": [-12, -12, width + 12, height + 12],
    }


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_words_are_those_of_the_certificate(kind: tuple[str, str]) -> None:
    assert text_of(render_for_print_shop(sheet(kind))) == text_of(render_certificate(sheet(kind)))


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_no_colour_of_light_is_left(kind: tuple[str, str]) -> None:
    everything = b"\n".join(streams(render_for_print_shop(sheet(kind))))
    assert re.findall(rb"[\d.]+ (?:rg|RG|g|G)\b", everything) == []
    assert b"0 0 0 1 k" in everything


def test_black_text_is_black_ink_alone() -> None:
    content = b"\n".join(streams(render_for_print_shop(sheet())))
    set_in = {
        tuple(float(part) for part in inks.split())
        for inks in re.findall(rb"((?:[\d.]+ ){4})k(?=\s)", content)
    }
    ours = {tuple(part / 100 for part in inks) for inks in INKS.values()}
    assert set_in <= ours | {(0, 0, 0, 1), (0, 0, 0, 0)}


def test_ground_of_the_modern_design_reaches_into_the_bleed() -> None:
    content = render_for_print_shop(sheet((Design.MODERN, Orientation.LANDSCAPE)))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        reach = [
            [float(side) for side in thing.BBox]
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
    assert [0, 0, 303, 216] in reach


def test_it_is_not_the_issued_document() -> None:
    content = render_for_print_shop(sheet())
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not pdf.attachments
        assert str(pdf.docinfo["/Title"]).startswith("Plik dla drukarni: ")
    assert content != render_certificate(sheet())


def test_same_sheet_gives_the_same_bytes() -> None:
    assert render_for_print_shop(sheet()) == render_for_print_shop(sheet())


def test_a_mark_with_a_gradient_is_refused() -> None:
    with pytest.raises(CannotDo):
        render_for_print_shop(sheet(issuer=replace(sheet().issuer, mark=GRADIENT)))


@pytest.mark.skipif(bool(verapdf.missing()), reason=f"veraPDF lacks: {verapdf.missing()}")
def test_archival_and_accessible_in_four_inks(tmp_path: Path) -> None:
    sheets = {"-".join(kind): sheet(kind) for kind in KINDS}
    for name, mark in (("svg", SVG), ("png", PNG)):
        sheets[name] = sheet(issuer=replace(sheet().issuer, mark=mark))
    files = []
    for name, each in sheets.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(render_for_print_shop(each))
    verdicts = verapdf.validate(files)
    assert len(verdicts) == 2 * len(files)
    assert [v for v in verdicts if v.failures] == []


def test_profile_shows_paper_black_and_our_ink_as_they_are() -> None:
    press = ImageCms.ImageCmsProfile(io.BytesIO(coated_offset()))
    assert (press.profile.xcolor_space, press.profile.device_class) == ("CMYK", "prtr")
    labs = printed(np.array([[0, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]], float))
    assert np.allclose(labs, [SOLIDS[0, 0, 0], BLACK, SOLIDS[1, 0, 0]], atol=0.01)

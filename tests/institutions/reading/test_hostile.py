"""What a document may not do to the one who reads it."""

import io

import pytest

from institutions import reading
from institutions.reading.blocks import MAX_COLUMNS, clean
from tests.institutions import documents as made
from tests.institutions.documents import docx, pdf, xlsx

from .read import page, text


def test_letters_that_turn_or_control_are_left_out() -> None:
    assert clean("a\u202egpj\u2066\x00\x1b[31m\ud800\tb\r\nc") == "agpj[31m\tb\nc"


@pytest.mark.parametrize("kind", sorted(reading.READABLE))
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nic", b"%PDF-1.4 nic", b"\xff" * 5000])
def test_rubbish_is_never_an_error(kind: str, data: bytes) -> None:
    file = io.BytesIO(data)
    reading.text_of(file, kind)
    assert page(data, kind) is None or page(data, kind)["number"] == 1
    reading.found_in(file, kind, "x")


def test_other_kinds_are_not_opened() -> None:
    assert text(b"x", "mp4") == ""
    assert page(b"x", "exe") is None


def test_million_paragraphs_are_shown_from_the_beginning() -> None:
    body = made.many(
        "word/document.xml",
        '<w:document xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main"><w:body>',
        "<w:p><w:r><w:t>akapit</w:t></w:r></w:p>",
        1_000_000,
        "</w:body></w:document>",
    )
    read = page(body, "docx", 2)
    assert read["is_cut"] is True
    assert read["count"] == 251


def test_sixteen_thousand_columns_are_cut() -> None:
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(16_384))
    read = page(xlsx(f'<row r="1">{cells}</row>' * 10), "xlsx")
    assert read["is_cut"] is True
    assert len(read["blocks"][0]["rows"][0]["cells"]) == MAX_COLUMNS


def test_entities_are_refused() -> None:
    bomb = (
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="x"><w:p>&b;</w:p></w:document>'
    )
    assert page(made.package({"word/document.xml": bomb}), "docx") is None


def test_deep_nesting_is_survived() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 50_000
    data = docx(body)
    read = page(data, "docx")
    assert read is None or read["count"] == 0


def test_five_thousand_pages_are_opened_at_the_last() -> None:
    data = pdf(*["strona"] * 5000)
    assert page(data, "pdf", 5000)["count"] == 5000
    found = reading.found_in(io.BytesIO(data), "pdf", "strona")
    assert found is not None
    assert found["has_more"] is True


@pytest.mark.parametrize("size", [(14_400, 14_400), (14_400, 1), (200_000, 200_000)])
def test_enormous_page_is_drawn_small_or_not_at_all(size: tuple[int, int]) -> None:
    from PIL import Image

    drawn = reading.picture_of(io.BytesIO(pdf("x", MediaBox=[0, 0, *size])), 1, 1800)
    if drawn is not None:
        width, height = Image.open(io.BytesIO(drawn)).size
        assert width * height <= 6_100_000
        assert width <= 1801


def test_program_that_eats_memory_dies_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of a picture that unpacks to far more than the child may have."""
    import zlib

    import pikepdf

    document = pikepdf.new()
    added = document.add_blank_page(page_size=(300, 300))
    flood = document.make_stream(zlib.compress(b"\0" * 60_000_000, 9))
    flood.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": 60_000,
            "/Height": 60_000,
            "/BitsPerComponent": 8,
            "/ColorSpace": pikepdf.Name.DeviceRGB,
            "/Filter": pikepdf.Name.FlateDecode,
        }
    )
    added.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=flood))
    added.Contents = document.make_stream(b"300 0 0 300 0 0 cm /I Do")
    written = io.BytesIO()
    document.save(written)
    drawn = reading.picture_of(written, 1, 800)
    assert drawn is None or len(drawn) < 100_000

"""Many documents bound into one file: what paper shows stays, byte by byte where it can."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

from certification.documents.binding import Binder, count_pages
from certification.documents.render import render_certificate, render_letter

from .sheets import PARAGRAPH, certificate_sheet, letter_sheet, text_of


def bind(*documents: bytes, duplex: bool = True, **options: tuple[float, float]) -> bytes:
    out = BytesIO()
    binder = Binder(out, title="Gala „2026”", duplex=duplex)
    for number, document in enumerate(documents, start=1):
        binder.add(document, title=f"Dokument (nr {number})", **options)
    binder.close()
    return out.getvalue()


def picture(content: bytes, page: int) -> bytes:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return bytes(pdf[page].render(scale=0.5).to_numpy().tobytes())
    finally:
        pdf.close()


CERTIFICATE = render_certificate(certificate_sheet())
LETTER = render_letter(letter_sheet(paragraphs=(PARAGRAPH,) * 14))


def test_it_is_a_sound_pdf_that_says_what_is_in_it() -> None:
    content = bind(CERTIFICATE, LETTER)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.docinfo["/Title"] == "Gala „2026”"
        preferences = pdf.Root["/ViewerPreferences"]
        assert [str(preferences[key]) for key in ("/PrintScaling", "/Duplex")] == [
            "/None",
            "/DuplexFlipLongEdge",
        ]
    reader = PdfReader(BytesIO(content))
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline]
    assert marks == [("Dokument (nr 1)", 0), ("Dokument (nr 2)", 2)]


def test_pages_look_as_they_did() -> None:
    content = bind(CERTIFICATE, LETTER)
    assert count_pages(content) == 4  # the certificate's back is blank
    assert picture(content, 0) == picture(CERTIFICATE, 0)
    assert picture(content, 2) == picture(LETTER, 0)
    assert picture(content, 3) == picture(LETTER, 1)
    assert set(picture(content, 1)) == {255}


def test_polish_texts_are_still_there() -> None:
    assert "Zażółć gęślą jaźń" in text_of(bind(LETTER))


def test_what_comes_again_is_written_once() -> None:
    one, three = bind(CERTIFICATE), bind(CERTIFICATE, CERTIFICATE, CERTIFICATE)
    assert fonts_of(three) == fonts_of(one) > 0


def fonts_of(content: bytes) -> int:
    """How many font programs a PDF holds."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return sum("/Length1" in each for each in pdf.objects if isinstance(each, pikepdf.Stream))


def test_a_shift_moves_the_paper_under_the_page() -> None:
    with pikepdf.open(BytesIO(bind(CERTIFICATE, duplex=False, shift=(10, 5)))) as pdf:
        box = [float(side) for side in pdf.pages[0].mediabox]
    with pikepdf.open(BytesIO(CERTIFICATE)) as pdf:
        before = [float(side) for side in pdf.pages[0].mediabox]
    moved = [after - side for after, side in zip(box, before, strict=True)]
    assert moved == pytest.approx([-28.346, 14.173, -28.346, 14.173], abs=0.01)


def test_what_a_page_inherits_and_a_stamp_on_it_are_bound_too() -> None:
    """A PDF that another program saved: boxes above the page, a stamp as an annotation."""
    with pikepdf.open(BytesIO(CERTIFICATE)) as pdf:
        page = pdf.pages[0].obj
        for key in ("/MediaBox", "/Resources"):
            pdf.Root["/Pages"][key] = page[key]
            del page[key]
        form = pdf.make_stream(b"1 0 0 rg 0 0 100 100 re f")
        form["/Type"], form["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Form")
        form["/BBox"] = pikepdf.Array([0, 0, 100, 100])
        stamp = pikepdf.Dictionary(
            Type=pikepdf.Name("/Annot"),
            Subtype=pikepdf.Name("/Stamp"),
            Rect=pikepdf.Array([300, 300, 400, 400]),
            F=4,
            AP=pikepdf.Dictionary(N=form),
        )
        page["/Annots"] = pikepdf.Array([pdf.make_indirect(stamp)])
        out = BytesIO()
        pdf.save(out)
    content = bind(out.getvalue(), duplex=False)
    assert picture(content, 0) == picture(out.getvalue(), 0)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert "/Annots" not in pdf.pages[0].obj


def test_what_is_no_pdf_is_told() -> None:
    with pytest.raises(pikepdf.PdfError):
        count_pages(b"text")

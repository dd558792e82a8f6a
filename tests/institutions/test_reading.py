"""Documents read in a process of their own: what they say, and what they may not do to us."""

import io
from typing import Any

import pytest

from certification.folding import fold
from institutions import reading
from institutions.reading.blocks import MAX_COLUMNS, PAGE_ROWS, clean
from institutions.reading.searching import folded, marks, pieces, snippet, spans, words_of
from tests.institutions import documents as made
from tests.institutions.documents import docx, open_document, paragraph, pdf, pptx, slide, xlsx


def page(data: bytes, kind: str, number: int = 1) -> Any:
    return reading.page_of(io.BytesIO(data), kind, number)


def blocks(data: bytes, kind: str, number: int = 1) -> Any:
    return page(data, kind, number)["blocks"]


def text(data: bytes, kind: str) -> str:
    return reading.text_of(io.BytesIO(data), kind)


# --- what documents say ---------------------------------------------------------------


def test_docx_is_headings_paragraphs_lists_and_tables() -> None:
    body = (
        paragraph("Cele", style="Nagwek1")
        + paragraph("Zażółć &lt;b&gt;")
        + paragraph("spacer", level=0)
        + paragraph("mapa", level=1)
        + made.word_table(["Etap", "Termin"], ["Plan", "maj"])
    )
    assert blocks(docx(body), "docx") == [
        {"kind": "heading", "text": "Cele", "level": 1},
        {"kind": "paragraph", "text": "Zażółć <b>", "level": 0},
        {"kind": "list", "items": [{"level": 0, "text": "spacer"}, {"level": 1, "text": "mapa"}]},
        {
            "kind": "table",
            "table": 1,
            "rows": [
                {"number": 0, "cells": ["Etap", "Termin"]},
                {"number": 0, "cells": ["Plan", "maj"]},
            ],
        },
    ]


def test_docx_tells_of_its_pictures_and_repeats_nothing() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>w ramce</w:t></w:r></w:p></w:txbxContent>"
    body = (
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Mapa osiedla"/>'
        "</wp:inline></w:drawing></w:r></w:p>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>skreślone</w:delText></w:r></w:del></w:p>"
    )
    assert [(block["kind"], block["text"]) for block in blocks(docx(body), "docx")] == [
        ("picture", "Mapa osiedla"),
        ("paragraph", "w ramce"),
    ]


def test_text_of_a_docx_has_its_margins_too() -> None:
    document = docx(
        paragraph("Treść"),
        footnotes=paragraph("przypis"),
        header1=paragraph("nagłówek"),
        comments=paragraph("uwaga"),
    )
    assert text(document, "docx").split() == ["Treść", "przypis", "nagłówek", "uwaga"]
    assert [block["text"] for block in blocks(document, "docx")] == ["Treść", "przypis"]


def test_sheet_shows_values_as_people_read_them() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs>'
    )
    row = (
        '<row r="7"><c r="A7" t="s"><v>0</v></c><c r="B7" s="1"><v>45413</v></c>'
        '<c r="C7" s="2"><v>45413.75</v></c><c r="D7" s="3"><v>0.125</v></c>'
        '<c r="F7"><f>SUM(A1)</f><v>1200.5</v></c><c t="b"><v>1</v></c>'
        '<c t="inlineStr"><is><t>wpis</t></is></c><c><v>44051401359</v></c></row>'
    )
    shared = "<si><r><t>Łą</t></r><r><t>ka</t></r><rPh><t>czytane</t></rPh></si>"
    assert blocks(xlsx(row, shared=shared, styles=styles), "xlsx") == [
        {
            "kind": "table",
            "table": 1,
            "rows": [
                {
                    "number": 7,
                    "cells": [
                        *("Łąka", "2024-05-01", "2024-05-01 18:00", "12,5%", ""),
                        *("1200,5", "TRUE", "wpis", "44051401359"),
                    ],
                }
            ],
        }
    ]


def test_dates_of_a_workbook_made_on_a_mac() -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    row = '<row r="1"><c s="0"><v>43951</v></c></row>'
    read = blocks(xlsx(row, styles=styles, date1904="1"), "xlsx")
    assert read[0]["rows"][0]["cells"] == ["2024-05-01"]


def test_sheets_come_as_pages_of_their_own() -> None:
    long = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, PAGE_ROWS + 2))
    short = '<row r="1"><c><v>5</v></c></row>'
    last = page(xlsx(long, short), "xlsx", 2)
    assert last["titles"] == ["Arkusz1", "Arkusz1", "Arkusz2"]
    assert last["blocks"][0]["rows"] == [{"number": 201, "cells": ["201"]}]


def test_slides_come_in_their_order() -> None:
    show = pptx(slide("Plany", "park", "ławki"), slide("Kim jesteśmy"), order=[2, 1])
    assert page(show, "pptx", 2) == {
        "number": 2,
        "count": 2,
        "titles": ["", ""],
        "is_cut": False,
        "blocks": [
            {"kind": "heading", "text": "Plany", "level": 1},
            {
                "kind": "list",
                "items": [{"level": 0, "text": "park"}, {"level": 0, "text": "ławki"}],
            },
        ],
    }


def test_odt_is_read_alike() -> None:
    body = (
        "<text:tracked-changes><text:p>skreślone</text:p></text:tracked-changes>"
        '<text:h text:outline-level="2">Cele</text:h>'
        "<text:p>Zażółć<text:s text:c='2'/><text:span>gęślą</text:span> jaźń</text:p>"
        "<text:list><text:list-item><text:p>mapa</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p><text:p>c</text:p></table:table-cell>"
        "</table:table-row></table:table>"
        "<text:p><draw:frame><svg:desc>Park</svg:desc></draw:frame></text:p>"
    )
    assert blocks(open_document("odt", body), "odt") == [
        {"kind": "heading", "text": "Cele", "level": 2},
        {"kind": "paragraph", "text": "Zażółć  gęślą jaźń", "level": 0},
        {"kind": "list", "items": [{"level": 0, "text": "mapa"}]},
        {"kind": "table", "table": 1, "rows": [{"number": 0, "cells": ["a", "b\nc"]}]},
        {"kind": "picture", "text": "Park", "level": 0},
    ]


def test_ods_does_not_write_out_its_empty_edge() -> None:
    cell = "<table:table-cell table:number-columns-repeated='{}'>{}</table:table-cell>"
    row = "<table:table-row table:number-rows-repeated='{}'>{}</table:table-row>"
    body = (
        "<table:table table:name='Dane'>"
        + row.format(2, cell.format(2, "<text:p>x</text:p>") + cell.format(16382, ""))
        + row.format(1048570, cell.format(16384, ""))
        + row.format(1, cell.format(1, "<text:p>koniec</text:p>"))
        + "</table:table>"
    )
    read = page(open_document("ods", body), "ods")
    assert read["titles"] == ["Dane"]
    assert read["blocks"][0]["rows"] == [
        {"number": 1, "cells": ["x", "x"]},
        {"number": 2, "cells": ["x", "x"]},
        {"number": 1048573, "cells": ["koniec"]},
    ]


def test_odp_is_a_page_a_slide() -> None:
    body = "".join(f"<draw:page><text:p>slajd {n}</text:p></draw:page>" for n in (1, 2))
    assert blocks(open_document("odp", body), "odp", 2)[0]["text"] == "slajd 2"


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        ("a;b\n1,5;„x;y”\n".encode(), ["1,5", "„x", "y”"]),
        (b'a,b\n1,"x,y"\n', ["1", "x,y"]),
        (b"a\tb\n1\t2\n", ["1", "2"]),
        ("a;b\nŁódź;ż\n".encode("cp1250"), ["Łódź", "ż"]),
    ],
)
def test_csv_finds_its_delimiter_and_its_letters(data: bytes, cells: list[str]) -> None:
    assert blocks(data, "csv")[0]["rows"][1]["cells"] == cells


def test_text_keeps_lines_within_paragraphs() -> None:
    read = blocks(b"Pierwszy\nwiersz\n\nDrugi\r\n", "txt")
    assert [block["text"] for block in read] == ["Pierwszy\nwiersz", "Drugi"]


def test_long_text_is_divided_and_any_number_is_answered() -> None:
    data = ("zdanie " * 100 + "\n\n").encode() * 100
    assert page(data, "txt")["count"] > 5
    assert page(data, "txt", 10**6)["number"] == page(data, "txt")["count"]
    assert page(data, "txt", 0)["number"] == 1


def test_pdf_gives_size_and_text_of_one_page() -> None:
    data = pdf("pierwsza", "druga", "")
    assert page(data, "pdf", 2) == {
        "number": 2,
        "count": 3,
        "width": 300,
        "height": 400,
        "text": "druga",
        "lines": [[304, 914, 300, 112, "druga"]],  # in tenths of a point
        "places": [],
    }
    assert page(data, "pdf", 3)["text"] == ""
    assert text(data, "pdf").split() == ["pierwsza", "druga"]


def test_pdf_page_is_drawn_with_what_was_looked_for() -> None:
    from PIL import Image

    data = pdf("hello world", Rotate=90)
    drawn = [
        Image.open(io.BytesIO(reading.picture_of(io.BytesIO(data), 1, 800, words) or b""))
        for words in ("", "world")
    ]
    assert [picture.size for picture in drawn] == [(800, 600), (800, 600)]
    yellow = [_yellow(picture) for picture in drawn]
    assert yellow[0] == 0
    assert 300 < yellow[1] < 8000


def _yellow(picture: Any) -> int:
    colours = picture.convert("RGB").getcolors(10**6)
    return sum(count for count, (r, g, b) in colours if r > 230 and g > 200 and b < 110)


# --- searching ------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["Łódź", "ŁÓDŹ", "z\u0307o\u0301łw", "ﬁrma ß Ⅻ", "a\u200bb"])
def test_letters_are_folded_as_everywhere_else(written: str) -> None:
    assert folded(written)[0] == fold(written)


def test_words_are_found_whatever_their_accents() -> None:
    said = "Spacer po Łodzi, w ŁODZI i w łódzkim."
    assert [said[start:end] for start, end in spans(said, words_of("lodzi"))] == ["Łodzi", "ŁODZI"]
    assert spans(said, words_of("łodzi kosmos")) == []
    assert spans(said, []) == []


def test_phrase_is_preferred_to_its_words() -> None:
    said = "park i park kieszonkowy"
    assert marks(said, words_of("park kieszonkowy")) == [(7, 23)]


def test_word_divided_between_lines_is_found_whole() -> None:
    for mark in ("\u2010\n", "\u2010\r\n", "\ufffe", "\u00ad"):
        said = f"społecz{mark}ność"
        assert spans(said, ["spolecznosc"]) == [(0, len(said))]


def test_snippet_is_cut_at_words() -> None:
    said = "słowo " * 40 + "Łódź " + "dalej " * 40
    cut = snippet(said, spans(said, ["lodz"]))
    assert cut[0] == ("…", False)
    assert ("Łódź", True) in cut
    assert cut[-1] == ("…", False)
    assert "".join(piece for piece, _mark in cut).strip("… ").split()[0] == "słowo"


def test_pieces_are_the_whole_text() -> None:
    assert pieces("abc", [(1, 2)]) == [("a", False), ("b", True), ("c", False)]


def test_pdf_search_names_the_pages() -> None:
    data = pdf("park", "", "park i staw", "staw")
    found = reading.found_in(io.BytesIO(data), "pdf", "STAW park")
    assert found == {
        "hits": [
            {
                "page": 3,
                "title": "",
                "snippet": [["park", True], [" i ", False], ["staw", True]],
            }
        ],
        "has_more": False,
        "has_text": True,
        "searched": 4,
        "is_cut": False,
    }


def test_scan_has_no_text_to_search() -> None:
    found = reading.found_in(io.BytesIO(pdf("", "")), "pdf", "park")
    assert found == {
        "hits": [],
        "has_more": False,
        "has_text": False,
        "searched": 2,
        "is_cut": False,
    }


def test_hits_are_a_hundred_at_most() -> None:
    found = reading.found_in(io.BytesIO(pdf(*["park"] * 102)), "pdf", "park")
    assert found is not None
    assert len(found["hits"]) == 100
    assert found["has_more"] is True
    assert found["is_cut"] is False


# --- what documents may not do --------------------------------------------------------


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

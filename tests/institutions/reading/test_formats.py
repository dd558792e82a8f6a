"""Documents read in a process of their own: what they say."""

import io
from typing import Any

import pytest

from institutions import reading
from institutions.reading.blocks import PAGE_ROWS
from tests.institutions import documents as made
from tests.institutions.documents import docx, open_document, paragraph, pdf, pptx, slide, xlsx

from .read import blocks, page, text


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

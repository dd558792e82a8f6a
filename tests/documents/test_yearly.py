"""The yearly report on paper: tables that read as they stand, each below a chart of bars."""

import io
from datetime import date

import pikepdf
from pypdf import PdfReader

from certification.documents.sheets import Letterhead
from certification.documents.yearly import ROW, YearSheet, YearTable, render_year

SHEET = YearSheet(
    issuer=Letterhead(name="Centrum Wspierania Aktywności Lokalnej CAL"),
    year=2025,
    until=date(2025, 12, 31),
    tables=(
        YearTable(
            "Złożone wnioski według wyniku",
            ("Wynik", "Wnioski"),
            [("Odmowa", ["1"], 50), ("W toku", ["mniej niż 3"], 0), ("Razem", ["2"], 100)],
            "Według stanu na dziś.",
        ),
        YearTable("Mocne i słabe strony", ("Standard", "Średni poziom"), [], ""),
    ),
)


def test_it_reads_as_the_tables_do():
    reader = PdfReader(io.BytesIO(render_year(SHEET)))
    text = "\n".join(page.extract_text() for page in reader.pages)

    assert reader.metadata.title == "Sprawozdanie za rok 2025"
    for line in ("Odmowa 1", "W toku mniej niż 3", "W tym roku niczego nie rozstrzygnięto."):
        assert line in text


def test_bars_are_vectors_with_a_text_in_their_place():
    with pikepdf.open(io.BytesIO(render_year(SHEET))) as pdf:
        figures = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
        ]
        told = [str(figure.Alt) for figure in figures]
        pictures = [len(page.get_images()) for page in pdf.pages]
        drawn = [str(each.operator) for each in pikepdf.parse_content_stream(pdf.pages[0])]

    assert told == [
        "Wykres słupkowy: Złożone wnioski według wyniku – Wnioski. "
        "Wszystkie liczby podaje tabela pod wykresem."
    ]
    assert sum(pictures) == 0
    assert drawn.count("re") >= 2


def test_a_bar_is_as_long_as_its_number():
    refused, under_way, all_of_them = SHEET.tables[0].bars
    assert (refused.length, under_way.length, all_of_them.length) == (100, 0, 200)
    assert SHEET.tables[0].height == 3 * ROW


def test_the_same_year_is_the_same_bytes():
    assert render_year(SHEET) == render_year(SHEET)

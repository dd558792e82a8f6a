"""The yearly report on paper: tables that read as they stand, with a bar in each line."""

import io
from datetime import date

from pypdf import PdfReader

from certification.documents.sheets import Letterhead
from certification.documents.yearly import YearSheet, YearTable, render_year

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


def test_the_same_year_is_the_same_bytes():
    assert render_year(SHEET) == render_year(SHEET)

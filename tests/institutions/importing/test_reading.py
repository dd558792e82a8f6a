"""Files as Polish offices make them: what is read is what a person sees in the table."""

import zipfile
from io import BytesIO

import pytest

from institutions.import_files import (
    Reading,
    UnreadableFile,
    csv_text,
    read_table,
    specimen,
)
from institutions.import_files.columns import COLUMNS
from institutions.uploads import Refused

from . import files
from .files import GOPS, HEADINGS, MBP, TABLE, csv, merge, xlsx

FIELDS = ["name", "kind", "nip", "regon", "town", "voivodeship"]


def given(row: list[str]) -> dict[str, str]:
    return {field: text for field, text in zip(FIELDS, row, strict=True) if text}


BOTH = [given(GOPS), given(MBP)]


def cells(reading: Reading) -> list[dict[str, str]]:
    return [dict(row.cells) for row in reading.rows]


# --- CSV -----------------------------------------------------------------------------------


def test_csv_is_read_no_further_than_may_be_imported():
    """Five megabytes of tiny cells are far more to look through than five of a real list."""
    long = b"Nazwa;NIP\n" + b"A;1\n" * 9_000
    wide = b"Nazwa;NIP" + b";x" * 9_000 + b"\nA;1" + b";y" * 9_000
    for content in (long, wide):
        lines = csv_text.lines_of(content)
        assert len(lines) <= csv_text.MAX_LINES
        assert max(len(cells) for _number, cells in lines) <= csv_text.MAX_WIDTH
    with pytest.raises(UnreadableFile, match="5000"):
        read_table(long, "lista.csv")
    assert read_table(wide, "lista.csv").rows[0]["name"] == "A"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_is_read_whatever_its_encoding_and_delimiter(encoding, delimiter):
    content = csv(delimiter=delimiter, encoding=encoding)
    reading = read_table(content, "lista.csv")
    assert cells(reading) == BOTH
    assert [row.number for row in reading.rows] == [2, 3]


def test_utf_16_without_its_mark_is_read():
    assert cells(read_table(csv(encoding="utf-16-le"), "lista.csv")) == BOTH


def test_mark_of_excel_names_the_delimiter():
    content = b"sep=,\r\n" + csv(delimiter=",")
    reading = read_table(content, "lista.csv")
    assert cells(reading) == BOTH
    assert [row.number for row in reading.rows] == [3, 4]


def test_line_breaks_in_quotes_are_one_row():
    rows = [["Pełna\nnazwa", *HEADINGS[1:]], ["GOPS\nw Przykładowie Dolnym", *GOPS[1:]], [""], MBP]
    reading = read_table(csv(rows), "lista.csv")
    assert cells(reading) == BOTH
    assert [row.number for row in reading.rows] == [2, 4]


def test_quotation_marks_inside_names_stay():
    name = 'Stowarzyszenie "Sąsiedzi; Razem" w Żarach'
    reading = read_table(csv([HEADINGS, [name, *MBP[1:]]]), "lista.csv")
    assert reading.rows[0]["name"] == name


def test_quotation_mark_without_its_pair_is_refused_or_read_but_never_breaks():
    content = 'Nazwa;NIP\n"GOPS w Żarach;1234563218\nMBP;\n'.encode()
    reading = read_table(content, "lista.csv")
    assert len(reading.rows) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end):
    assert cells(read_table(csv(end=end), "lista.csv")) == BOTH


def test_formula_is_a_text():
    wicked = '=cmd|"/c calc"!A1'
    reading = read_table(csv([HEADINGS, [wicked, *GOPS[1:]]]), "lista.csv")
    assert reading.rows[0]["name"] == wicked


def test_invisible_characters_are_dropped():
    name = "\u202eGOPS\u00a0w\x07 Żarach\u200b"
    assert read_table(csv([HEADINGS, [name, *MBP[1:]]]), "a.csv").rows[0]["name"] == "GOPS w Żarach"


# --- where the table stands -----------------------------------------------------------------

NUMBERS = ["1", "2", "3", "4", "5", "6"]
TITLE = ["Wykaz jednostek organizacyjnych na dzień 1.01.2026"]


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        ([TITLE, [""], *TABLE], [4, 5]),
        ([*[[f"wiersz {i}"] for i in range(14)], *TABLE], [16, 17]),
        ([HEADINGS, NUMBERS, GOPS, MBP], [3, 4]),
        ([HEADINGS, GOPS, HEADINGS, MBP], [2, 4]),
        ([HEADINGS, GOPS, [""], ["", "", "", "", "", ""], MBP], [2, 5]),
        ([HEADINGS, GOPS, MBP, ["Razem: 2", "", "", "", "", ""]], [2, 3]),
        ([HEADINGS, GOPS, MBP, ["", "", "Ogółem", "2"]], [2, 3]),
    ],
)
@pytest.mark.parametrize("make", [csv, xlsx])
def test_header_is_found_and_what_is_no_institution_left_out(rows, numbers, make):
    reading = read_table(make(rows), f"lista.{make.__name__}")
    assert cells(reading) == BOTH
    assert [row.number for row in reading.rows] == numbers


def test_group_titles_over_merged_columns():
    rows = [["Instytucja", "", "", "", "Siedziba", ""], HEADINGS, GOPS, MBP]
    reading = read_table(xlsx(rows, change=merge("A1:D1", "E1:F1")), "lista.xlsx")
    assert cells(reading) == BOTH
    assert reading.header_row == 2


def test_header_in_two_rows_of_merged_cells():
    rows = [
        ["Nazwa", "Rodzaj", "Numery", "", "Adres", ""],
        ["", "", "NIP", "REGON", "Miejscowość", "Województwo"],
        GOPS,
        MBP,
    ]
    change = merge("A1:A2", "B1:B2", "C1:D1", "E1:F1")
    reading = read_table(xlsx(rows, change=change), "lista.xlsx")
    assert cells(reading) == BOTH
    assert [row.number for row in reading.rows] == [3, 4]


def test_group_title_tells_whose_name_it_is():
    rows = [
        ["Jednostka", "", "Jednostka nadrzędna", ""],
        ["Nazwa", "Miejscowość", "Nazwa", "NIP"],
        ["Klub Seniora", "Żary", "MOPS w Żarach", "1234563218"],
    ]
    reading = read_table(xlsx(rows, change=merge("A1:B1", "C1:D1")), "lista.xlsx")
    assert cells(reading) == [{"name": "Klub Seniora", "town": "Żary", "parent": "MOPS w Żarach"}]


def test_columns_unknown_or_empty():
    rows = [["Lp.", *HEADINGS, "Uwagi", "Gmina", ""], ["1", *GOPS, "pilne", "", "x"]]
    reading = read_table(csv(rows), "lista.csv")
    assert cells(reading) == BOTH[:1]
    assert reading.ignored == ["Uwagi"]
    assert reading.columns[0] == ("Nazwa", "name")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NAZWA INSTYTUCJI", "name"),
        ("1. Pełna nazwa *", "name"),
        ("Kod\npocztowy", "postcode"),
        ("WOJEWODZTWO", "voivodeship"),
        ("Województwo (wg TERYT)", "voivodeship"),
        ("e-mail:", "email"),
        ("Adres e-Doręczeń (AE)", "edelivery"),
        ("TERC", "teryt"),
        ("Typ", "kind"),
        ("Jednostka nadrzędna", "parent"),
    ],
)
def test_headings_of_offices(heading, field):
    rows = [["Nazwa" if field != "name" else "NIP", heading], ["a", "b"]]
    assert read_table(csv(rows), "a.csv").rows[0][field] == "b"


# --- XLSX ----------------------------------------------------------------------------------


def test_numbers_and_dates_are_texts():
    rows = [[*HEADINGS, "Data"], ["GOPS", 7.5, 1234563218.0, 123456785, True, "mazowieckie", 44197]]
    row = read_table(xlsx(rows), "lista.xlsx").rows[0]
    assert [row[field] for field in FIELDS] == [
        *("GOPS", "7.5", "1234563218", "123456785", "True", "mazowieckie")
    ]


def test_formula_gives_the_value_that_was_stored():
    def change(book, sheet):
        sheet["A4"] = '=HYPERLINK("https://example.org","MOPS")'

    assert cells(read_table(xlsx(change=change), "lista.xlsx")) == BOTH


def test_sheet_with_the_header_is_taken_and_hidden_ones_are_not():
    def change(book, sheet):
        sheet.delete_rows(1, 3)
        sheet["A1"] = "Notatki"
        for title, state in (("Ukryty", "hidden"), ("Wykaz", "visible")):
            other = book.create_sheet(title)
            other.sheet_state = state
            for row in TABLE if state == "visible" else [*TABLE, MBP]:
                other.append(row)

    reading = read_table(xlsx(change=change), "lista.xlsx")
    assert (reading.sheet, cells(reading)) == ("Wykaz", BOTH)


def test_wrong_dimensions_of_a_sheet_do_not_cut_it():
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx())) as package, zipfile.ZipFile(content, "w") as changed:
        for name in package.namelist():
            part = package.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b'<dimension ref="A1:F3"', b'<dimension ref="A1"')
            changed.writestr(name, part)
    assert cells(read_table(content.getvalue(), "lista.xlsx")) == BOTH


def test_row_at_the_very_end_of_a_sheet_does_not_hold_us_up():
    def change(book, sheet):
        sheet.cell(row=1_048_576, column=1, value="zapomniane")

    assert cells(read_table(xlsx(change=change), "lista.xlsx")) == BOTH


def test_workbook_that_is_a_bomb_or_no_workbook_is_refused():
    package = BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 400_000_000)
    old_format = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for content in (package.getvalue(), b"PK\x03\x04 and no more", old_format):
        with pytest.raises(Refused):
            read_table(content, "lista.xlsx")


# --- what cannot be read ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "lista.csv"),
        (b"Nazwa;NIP\n", "lista.csv"),
        (b"Ala;ma;kota\n1;2;3\n", "lista.csv"),
        (b"Nazwa\nGOPS\n", "lista.csv"),
        (b"\xff\xfe\x00", "lista.csv"),
        (b"\0\1\2" * 100, "lista.csv"),
        (csv(), "lista.ods"),
        (csv(), "lista"),
        (csv() * 60_000, "lista.csv"),
        (csv([HEADINGS, *[[f"GOPS {i}", *GOPS[1:]] for i in range(5_001)]]), "lista.csv"),
    ],
)
def test_file_without_a_list_is_refused_with_what_to_do(content, name):
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, name)
    assert len(str(refused.value)) > 15


def test_five_thousand_rows_are_read():
    rows = [[f"GOPS {i}", *GOPS[1:]] for i in range(5_000)]
    assert len(read_table(xlsx([HEADINGS, *rows]), "lista.xlsx").rows) == 5_000


def test_reading_is_the_same_after_being_kept():
    reading = read_table(csv([TITLE, *TABLE, ["Razem"]]), "lista.csv")
    assert Reading.unpacked(reading.packed()) == reading


# --- the list to fill in ---------------------------------------------------------------------


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_specimen_has_our_columns_and_its_example_is_no_institution(extension):
    content = specimen.content(extension)
    with pytest.raises(UnreadableFile, match="nie ma żadnej instytucji"):
        read_table(content, f"wzor.{extension}")


def test_specimen_filled_in_is_read_in_full():
    offered = [column for column in COLUMNS if column.title]
    rows = [[column.title for column in offered], [f"x{i}" for i in range(len(offered))]]
    reading = read_table(files.csv(rows), "wzor.csv")
    assert [field for _heading, field in reading.columns] == [each.field for each in offered]

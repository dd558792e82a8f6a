"""Cells into values: regrouped, and mended only where the number itself proves how."""

import pytest

from institutions.import_files import Row
from institutions.import_files.kinds import WORDS, Kinds
from institutions.import_files.values import values_of
from tests.factories import make_kind


def stored(**cells: str) -> dict[str, str]:
    return values_of(Row(2, cells)).stored


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("nip", "123-456-32-18", "1234563218"),
        ("nip", "PL 123 456 32 18", "1234563218"),
        ("nip", "NIP: 1234563218", "1234563218"),
        ("nip", "1234563218.0", "1234563218"),
        ("nip", "1234563218,00", "1234563218"),
        ("regon", "123456785", "123456785"),
        ("regon", "REGON 123456785", "123456785"),
        ("regon", "331501", "000331501"),
        ("regon", "331501.0", "000331501"),
        ("regon", "12345678500000", "123456785"),
        ("regon", "12345678512347", "12345678512347"),
        ("krs", "123456", "0000123456"),
        ("krs", "KRS 0000123456", "0000123456"),
        ("teryt", "1818011", "1818011"),
        ("teryt", "181801 1", "1818011"),
        ("postcode", "37450", "37-450"),
        ("postcode", "5123", "05-123"),
        ("postcode", "5-123", "05-123"),
        ("postcode", "5123.0", "05-123"),
        ("voivodeship", "PODKARPACKIE", "18"),
        ("voivodeship", "woj. podkarpackie", "18"),
        ("voivodeship", "Województwo Łódzkie", "10"),
        ("voivodeship", "WOJ. LODZKIE", "10"),
        ("voivodeship", "warminsko - mazurskie", "28"),
        ("voivodeship", "Kujawsko Pomorskie", "04"),
        ("voivodeship", "4", "04"),
        ("county", "powiat stalowowolski", "stalowowolski"),
        ("email", "mailto:Biuro@OPS.example.pl", "biuro@ops.example.pl"),
        ("edelivery", "pl-12345-67890-abcde-12", "AE:PL-12345-67890-ABCDE-12"),
    ],
)
def test_value_is_stored_as_the_form_would(field, text, value):
    values = values_of(Row(2, {field: text}))
    assert (values.stored[field], values.problems) == (value, [])


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("nip", "1234563217"),
        ("nip", "123456321"),
        ("nip", "1,23456E+09"),
        ("nip", "1.23456321e+09"),
        ("regon", "331502"),
        ("regon", "23456785"),
        ("regon", "0"),
        ("krs", "12345678901"),
        ("teryt", "181801"),
        ("teryt", "201011"),
        ("postcode", "374"),
        ("postcode", "37-45"),
        ("voivodeship", "Mazowsze"),
        ("voivodeship", "3"),
        ("edelivery", "AE:PL-1"),
    ],
)
def test_value_that_proves_nothing_is_a_problem_with_its_column(field, text):
    values = values_of(Row(2, {field: text}))
    assert field not in values.stored
    assert len(values.problems) == 1
    assert f"„{text}”" in values.problems[0]


@pytest.mark.parametrize("text", ["331501", "5123"])
def test_zeros_put_back_are_told(text):
    field = "regon" if len(text) == 6 else "postcode"
    assert len(values_of(Row(2, {field: text})).remarks) == 1
    assert values_of(Row(2, {"regon": "123456785", "postcode": "05-123"})).remarks == []


def test_teryt_gets_its_zero_back_only_where_the_voivodeship_agrees():
    agrees = values_of(Row(2, {"teryt": "201011", "voivodeship": "dolnośląskie"}))
    assert (agrees.stored["teryt"], len(agrees.remarks)) == ("0201011", 1)
    differs = values_of(Row(2, {"teryt": "201011", "voivodeship": "podlaskie"}))
    assert "teryt" not in differs.stored
    assert len(differs.problems) == 1


def test_voivodeship_follows_from_teryt():
    assert stored(teryt="1818011")["voivodeship"] == "18"
    assert stored(teryt="1818011", voivodeship="śląskie")["voivodeship"] == "24"


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"address": "ul. Szkolna 4, 05-123 Żary"}, ("ul. Szkolna 4", "05-123", "Żary")),
        ({"address": "05-123 Nowa Wieś, Szkolna 4"}, ("", "05-123", "Nowa Wieś, Szkolna 4")),
        ({"address": "Szkolna 4"}, ("Szkolna 4", "", "")),
        ({"address": "Rynek 1 05-123 Żary", "town": "Żagań"}, ("Rynek 1", "05-123", "Żagań")),
        ({"street": "Szkolna", "house": "4"}, ("Szkolna 4", "", "")),
        ({"street": "Szkolna", "house": "4", "flat": "2"}, ("Szkolna 4/2", "", "")),
        ({"town": "Wólka", "house": "4"}, ("Wólka 4", "", "Wólka")),
    ],
)
def test_address_in_one_cell_or_in_many(cells, address):
    found = stored(**cells)
    assert tuple(found.get(name, "") for name in ("street", "postcode", "town")) == address


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MOPS", "social_assistance"),
        ("M-GOPS", "social_assistance"),
        ("Gminny Ośrodek Pomocy Społecznej", "social_assistance"),
        ("CUS", "cus"),
        ("Centrum Usług Społecznych", "cus"),
        ("DOM KULTURY", "culture_centre"),
        ("Młodzieżowy Dom Kultury", "school"),
        ("Miejska Biblioteka Publiczna", "library"),
        ("Stowarzyszenie Przyjaciół Biblioteki", "ngo"),
        ("Fundacja „Szkoła”", "ngo"),
        ("Zespół Szkół nr 2", "school"),
        ("PCPR", "other"),
        ("rodzaj library", "library"),
        ("social_assistance", "social_assistance"),
    ],
)
@pytest.mark.django_db
def test_kind_is_what_the_text_names_first(text, code):
    found = Kinds([make_kind(each) for each in WORDS]).find(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["sklep", "", "mopsik", "ops2"])
@pytest.mark.django_db
def test_kind_is_not_guessed(text):
    assert Kinds([make_kind(each) for each in WORDS]).find(text) is None
    assert Kinds([]).find("MOPS") is None

"""The head of a municipality: office by TERYT, gender, case."""

import pytest

from certification.letters.address import Addressed, usual_office, usual_title
from certification.letters.states import Office
from institutions.grammar import Case
from tests.factories import confirm_names, make_institution

MAN = Addressed(Office.WOJT, "Jan Próbny", "m", "Wójt Gminy Słupno")
WOMAN = Addressed(Office.WOJT, "Anna Próbna", "f", "Wójt Gminy Słupno")


@pytest.mark.parametrize(
    ("office", "gender", "salutation"),
    [
        (Office.WOJT, "m", "Szanowny Panie Wójcie,"),
        (Office.WOJT, "f", "Szanowna Pani Wójt,"),
        (Office.BURMISTRZ, "m", "Szanowny Panie Burmistrzu,"),
        (Office.BURMISTRZ, "f", "Szanowna Pani Burmistrz,"),
        (Office.PREZYDENT, "m", "Szanowny Panie Prezydencie,"),
        (Office.PREZYDENT, "f", "Szanowna Pani Prezydent,"),
    ],
)
def test_salutation(office: Office, gender: str, salutation: str) -> None:
    assert Addressed(office, "X", gender, "X").salutation == salutation


def test_a_mans_office_declines_and_a_womans_does_not() -> None:
    cases = [Case.GEN, Case.DAT, Case.INST, Case.LOC]
    assert [MAN.in_case(case) for case in cases] == [
        "Wójta Gminy Słupno",
        "Wójtowi Gminy Słupno",
        "Wójtem Gminy Słupno",
        "Wójcie Gminy Słupno",
    ]
    assert {WOMAN.in_case(case) for case in cases} == {"Wójt Gminy Słupno"}


def test_you_in_every_case() -> None:
    assert [MAN.you(case) for case in Case] == [
        "Pan",
        "Pana",
        "Panu",
        "Pana",
        "Panem",
        "Panu",
        "Panie",
    ]
    assert [WOMAN.you(case) for case in Case] == [
        "Pani",
        "Pani",
        "Pani",
        "Panią",
        "Panią",
        "Pani",
        "Pani",
    ]


def test_head_of_the_address() -> None:
    assert MAN.lines == ("Szanowny Pan", "Jan Próbny", "Wójt Gminy Słupno")
    assert WOMAN.lines[0] == "Szanowna Pani"


@pytest.mark.parametrize(
    ("teryt", "office"),
    [
        ("1419132", Office.WOJT),  # a rural municipality
        ("1413011", Office.BURMISTRZ),  # Mława, a town
        ("3206043", Office.BURMISTRZ),  # Gryfino, a town with its villages
        ("1463011", Office.PREZYDENT),  # Radom, a town with a county's rights
        ("1818011", Office.BURMISTRZ),  # Stalowa Wola has a prezydent: a person says so
        ("", None),
    ],
)
def test_usual_office(teryt: str, office: Office | None) -> None:
    assert usual_office(teryt) == office


@pytest.mark.django_db
def test_usual_title_waits_for_the_towns_form() -> None:
    institution = make_institution()
    assert usual_title(institution, Office.BURMISTRZ) == ""
    confirm_names(institution)
    assert usual_title(institution, Office.BURMISTRZ) == "Burmistrz Miasteczka"
    assert usual_title(institution, Office.PREZYDENT) == "Prezydent Miasta Miasteczka"
    assert usual_title(institution, Office.WOJT) == "Wójt Gminy Miasteczko"

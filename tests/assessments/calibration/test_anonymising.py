import pytest

from certification.applications.states import State
from certification.assessments.calibration.anonymising import Identity, identity_of, suspects
from institutions.models import FormerName
from tests.factories import (
    confirm_names,
    days_from_today,
    make_application,
    make_institution,
    make_member,
)

SHAPES = Identity()


@pytest.fixture
def identity(db):
    institution = make_institution(
        name="Miejski Ośrodek Pomocy Społecznej w Stalowej Woli",
        town="Stalowa Wola",
        town_genitive="Stalowej Woli",
        town_locative="Stalowej Woli",
        county="stalowowolski",
        street="Dmowskiego 1",
    )
    confirm_names(
        institution,
        full={"loc": "Miejskim Ośrodku Pomocy Społecznej w Stalowej Woli"},
        short={"nom": "Ośrodek nad Sanem"},
    )
    FormerName.objects.create(
        institution=institution, name="Ośrodek Stary", used_until=days_from_today(-900)
    )
    make_member(institution, full_name="Barbara Kowalska")
    case = make_application(State.CERTIFIED, institution=institution)
    return identity_of(case)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "W Miejskim Ośrodku Pomocy Społecznej w Stalowej Woli działa klub.",
            "W [instytucja] działa klub.",
        ),
        ("MIEJSKI OŚRODEK POMOCY SPOŁECZNEJ W STALOWEJ WOLI", "[instytucja]"),
        ("Ośrodek nad Sanem, dawniej Ośrodek Stary", "[instytucja], dawniej [instytucja]"),
        ("Mieszkańcy Stalowej Woli", "Mieszkańcy [miejscowość]"),
        ("za Stalową Wolą", "za [miejscowość]"),
        ("rozmowa z Barbarą Kowalską", "rozmowa z [osoba]"),
        ("u pani Kowalskiej", "u pani [osoba]"),
        ("przy Dmowskiego 1", "przy [ulica]"),
        ("powiat stalowowolski", "powiat [powiat]"),
        ("Stalowe belki i wola walki", "Stalowe belki i wola walki"),
        ("Wolontariusze pracują.", "Wolontariusze pracują."),
    ],
)
def test_what_is_known_goes(identity, text, expected):
    assert identity.taken_out_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pisz na biuro@mops.example.pl.", "Pisz na [e-mail]."),
        ("Strona https://mops.example.pl/klub (otwarta)", "Strona [adres strony] (otwarta)"),
        ("Strona mops-stalwol.pl działa", "Strona [adres strony] działa"),
        ("tel. 15 842 22 03", "tel. [telefon]"),
        ("tel. +48 600 100 200", "tel. [telefon]"),
        ("37-450 Miasto", "[kod pocztowy] Miasto"),
        ("ul. Jana Pawła 12/3, parter", "[ulica], parter"),
        ("NIP 8652079999", "NIP [numer]"),
        (
            "W 2019 r. przyszło 120 osób, w 2020-2021 mniej.",
            "W 2019 r. przyszło 120 osób, w 2020-2021 mniej.",
        ),
    ],
)
def test_what_is_told_by_its_shape_goes(text, expected):
    assert SHAPES.taken_out_of(text) == expected


@pytest.mark.parametrize("text", ["Mławskie dni", "w Mławie", "mławskiego klubu", "MŁAWA"])
def test_a_town_of_one_word_is_found_in_adjectives(db, text):
    case = make_application(State.CERTIFIED, institution=make_institution(town="Mława"))
    identity = identity_of(case)
    assert identity.found_in(text) != []
    assert "[miejscowość]" in identity.taken_out_of(text)


def test_nothing_is_found_after_it_was_taken_out(identity):
    text = "Barbara Kowalska kieruje. Miejski Ośrodek Pomocy Społecznej w Stalowej Woli pomaga."
    assert identity.found_in(text) == [
        "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli",
        "Barbara Kowalska",
    ]
    assert identity.found_in(identity.taken_out_of(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Klub spotyka się co tydzień. Prowadzi go zespół.", []),
        ("Klub Złota Jesień działa w Domu Sąsiedzkim.", ["Złota Jesień", "Domu Sąsiedzkim"]),
        ("Mapa OSL, plan CAL i PAL.", []),
        ("[instytucja] oraz [miejscowość]", []),
        ("- Lista\n- Druga pozycja", []),
        ("Razem z Caritas i z Caritas.", ["Caritas"]),
    ],
)
def test_capital_letters_inside_a_sentence_are_shown(text, expected):
    assert suspects(text) == expected

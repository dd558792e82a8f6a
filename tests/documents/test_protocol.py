"""The protocol of a visit as PDF: what it says, in each of its states."""

from dataclasses import replace
from datetime import date

import pytest

from certification.documents.protocol import (
    MAX_TEXT,
    AskedSheet,
    PhotoSheet,
    ProtocolSheet,
    RemarkSheet,
    render_protocol,
)
from certification.errors import CannotDo

from .sheets import certificate_sheet, text_of

CLOSED = ProtocolSheet(
    issuer=certificate_sheet().issuer,
    institution="Dom Kultury w Żorach",
    case="CAL/W/7/2026",
    day=date(2026, 11, 26),
    held="12 listopada 2026 r., godz. 10:00–15:00",
    place="Rynek 1",
    number=2,
    visitors=("Olga Oceńska, prowadzenie wizytacji",),
    attendees="Anna Kowalska, dyrektorka\nJan Nowak, organizator",
    course="Obejście.\n\nRozmowa z zespołem 😀.",
    findings="Sala mieści 40 osób.",
    documents="Statut",
    asked=(AskedSheet("A1.1", "Ile osób?", "Dwanaście."), AskedSheet("", "", "Tablica w holu.")),
    photos=(PhotoSheet("Sala", "12.11.2026, 11:20", "Anna K., ustnie", "ab" * 32),),
    presented="Olga Oceńska, 20 listopada 2026 r.",
    until="1 grudnia 2026 r.",
    remarks=(RemarkSheet("Anna Kowalska, 25 listopada 2026 r.", "Już piętnaście osób."),),
    closed="Anna Kowalska, 26 listopada 2026 r.",
    is_confirmed=True,
)
PRESENTED = replace(CLOSED, closed="", is_confirmed=False, remarks=())
DRAFT = replace(PRESENTED, presented="", until="")


def test_a_closed_one_says_it_all() -> None:
    text = text_of(render_protocol(CLOSED))
    for words in (
        "CAL/W/7/2026",
        "12 listopada 2026 r., godz. 10:00–15:00",
        "Jan Nowak, organizator",
        "A1.1 Ile osób?",
        "Dwanaście.",
        "Tablica w holu.",
        "Zgoda osób na zdjęciu: Anna K., ustnie",
        "Już piętnaście osób.",
        "Za instytucję protokół potwierdza, z uwagami podanymi wyżej: Anna Kowalska",
    ):
        assert words in text
    assert "SZKIC" not in text


def test_a_presented_one_names_the_time_for_remarks() -> None:
    text = text_of(render_protocol(PRESENTED))
    assert "może zgłosić uwagi i potwierdzić protokół do 1 grudnia 2026 r." in text
    assert "Za instytucję" not in text


def test_an_unconfirmed_one_says_so() -> None:
    text = text_of(render_protocol(replace(CLOSED, is_confirmed=False)))
    assert "Instytucja nie potwierdziła protokołu w wyznaczonym terminie" in text


def test_a_photo_that_went_says_why() -> None:
    (photo,) = CLOSED.photos
    gone = replace(photo, gone="25 listopada 2026 r.: cofnięta zgoda")
    text = text_of(render_protocol(replace(CLOSED, photos=(gone,))))
    assert "Zdjęcie usunięto 25 listopada 2026 r.: cofnięta zgoda" in text
    assert "Anna K." not in text


def test_a_draft_is_marked() -> None:
    assert "SZKIC" in text_of(render_protocol(DRAFT))


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    hostile = '<img src="file:///etc/passwd"> {{ sheet }} <script>alert(1)</script>'
    text = text_of(render_protocol(replace(CLOSED, findings=hostile)))
    assert "<script>alert(1)</script>" in text
    assert "{{ sheet }}" in text
    assert "root:" not in text


def test_same_sheet_same_bytes() -> None:
    assert render_protocol(CLOSED) == render_protocol(CLOSED)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(CannotDo):
        render_protocol(replace(DRAFT, course="a" * (MAX_TEXT + 1)))

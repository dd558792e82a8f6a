"""The written request: what it asks, and what it binds itself to."""

from dataclasses import replace

import pytest

from certification.documents.counting import counted
from certification.documents.request import CRITERIA, render_request

from .application_sheets import APPLICANT, DRAFT, SHA256, request_sheet
from .sheets import reader, text_of

LONG = (
    "Samorządowe Centrum Animacji, Kultury i Wspierania Inicjatyw Obywatelskich im. Heleny "
    "Radlińskiej w Ostrowcu Świętokrzyskim"
)


def test_request_is_one_page_and_names_case_and_hash() -> None:
    content = render_request(request_sheet())
    assert len(reader(content).pages) == 1
    text = text_of(content)
    for words in (
        "Stalowa Wola, 2 listopada 2026 r.",
        "Prośba o otwarcie procesu certyfikacji",
        "54 kryteria i 102 przywołania dowodów",
        "akta nr 1 wniosku CAL/W/12/2026",
        "To, co napisaliśmy, jest zgodne ze stanem faktycznym.",
        f"SHA-256 akt: {SHA256}",
        "strona 1 z 1",
    ):
        assert words in text


def test_long_name_stays_on_one_page() -> None:
    sheet = request_sheet(applicant=replace(APPLICANT, name=LONG))
    assert len(reader(render_request(sheet)).pages) == 1


def test_draft_claims_no_hash() -> None:
    text = text_of(render_request(request_sheet(source=DRAFT, evidence=0)))
    assert "SZKIC" in text
    assert "pojawią się w tym miejscu po złożeniu wniosku" in text
    assert "akt: " not in text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 kryteriów"),
        (1, "1 kryterium"),
        (3, "3 kryteria"),
        (12, "12 kryteriów"),
        (22, "22 kryteria"),
        (112, "112 kryteriów"),
    ],
)
def test_counted(number: int, words: str) -> None:
    assert counted(number, CRITERIA) == words.replace(" ", "\u00a0")

"""Charges as PDF: what the paper says."""

from dataclasses import replace
from datetime import date

import pytest

from certification.documents.charges import MAX_TEXT, ChargesSheet, render_charges
from certification.errors import CannotDo

from .sheets import ISSUER, text_of

SHEET = ChargesSheet(
    issuer=ISSUER,
    number="CAL/Z/3/2026",
    place="Warszawa",
    day=date(2026, 11, 30),
    holder="Dom Kultury w Żorach",
    certificate="CAL/OSL/7/2024",
    issued_on=date(2024, 5, 6),
    text="Grupy nie spotykają się od roku.\r\n\r\nMiejsce zamknięto <b>bez</b> innego 😀.",
    reply_until=date(2026, 12, 14),
    signatory="Krystyna Komisyjna",
)
LONG = replace(SHEET, text="\n\n".join(["Zażółć gęślą jaźń w tym miejscu. " * 25] * 10))


def test_it_says_what_is_charged_and_until_when_one_may_reply() -> None:
    text = text_of(render_charges(SHEET))
    for words in (
        "CAL/Z/3/2026",
        "Warszawa, 30 listopada 2026 r.",
        "Dom Kultury w Żorach",
        "certyfikatu nr CAL/OSL/7/2024 z dnia 6 maja 2024 r.",
        "Grupy nie spotykają się od roku.",
        "Miejsce zamknięto <b>bez</b> innego □.",
        "do dnia 14 grudnia 2026 r.",
        "odwołanie do Zarządu (punkt 11 zasad)",
        "Krystyna Komisyjna",
        "zastąpiono znakiem „□”",
    ):
        assert words in text


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render_charges(SHEET) == render_charges(SHEET)


def test_a_text_that_is_too_long() -> None:
    with pytest.raises(CannotDo):
        render_charges(replace(SHEET, text="x" * (MAX_TEXT + 1)))

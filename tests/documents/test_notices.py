"""Papers to a holder whose certificate may be taken away, as PDF: what each says."""

from dataclasses import replace
from datetime import date

import pytest

from certification.documents.notices import MAX_TEXT, NoticeSheet, render_notice
from certification.errors import CannotDo

from .sheets import ISSUER, text_of

CHARGES = NoticeSheet(
    issuer=ISSUER,
    words="charges",
    title="Zarzuty",
    number="CAL/Z/3/2026",
    place="Warszawa",
    day=date(2026, 11, 30),
    holder="Dom Kultury w Żorach",
    certificate="CAL/OSL/7/2024",
    issued_on=date(2024, 5, 6),
    text="Grupy nie spotykają się od roku.\r\n\r\nMiejsce zamknięto <b>bez</b> innego 😀.",
    facts={"until": date(2026, 12, 14)},
    on_behalf="W imieniu Komisji Certyfikacyjnej",
    signatory="Krystyna Komisyjna",
)
LONG = replace(CHARGES, text="\n\n".join(["Zażółć gęślą jaźń w tym miejscu. " * 25] * 10))
WITHDRAWAL = replace(
    CHARGES,
    words="withdrawal",
    title="Odebranie certyfikatu",
    number="CAL/O/5/2026",
    text="Zaprzestanie pracy z grupami.",
    facts={
        "charges": "CAL/Z/3/2026",
        "charged": date(2026, 11, 2),
        "replied": True,
        "withdrawn": date(2026, 11, 28),
        "until": date(2026, 12, 14),
    },
    proof="https://example.org/weryfikacja/",
)
ALLOWED = replace(
    WITHDRAWAL,
    words="answer",
    title="Odpowiedź na odwołanie",
    number="CAL/O/6/2026",
    text="Grupy nadal się spotykają.",
    facts={
        "allowed": True,
        "appealed": date(2026, 12, 3),
        "resolution": "9/2026",
        "adopted": date(2026, 12, 20),
        "withdrawn": date(2026, 11, 28),
        "valid_to": date(2029, 5, 5),
    },
    on_behalf="W imieniu Zarządu",
    signatory="Zofia Zarządzająca",
)
REFUSED = replace(ALLOWED, facts={**ALLOWED.facts, "allowed": False})
SHEETS = [CHARGES, WITHDRAWAL, ALLOWED, REFUSED]


def says(sheet: NoticeSheet) -> str:
    return " ".join(text_of(render_notice(sheet)).split())


@pytest.mark.parametrize("sheet", SHEETS)
def test_each_has_its_head_and_its_signatory(sheet: NoticeSheet) -> None:
    text = says(sheet)
    for words in (
        sheet.number,
        sheet.title,
        "Warszawa, 30 listopada 2026 r.",
        "Dom Kultury w Żorach",
        "certyfikatu nr CAL/OSL/7/2024 z dnia 6 maja 2024 r.",
        sheet.on_behalf,
        sheet.signatory,
    ):
        assert words.replace("certyfikatu nr", "") in text


def test_charges_say_until_when_one_may_reply() -> None:
    text = says(CHARGES)
    for words in (
        "Grupy nie spotykają się od roku.",
        "Miejsce zamknięto <b>bez</b> innego □.",
        "do dnia 14 grudnia 2026 r.",
        "odwołanie do Zarządu (punkt 11 zasad)",
        "zastąpiono znakiem „□”",
    ):
        assert words in text
    assert "można sprawdzić" not in text


def test_a_withdrawal_says_why_what_follows_and_how_to_appeal() -> None:
    text = says(WITHDRAWAL)
    for words in (
        "zarzutów nr CAL/Z/3/2026 z dnia 2 listopada 2026 r. i odpowiedzi na nie, odebrała dnia "
        "28 listopada 2026 r. certyfikat",
        "Zaprzestanie pracy z grupami.",
        "wygasło wynikające z niego prawo do używania jego nazwy i znaku",
        "odwołanie do Zarządu (punkt 11 zasad). Można je złożyć raz, do dnia 14 grudnia 2026 r.,",
        "https://example.org/weryfikacja/, podając jego numer: CAL/O/5/2026.",
    ):
        assert words in text


def test_a_withdrawal_on_old_charges_without_a_reply() -> None:
    facts = {**WITHDRAWAL.facts, "charges": "", "replied": False}
    said = "zarzutów z dnia 2 listopada 2026 r. i po upływie terminu odpowiedzi, która nie wpłynęła"
    assert said in says(replace(WITHDRAWAL, facts=facts))


@pytest.mark.parametrize(
    ("sheet", "said", "unsaid"),
    [
        (
            ALLOWED,
            "uwzględnił odwołanie i uchylił odebranie certyfikatu z następującego powodu: "
            "Grupy nadal się spotykają. Certyfikat obowiązuje tak, jakby go nie odebrano, z "
            "niezmienionym terminem ważności: do dnia 5 maja 2029 r.",
            "pozostaje w mocy",
        ),
        (
            REFUSED,
            "oddalił odwołanie z następującego powodu: Grupy nadal się spotykają. Odebranie "
            "certyfikatu z dnia 28 listopada 2026 r. pozostaje w mocy.",
            "uchylił",
        ),
    ],
)
def test_an_answer_says_what_the_board_resolved(sheet: NoticeSheet, said: str, unsaid: str) -> None:
    text = says(sheet)
    assert "odwołanie z dnia 3 grudnia 2026 r." in text
    assert "Uchwałą nr 9/2026 z dnia 20 grudnia 2026 r. Zarząd" in text
    assert said in text
    assert unsaid not in text


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert [render_notice(each) for each in SHEETS] == [render_notice(each) for each in SHEETS]


def test_a_text_that_is_too_long() -> None:
    with pytest.raises(CannotDo):
        render_notice(replace(CHARGES, text="x" * (MAX_TEXT + 1)))

from datetime import date

import pytest

from certification.documents.typography import NBSP, day_in_words, plain, typeset


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("praca w domu i w ogrodzie", "praca w_domu i_w_ogrodzie"),
        ("W Polsce", "W_Polsce"),
        ("(z nami) „o nas”", "(z_nami) „o_nas”"),
        ("uchwała nr 14 z dnia 2 maja 2016 r.", "uchwała nr_14 z_dnia 2_maja 2016_r."),
        ("szkoła im. Janiny i ul. Polna", "szkoła im._Janiny i_ul._Polna"),
        ("szkoła im. ks. Jana", "szkoła im._ks._Jana"),
        ("prof. A. Nowak", "prof._A._Nowak"),
        ("animatorzy - osoby – i grupy", "animatorzy_- osoby_– i_grupy"),
        ("wóz we wsi", "wóz we wsi"),
    ],
)
def test_typeset_keeps_what_belongs_together(text: str, expected: str) -> None:
    assert typeset(text).replace(NBSP, "_") == expected


def test_plain_composes_letters_and_drops_what_cannot_be_seen() -> None:
    assert plain("  Z\u0307ary\u202e \u200b \x00nad\nNysa\u0328\u00ad ") == "Żary nad Nysą"


def test_typeset_changes_spaces_only() -> None:
    text = "Ośrodek w Ż. nr 7 – z dnia 3 maja 2020 r. i „Razem”"
    assert " ".join(typeset(text).split()) == text


@pytest.mark.parametrize(
    ("day", "language", "expected"),
    [
        (date(2016, 5, 12), "pl", "12 maja 2016 r."),
        (date(2021, 10, 1), "pl", "1 października 2021 r."),
        (date(2016, 5, 2), "en", "2 May 2016"),
    ],
)
def test_day_in_words(day: date, language: str, expected: str) -> None:
    assert day_in_words(day, language).replace(NBSP, " ") == expected

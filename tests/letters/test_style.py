"""What is told of a letter's words."""

import pytest

from certification.letters.style import stumbles


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (["Pracuje w w terenie."], "„w w”"),
        (["Ala ma kota i psa.", "Jan też ma kota i psa."], "„ma kota i psa”"),
        (["Zespół działa.", "Zespół rośnie."], "zaczynają się od „Zespół”"),
        (["Działania, a działania to działania."], "„Działania”"),
        (["Dwie  spacje."], "spacja"),
        (["Przed przecinkiem , nic."], "spacja"),
        (["Zostało {acronym}."], "nawias"),
    ],
)
def test_what_is_told(paragraphs: list[str], told: str) -> None:
    assert any(told in each for each in stumbles(paragraphs)), stumbles(paragraphs)


def test_a_good_text_passes() -> None:
    assert stumbles(["Zespół działa z mieszkańcami.", "To oni nadają ton spotkaniom."]) == []


def test_names_may_repeat() -> None:
    name = "Miejski Ośrodek Pomocy Społecznej w Mławie"
    texts = [f"Chwalimy za pomysły {name}.", f"Cieszy nas, że {name} rośnie."]
    assert stumbles(texts, names=[name]) == []
    assert stumbles(texts) != []


def test_a_longer_phrase_is_told_once() -> None:
    phrase = "jeden dwa trzy cztery pięć sześć"
    assert len(stumbles([f"A {phrase}.", f"B {phrase}."])) == 1

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.documents.fitting import NAME, fit, measure, printable
from certification.documents.typography import typeset
from certification.errors import CannotDo

WIDTH, HEIGHT = 610.0, 78.0
POLISH = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż" + "AĄBCĆDEĘFGHIJKLŁMNŃOÓPRSŚTUWYZŹŻ"


def test_fit_sets_a_short_name_in_one_large_line() -> None:
    fitted = fit("Biblioteka Publiczna", width=WIDTH, height=HEIGHT)
    assert (fitted.lines, fitted.size) == (("Biblioteka Publiczna",), 33)


def test_fit_breaks_before_a_preposition() -> None:
    name = typeset("Miejski Ośrodek Pomocy Społecznej w Stalowej Woli")
    lines = fit(name, width=WIDTH, height=HEIGHT).lines
    assert lines == ("Miejski Ośrodek Pomocy Społecznej", typeset("w Stalowej Woli"))


def test_fit_cuts_a_word_wider_than_the_line() -> None:
    fitted = fit("W" * 120, width=WIDTH, height=HEIGHT)
    assert "".join(fitted.lines) == "W" * 120
    assert len(fitted.lines) > 1


def test_fit_refuses_what_no_size_can_hold() -> None:
    with pytest.raises(CannotDo, match="…"):
        fit("Ośrodek Wsparcia " * 60, width=WIDTH, height=HEIGHT)


@given(st.lists(st.text(POLISH + "„”&.-", min_size=1, max_size=25), min_size=1, max_size=22))
def test_fit_never_leaves_its_box(words: list[str]) -> None:
    name = " ".join(words)
    fitted = fit(name, width=WIDTH, height=HEIGHT)
    assert "".join(fitted.lines).replace(" ", "") == name.replace(" ", "")
    assert fitted.height <= HEIGHT
    assert all(measure(line) * fitted.size <= WIDTH for line in fitted.lines)
    assert fitted.height == pytest.approx(len(fitted.lines) * fitted.size * NAME.leading)


def test_printable_holds_every_letter_of_polish_and_its_neighbours() -> None:
    wanted = POLISH + "0123456789„”«»’–—…§%&@/()[]\"'<>{}€°" + "ěščřžýáíéúůäöüßčšžėųåøñç"
    assert set(wanted) <= printable()

"""Folding letters: quick for Polish, right for everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.folding import fold

POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź, ul. Świętojańska", "lodz, ul. swietojanska"),
        (POLISH, "acelnoszzacelnoszz"),
        ("„Sąsiedzi – Razem”", "„sasiedzi – razem”"),
        ("Straße in Zürich", "strasse in zurich"),
        (" dwa\n\u00a0słowa\t", "dwa slowa"),
        ("z\u0301le \u202ei\x07 z\u0142o", "zle i zlo"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet=st.sampled_from(POLISH + "abzABZ 1-„"), max_size=20))
def test_quick_way_and_the_long_way_agree(text: str) -> None:
    longer = fold(f"{text} ü")  # one foreign letter: the long way
    assert longer.removesuffix("u").rstrip() == fold(text).rstrip()
    assert fold(fold(text)) == fold(text)

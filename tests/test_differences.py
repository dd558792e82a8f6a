"""What changed between two texts."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from certification.differences import Change, Segment, words

SAME, REMOVED, ADDED = Change.SAME, Change.REMOVED, Change.ADDED


def told(old: str, new: str) -> list[tuple[Change, str]]:
    return [(segment.change, segment.text) for segment in words(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("Plan jest gotowy.", "Plan jest gotowy.", [(SAME, "Plan jest gotowy.")]),
        ("", "Nowe", [(ADDED, "Nowe")]),
        ("Stare", "", [(REMOVED, "Stare")]),
        (
            "Plan jest gotowy.",
            "Plan był gotowy.",
            [(SAME, "Plan "), (REMOVED, "jest"), (ADDED, "był"), (SAME, " gotowy.")],
        ),
        ("Plan  jest\ngotowy", "Plan jest gotowy", [(SAME, "Plan jest gotowy")]),
        (
            "osoby starsze i chore są ważne",
            "dzieci i młodzież są ważne",
            [
                (REMOVED, "osoby starsze i chore"),
                (ADDED, "dzieci i młodzież"),
                (SAME, " są ważne"),
            ],
        ),
        ("Zażółć, gęślą", "Zażółć gęślą", [(SAME, "Zażółć"), (REMOVED, ","), (SAME, " gęślą")]),
    ],
)
def test_words(old: str, new: str, expected: list[tuple[Change, str]]) -> None:
    assert told(old, new) == expected


@given(st.text("ab c.\n", max_size=40), st.text("ab c.\n", max_size=40))
def test_both_texts_can_be_read_off(old: str, new: str) -> None:
    segments = words(old, new)
    assert "".join(s.text for s in segments if s.change != REMOVED) == new
    kept = "".join(s.text for s in segments if s.change != ADDED)
    assert "".join(kept.split()) == "".join(old.split())  # spaces are those of the new text


def test_long_texts_are_compared_by_lines() -> None:
    same = "słowo " * 6000 + "\n"
    assert told(f"{same}Plan jest gotowy", f"{same}Plan był gotowy") == [
        (SAME, same),
        (REMOVED, "Plan jest gotowy"),
        (ADDED, "Plan był gotowy"),
    ]


def test_component_says_it_in_words_too() -> None:
    segments = [Segment(SAME, "Plan "), Segment(REMOVED, "jest"), Segment(ADDED, "<był>")]
    with translation.override("pl"):
        html = render_to_string("components/difference.html", {"segments": segments, "lang": "pl"})
    hidden = '<span class="visually-hidden">'
    assert html.strip() == (
        '<span class="difference" lang="pl">Plan '
        f"<del>{hidden}[usunięto: </span>jest{hidden}]</span></del>"
        f"<ins>{hidden}[dodano: </span>&lt;był&gt;{hidden}]</span></ins></span>"
    )

"""Two people changed one text: joined where they do not touch, and no word of either dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.applications.merging import edits, joined, merged

BASE = "Prowadzimy dwie grupy wsparcia dla mieszkańców osiedla.\n\nDrugi akapit mówi o festynie."

words = st.lists(st.sampled_from(["Ala", "ma", "kota,", "psa.", "😀", "\n", "\n\n"]), max_size=12)
texts = words.map(" ".join)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("dwie", "trzy"), ("festynie", "jarmarku")),
        (("dwie", "trzy"), ("osiedla.", "osiedla i gminy.")),
        (("osiedla.", "osiedla. Od lat."), ("Drugi", "Nasz drugi")),
        (("Prowadzimy", "Od lat prowadzimy"), ("festynie.", "festynie.\n\n- plac\n- scena")),
        (("festynie.", "festynie. I dalej."), ("\n\nDrugi akapit", "\n\nI drugi akapit")),
    ],
)
def test_changes_that_do_not_touch_are_merged(mine, theirs):
    both = merged(BASE, BASE.replace(*mine), BASE.replace(*theirs))

    assert both == BASE.replace(*mine).replace(*theirs)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("dwie", "trzy"), ("dwie", "cztery")),
        (("dwie", "trzy"), ("grupy", "kluby")),  # a word apart: the sentence would say neither
        (("festynie.", "festynie. A."), ("festynie.", "festynie. B.")),
        (("festynie.", "festynie."), ("x", "x")),
    ],
)
def test_changes_that_touch_are_not(mine, theirs):
    result = merged(BASE, BASE.replace(*mine), BASE.replace(*theirs))

    assert result == (BASE if mine[0] == mine[1] else None)


def test_same_change_of_both_is_made_once():
    changed = BASE.replace("dwie", "trzy")

    assert merged(BASE, changed, changed) == changed


def test_one_deletes_where_the_other_writes():
    assert merged(BASE, BASE.split("\n\n")[0], BASE.replace("festynie", "jarmarku")) is None


def test_joined_holds_both_lines_where_they_touch():
    first, second = BASE.split("\n\n")

    both = joined(BASE, BASE.replace("dwie", "trzy"), BASE.replace("grupy", "kluby"))

    assert both == "\n\n".join(
        [first.replace("grupy", "kluby"), first.replace("dwie", "trzy"), second]
    )


def test_joined_without_a_common_beginning():
    assert joined("", "Moje słowa", "Ich słowa") == "Ich słowa\n\nMoje słowa"
    assert joined("", "Wspólne.\n\nMoje.", "Wspólne.\n\nIch.") == "Wspólne.\n\nIch.\n\nMoje."


def test_what_is_too_long_to_compare_is_left_to_people():
    long = " ".join(f"a{number}" for number in range(3_000))

    assert merged("", long, long.replace("a", "b")) is None
    assert {"a7", "b7"} <= set(joined("", long, long.replace("a", "b")).split())
    assert edits(long, long.replace("a", "b")) == [(0, len(long), long.replace("a", "b"))]


@given(texts, texts)
def test_who_changed_nothing_takes_the_other_text(base, other):
    assert merged(base, base, other) == merged(base, other, base) == other


@given(texts, texts, texts)
def test_no_new_word_is_dropped(base, mine, theirs):
    both = merged(base, mine, theirs)
    for text in (joined(base, mine, theirs), *([] if both is None else [both])):
        new = (set(mine.split()) | set(theirs.split())) - set(base.split())
        assert new <= set(text.split())


@given(texts, texts)
def test_edits_lead_from_one_text_to_the_other(old, new):
    units = old.encode("utf-16-le")
    for start, end, text in reversed(edits(old, new)):
        units = units[: 2 * start] + text.encode("utf-16-le") + units[2 * end :]
    assert units.decode("utf-16-le") == new

"""Whether a text is that of our document, page by page."""

import pytest

from certification.documents.recognition import (
    MOST_PAGES,
    Comparison,
    Likeness,
    PageDifference,
    compare,
)

SHA256 = "ab" * 32
FOOT = f"\nSHA-256 akt: {SHA256}"
OURS = [f"Prosimy o otwarcie procesu.{FOOT}", f"Oświadczamy prawdę.{FOOT}"]


def test_same_words_with_other_spaces() -> None:
    theirs = [page.replace(" ", "\u00a0\n ") for page in OURS]
    assert compare(OURS, theirs, sha256=SHA256) == Comparison(Likeness.REWRITTEN, 2, 2)


def test_other_words_are_told_by_page() -> None:
    theirs = [OURS[0], OURS[1].replace("prawdę", "nieprawdę")]
    found = compare(OURS, theirs, sha256=SHA256)
    assert (found.likeness, found.named, found.more) == (Likeness.DIFFERS, 2, 0)
    assert found.differences == (PageDifference(2, "prawdę", "nieprawdę"),)


def test_missing_and_added_pages() -> None:
    (missing,) = compare(OURS, OURS[:1], sha256=SHA256).differences
    assert (missing.number, missing.is_missing) == (2, True)
    (added,) = compare(OURS, [*OURS, "Dopisek"], sha256=SHA256).differences
    assert added == PageDifference(3, theirs="Dopisek", is_added=True)


def test_many_differences_are_only_counted() -> None:
    ours = [f"strona {number}{FOOT}" for number in range(MOST_PAGES + 3)]
    found = compare(ours, [page.upper() + FOOT for page in ours], sha256=SHA256)
    assert (len(found.differences), found.more) == (MOST_PAGES, 3)


def test_long_difference_is_cut() -> None:
    (found,) = compare(OURS[:1], ["słowo " * 500 + FOOT], sha256=SHA256).differences
    assert len(found.theirs) == 300


@pytest.mark.parametrize(
    ("theirs", "likeness"),
    [
        (["Zupełnie co innego."], Likeness.OTHER),
        (["", "  \n"], Likeness.PICTURE),
        ([], Likeness.PICTURE),
    ],
)
def test_what_is_not_ours(theirs: list[str], likeness: Likeness) -> None:
    assert compare(OURS, theirs, sha256=SHA256).likeness == likeness

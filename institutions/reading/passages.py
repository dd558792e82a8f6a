"""A passage that somebody quoted, found again in the text it comes from.

Compared without spaces, capitals and Polish signs: a browser puts the words of a table or of two
lines together in its own way. Where the words stand more than once, what stood around them says
which place is meant. Imports nothing of Django's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os.path import commonprefix

from institutions.reading.searching import folded

MAX_QUOTE = 1000  # characters
MAX_CONTEXT = 60  # characters kept on each side


@dataclass(frozen=True)
class Passage:
    """The words, and a little of what stood before and after them (may be empty)."""

    quote: str
    before: str = ""
    after: str = ""


def span_of(text: str, passage: Passage) -> tuple[int, int] | None:
    """Where in the text the passage begins and ends; None where it is not there."""
    plain, places = _solid(text)
    quote, before, after = (
        _solid(part)[0] for part in (passage.quote, passage.before, passage.after)
    )
    found = list(_occurrences(plain, quote))
    if not found:
        return None

    def alike(start: int) -> int:
        end = start + len(quote)
        return len(commonprefix([plain[:start][::-1], before[::-1]])) + len(
            commonprefix([plain[end : end + len(after)], after])
        )

    start = max(found, key=alike)
    return places[start], places[start + len(quote) - 1] + 1


def spans_in(texts: Sequence[str], passage: Passage) -> list[tuple[int, int] | None]:
    """The same in texts that follow one another: what of the passage stands in each of them."""
    span = span_of("\n".join(texts), passage)
    if span is None:
        return [None] * len(texts)
    found: list[tuple[int, int] | None] = []
    at = 0
    for text in texts:
        start, end = max(span[0] - at, 0), min(span[1] - at, len(text))
        found.append((start, end) if start < end else None)
        at += len(text) + 1
    return found


def _solid(text: str) -> tuple[str, list[int]]:
    """The folded letters without spaces, and the place each came from."""
    letters = [pair for pair in zip(*folded(text), strict=True) if pair[0] != " "]
    return "".join(letter for letter, _place in letters), [place for _letter, place in letters]


def _occurrences(plain: str, quote: str) -> Iterator[int]:
    at = plain.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = plain.find(quote, at + 1)

"""Is this PDF the very document that we made? And if it is not, where does it say otherwise?

Texts come in page by page, as a reader would copy them; which bytes they were read from, and
who signed them, others know.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from certification.differences import Change, words

MOST_PAGES = 5  # that are told apart word by word; the others are only counted
MOST_WORDS = 300  # characters of each side of a difference


class Likeness(StrEnum):
    """From the surest to the least."""

    SAME = "same"  # every byte
    SIGNED = "signed"  # our bytes, and after them nothing but signatures
    REWRITTEN = "rewritten"  # other bytes, the same words on the same pages
    ALTERED = "altered"  # our bytes, and after them something that is more than signing
    DIFFERS = "differs"  # other words
    OTHER = "other"  # nothing says that it is this document at all
    PICTURE = "picture"  # a scan: there are no words to compare
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class PageDifference:
    """What page `number` of ours says otherwise there. `is_missing`, `is_added`: all of it."""

    number: int
    ours: str = ""
    theirs: str = ""
    is_missing: bool = False
    is_added: bool = False


@dataclass(frozen=True)
class Comparison:
    """`named` of `pages` pages bear the SHA-256 that ours bear in their foot."""

    likeness: str
    pages: int = 0
    named: int = 0
    differences: tuple[PageDifference, ...] = ()
    more: int = 0  # pages that differ beyond those told


def compare(ours: list[str], theirs: list[str], *, sha256: str) -> Comparison:
    """Compare the words of each page. A document without any is a picture."""
    before, after = ([_plain(page) for page in pages] for pages in (ours, theirs))
    named = sum(sha256 in page for page in after)
    if not any(after):
        return Comparison(Likeness.PICTURE, len(after))
    if not named and before != after:
        return Comparison(Likeness.OTHER, len(after))
    differing = [
        (number, was, now)
        for number, (was, now) in enumerate(zip_longest(before, after), start=1)
        if was != now
    ]
    told = tuple(_difference(*each) for each in differing[:MOST_PAGES])
    likeness = Likeness.DIFFERS if differing else Likeness.REWRITTEN
    more = len(differing) - len(told)
    return Comparison(likeness, len(after), named, told, more)


def _plain(page: str) -> str:
    return " ".join(unicodedata.normalize("NFC", page).split())


def _difference(number: int, was: str | None, now: str | None) -> PageDifference:
    if was is None:
        return PageDifference(number, theirs=_short(now or ""), is_added=True)
    if now is None:
        return PageDifference(number, ours=_short(was), is_missing=True)
    segments = words(was, now)
    ours, theirs = (
        " … ".join(each.text.strip() for each in segments if each.change == change)
        for change in (Change.REMOVED, Change.ADDED)
    )
    return PageDifference(number, _short(ours), _short(theirs))


def _short(text: str) -> str:
    return text if len(text) <= MOST_WORDS else text[: MOST_WORDS - 1].rstrip() + "…"

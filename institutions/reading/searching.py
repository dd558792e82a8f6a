"""Words found in the pages of a document, Polish letters folded."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from certification.folding import fold

MAX_HITS = 100
MAX_WORDS = 8
# A word divided between two lines, or where it may be: hyphen, soft hyphen, PDFium's own mark.
DIVIDED = re.compile("[\u2010\ufffe](?:\r\n?|\n)|[\u00ad\ufffe](?:\r\n?|\n)?")
_AROUND = 70  # characters on each side of what was found


@dataclass(frozen=True)
class Hit:
    """`snippet` is text in pieces, each with whether it is what was looked for."""

    page: int
    title: str
    snippet: list[tuple[str, bool]]


@dataclass
class Found:
    """At most MAX_HITS pages that hold every word, in their order, each with its first place."""

    hits: list[Hit] = field(default_factory=list)
    has_more: bool = False
    has_text: bool = False
    searched: int = 0  # pages
    is_cut: bool = False  # the end was not searched


def words_of(typed: str) -> list[str]:
    return fold(typed).split()[:MAX_WORDS]


def folded(text: str) -> tuple[str, list[int]]:
    """The text as `fold` makes it, and for each of its letters the place it came from."""
    letters: list[str] = []
    places: list[int] = []
    divided = {place for match in DIVIDED.finditer(text) for place in range(*match.span())}
    for place, letter in enumerate(text):
        if place in divided:
            continue
        plain = _plain(letter)
        if plain == " " and letters[-1:] == [" "]:
            continue
        letters += plain
        places += [place] * len(plain)
    return "".join(letters), places


def _held(text: str, words: list[str]) -> list[str]:
    """Those of the words that are in the text; asked quickly, since most are in few texts."""
    plain = fold(DIVIDED.sub("", text))
    return [word for word in words if word in plain]


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    return " " if letter.isspace() else fold(letter)


def marks(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where any of the words stand in `text`: the whole phrase where it is there, else each."""
    if not _held(text, words):
        return []
    plain, places = folded(text)
    phrase = " ".join(words)
    found = _occurrences(plain, [phrase] if phrase in plain else words)
    return [(places[start], places[end - 1] + 1) for start, end in found]


def spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """As `marks`, but [] unless every word is there."""
    return marks(text, words) if words and len(_held(text, words)) == len(words) else []


def _occurrences(plain: str, words: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for word in words:
        start = plain.find(word)
        while start >= 0 and len(found) < 1000:
            found.append((start, start + len(word)))
            start = plain.find(word, start + len(word))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def pieces(text: str, marked: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text cut into what is marked and what is not."""
    cut, at = [], 0
    for start, end in marked:
        cut += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(piece, mark) for piece, mark in [*cut, (text[at:], False)] if piece]


def snippet(text: str, marked: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A line or two around the first place, beginning and ending with whole words."""
    first = max(marked[0][0] - _AROUND, 0)
    last = min(marked[0][1] + _AROUND, len(text))
    if first:
        first += max(text[first : marked[0][0]].find(" "), 0)
    if last < len(text):
        last = max(text.rfind(" ", marked[0][1], last), marked[0][1])
    inside = [(start - first, end - first) for start, end in marked if end <= last]
    shown = pieces(text[first:last], inside)
    before = [("…", False)] if first else []
    return before + shown + ([("…", False)] if last < len(text) else [])


def find(pages: Iterable[tuple[str, str]], typed: str) -> Found:
    """Look through (title, text) of each page; stops at MAX_HITS."""
    words = words_of(typed)
    found = Found()
    for number, (title, text) in enumerate(pages, start=1):
        found.searched = number
        found.has_text = found.has_text or bool(text.strip())
        marked = spans(text, words)
        if marked and len(found.hits) == MAX_HITS:
            found.has_more = True
            break
        if marked:
            found.hits.append(Hit(number, title, snippet(text, marked)))
    return found

"""Two people changed one text: their changes joined, where they do not touch.

A three-way merge word by word (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007).
The libraries that do it work by lines, or may only be used under the GPL.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

NEAR = 3  # changes with fewer common words than that between them touch

LONG = 2_000  # words and spaces between the first change and the last: more are not compared

_WORDS = re.compile(r"\n|[^\S\n]+|\S+")
_LINES = re.compile(r"\n|[^\n]+")


class Part(NamedTuple):
    """A stretch of the three texts, between words that all of them share."""

    base: list[str]
    mine: list[str]
    theirs: list[str]

    @property
    def is_clash(self) -> bool:
        return self.base not in (self.mine, self.theirs) and self.mine != self.theirs

    @property
    def changed(self) -> list[str]:
        return self.theirs if self.mine == self.base else self.mine


class Edit(NamedTuple):
    """`text` in the place of what stands from `start` to `end`, counted as JavaScript does."""

    start: int
    end: int
    text: str


def merged(base: str, mine: str, theirs: str) -> str | None:
    """One text with the changes of both, or None where they touch. No new word is dropped."""
    parts = list(_parts(_WORDS, base, mine, theirs))
    if any(part.is_clash for part in parts):
        return None
    return "".join(token for part in parts for token in part.changed)


def joined(base: str, mine: str, theirs: str) -> str:
    """One text that holds all that either wrote: of lines both changed, theirs and then mine."""
    return "".join(
        _both(part) if part.is_clash else "".join(part.changed)
        for part in _parts(_LINES, base, mine, theirs)
    )


def edits(old: str, new: str) -> list[Edit]:
    """What turns the old text into the new one, in order, each by its place in the old one."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    places = [0]
    for token in before:
        places.append(places[-1] + len(token.encode("utf-16-le")) // 2)
    found, a, b = [], 0, 0
    for start, other, size in [*_matches(before, after), (len(before), len(after), 0)]:
        if (a, b) != (start, other):
            found.append(Edit(places[a], places[start], "".join(after[b:other])))
        a, b = start + size, other + size
    return found


def _parts(token: re.Pattern[str], base: str, mine: str, theirs: str) -> Iterator[Part]:
    texts = [token.findall(text) for text in (base, mine, theirs)]
    at = [0, 0, 0]
    for *places, size in _anchors(*texts):
        yield Part(*(text[a:b] for text, a, b in zip(texts, at, places, strict=True)))
        common = texts[0][places[0] : places[0] + size]
        yield Part(common, common, common)
        at = [place + size for place in places]


def _anchors(
    base: list[str], mine: list[str], theirs: list[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Where a run of words stands in each of the three, and how long it is; at last the ends."""
    ours, others = _matches(base, mine), _matches(base, theirs)
    while ours and others:
        (a, in_mine, size), (b, in_theirs, length) = ours[0], others[0]
        start, end = max(a, b), min(a + size, b + length)
        if start < end and _parts_them(base[start:end]):
            yield start, in_mine + start - a, in_theirs + start - b, end - start
        (ours if a + size < b + length else others).pop(0)
    yield len(base), len(mine), len(theirs), 0


def _parts_them(run: list[str]) -> bool:
    return "\n" in run or sum(not token.isspace() for token in run) >= NEAR


def _matches(one: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """The runs common to both: place in the one, place in the other, length."""
    head, tail = _common(one, other)
    ends = len(one) - tail, len(other) - tail
    changed, into = one[head : ends[0]], other[head : ends[1]]
    too_long = max(len(changed), len(into)) > LONG  # a matcher takes the square of it
    found = [] if too_long else SequenceMatcher(None, changed, into).get_matching_blocks()
    blocks = [(a + head, b + head, size) for a, b, size in found]
    return [block for block in [(0, 0, head), *blocks, (*ends, tail)] if block[2]]


def _common(one: list[str], other: list[str]) -> tuple[int, int]:
    """How many words both begin with, and how many of the rest both end with."""
    shorter, head, tail = min(len(one), len(other)), 0, 0
    while head < shorter and one[head] == other[head]:
        head += 1
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return head, tail


def _both(clash: Part) -> str:
    head, _tail = _common(clash.mine, clash.theirs)
    theirs, mine = "".join(clash.theirs[head:]), "".join(clash.mine[head:])
    both = "\n\n".join(text for text in (theirs.rstrip(), mine.strip()) if text)
    end = "\n" * (len(mine) - len(mine.rstrip("\n")))
    return "".join(clash.mine[:head]) + both + end

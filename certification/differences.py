"""What changed between two texts, word by word.

    segments = words("Plan jest gotowy.", "Plan był gotowy.")

Shown with `components/difference.html`, which says the same to the eye and to a screen reader.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
BY_WORDS = 60_000  # characters of both texts; longer ones would take seconds


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Segment:
    """A run of words that stayed, went or came; the ones that stayed and came make the new text."""

    change: Change
    text: str


def words(old: str, new: str) -> list[Segment]:
    """The way from the old text to the new one; what went stands before what came instead.

    Space between words does not count as a difference. A single short word between two changes
    goes with them, as the eye would rather read one long change than two with a crumb between.
    Texts of more than BY_WORDS characters together are compared line by line.
    """
    unit = _TOKEN if len(old) + len(new) <= BY_WORDS else _LINE
    before, after = unit.findall(old), unit.findall(new)
    matcher = SequenceMatcher(None, [_key(t) for t in before], [_key(t) for t in after])
    steps = [
        (tag == "equal", "".join(before[a:b]), "".join(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    return list(_segments(_without_crumbs(steps)))


def _key(token: str) -> str:
    return " " if token.isspace() else token


def _without_crumbs(steps: list[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    last = len(steps) - 1
    return [
        (is_same and not (0 < place < last and len(now.strip()) < 4), was, now)
        for place, (is_same, was, now) in enumerate(steps)
    ]


def _segments(steps: list[tuple[bool, str, str]]) -> Iterator[Segment]:
    for is_same, run in groupby(steps, key=lambda step: step[0]):
        parts = list(run)
        was = "".join(before for _same, before, _after in parts)
        now = "".join(after for _same, _before, after in parts)
        if is_same:
            yield Segment(Change.SAME, now)
            continue
        if was:
            yield Segment(Change.REMOVED, was)
        if now:
            yield from _added(now)


def _added(text: str) -> Iterator[Segment]:
    """What came; the space before it shows as space, not as a change."""
    words_alone = text.lstrip()
    if space := text[: len(text) - len(words_alone)]:
        yield Segment(Change.SAME, space)
    if words_alone:
        yield Segment(Change.ADDED, words_alone)

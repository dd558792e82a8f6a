"""The period as printed, from a pattern: „na lata {od}–{do}”."""

import re
from collections.abc import Callable
from datetime import date

from certification.documents.typography import day_in_words

# What may stand in braces, and what it prints of the first and the last day.
SLOTS: dict[str, Callable[[date, date], str]] = {
    "od": lambda begins, ends: str(begins.year),
    "do": lambda begins, ends: str(ends.year),
    "od_dnia": lambda begins, ends: day_in_words(begins),
    "do_dnia": lambda begins, ends: day_in_words(ends),
}
_BRACED = re.compile(r"\{([^{}]*)\}")


def label_for(pattern: str, begins: date, ends: date) -> str:
    """The pattern with its slots filled; what is no slot stays as it was typed."""

    def filled(match: re.Match[str]) -> str:
        slot = SLOTS.get(match[1])
        return slot(begins, ends) if slot else match[0]

    return _BRACED.sub(filled, pattern)


def strangers(pattern: str) -> list[str]:
    """What stands in braces and is no slot, or a brace left alone."""
    alone = re.findall(r"[{}]", _BRACED.sub("", pattern))
    return [f"{{{name}}}" for name in _BRACED.findall(pattern) if name not in SLOTS] + alone

"""Words that the Polish dictionary of hunspell does not know, with what it would write.

Hunspell and its dictionary are optional (Debian: hunspell, hunspell-pl). Where they are not
installed, or do not answer in time, there are no hints, and nothing is said of it.
"""

import re
import shutil
import subprocess  # noqa: S404
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

DICTIONARY = "pl_PL"
SECONDS = 5  # reading the dictionary takes half a second
MOST = 3  # suggestions shown
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNKNOWN = re.compile(r"^[&#?] (?P<word>\S+)[^:]*(?:: (?P<others>.*))?$")


@dataclass(frozen=True)
class Misspelt:
    word: str
    suggestions: tuple[str, ...]


def misspelt(texts: Iterable[str], *, known: Iterable[str]) -> list[list[Misspelt]]:
    """For each text its words that look wrong; words of `known` texts (names) are right."""
    right = {word.casefold() for text in known for word in _WORD.findall(text)}
    words_of = [
        [word for word in dict.fromkeys(_WORD.findall(text)) if word.casefold() not in right]
        for text in texts
    ]
    unknown = _unknown(tuple(sorted({word for words in words_of for word in words})))
    return [[unknown[word] for word in words if word in unknown] for words in words_of]


@lru_cache(maxsize=64)
def _unknown(words: tuple[str, ...]) -> dict[str, Misspelt]:
    program = shutil.which("hunspell")
    if not program or not words:
        return {}
    # a caret: the line is text, whatever it begins with
    asked = "".join(f"^{word}\n" for word in words)
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, asked for words alone
            [program, "-a", "-i", "utf-8", "-d", DICTIONARY],
            input=asked.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    if done.returncode != 0:
        return {}
    answers = map(_UNKNOWN.match, done.stdout.decode("utf-8", "replace").splitlines())
    return {
        match["word"]: Misspelt(match["word"], _first(match["others"]))
        for match in answers
        if match
    }


def _first(others: str | None) -> tuple[str, ...]:
    return tuple((others or "").split(", ")[:MOST]) if others else ()

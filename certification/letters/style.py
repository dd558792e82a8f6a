"""What a careful reader would stumble over in a letter: told, never forbidden.

doubled words         „w w”
repeated phrases      RUN words in a row that stand in two places
overused words        a long word MANY times in one paragraph
same beginnings       two paragraphs in a row that begin alike
stray marks           double spaces, a space before a comma, braces
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from certification.finding import fold

RUN = 4  # words: shorter phrases repeat in any text about the same thing
LONG, MANY = 6, 3  # letters of a word that is noticed, and how often
_WORD = re.compile(r"\w+")
_STRAY = re.compile(r"  | [,.;:!?]|[{}]")


def stumbles(paragraphs: Sequence[str], *, names: Iterable[str] = ()) -> list[str]:
    """Each as a sentence that quotes the words. `names` may repeat as often as they like."""
    bare = [_without(names, paragraph) for paragraph in paragraphs]
    found = [
        *_doubled(bare),
        *_repeated(bare),
        *_overused(bare),
        *_same_beginnings(bare),
        *_stray(paragraphs),
    ]
    return list(dict.fromkeys(found))


def _without(names: Iterable[str], text: str) -> list[list[str]]:
    """The words between the names, in stretches: no phrase reaches over a name."""
    longest_first = sorted({name for name in names if name}, key=len, reverse=True)
    if longest_first:
        text = re.sub("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in longest_first), "\n", text)
    return [_WORD.findall(part) for part in text.split("\n")]


def _doubled(paragraphs: list[list[list[str]]]) -> Iterator[str]:
    for stretch in _stretches(paragraphs):
        for word, following in zip(stretch, stretch[1:], strict=False):
            if fold(word) == fold(following) and not word.isdigit():
                yield _("The same word stands twice in a row: “%(words)s”.") % {
                    "words": f"{word} {following}"
                }


def _repeated(paragraphs: list[list[list[str]]]) -> Iterator[str]:
    seen: dict[tuple[str, ...], tuple[int, int]] = {}
    last_end = (-1, -1)
    for number, stretch in enumerate(_stretches(paragraphs)):
        folded = [fold(word) for word in stretch]
        for at in range(len(folded) - RUN + 1):
            run = tuple(folded[at : at + RUN])
            if run in seen and (number, at) > last_end:
                yield _("This phrase stands in two places: “%(words)s”.") % {
                    "words": " ".join(stretch[at : at + RUN])
                }
                last_end = (number, at + RUN - 1)
            seen.setdefault(run, (number, at))


def _overused(paragraphs: list[list[list[str]]]) -> Iterator[str]:
    for paragraph in paragraphs:
        words = [word for stretch in paragraph for word in stretch if len(word) >= LONG]
        for folded, count in Counter(map(fold, words)).items():
            if count >= MANY:
                word = next(word for word in words if fold(word) == folded)
                yield _("One paragraph says “%(word)s” %(count)s times.") % {
                    "word": word,
                    "count": count,
                }


def _same_beginnings(paragraphs: list[list[list[str]]]) -> Iterator[str]:
    firsts = [next((stretch[0] for stretch in each if stretch), "") for each in paragraphs]
    for first, following in zip(firsts, firsts[1:], strict=False):
        if len(first) > 1 and fold(first) == fold(following):
            yield _("Two paragraphs in a row begin with “%(word)s”.") % {"word": first}


def _stray(paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        for match in _STRAY.finditer(paragraph):
            around = paragraph[max(0, match.start() - 12) : match.end() + 12]
            yield _("A double space, a space before a comma, or a brace: “…%(words)s…”.") % {
                "words": around.strip()
            }


def _stretches(paragraphs: list[list[list[str]]]) -> Iterator[list[str]]:
    for paragraph in paragraphs:
        yield from paragraph

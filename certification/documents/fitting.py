"""How large a holder's name can be set, and where its lines break.

The name is measured with the advance widths of the very font it is printed in, so a name of
two hundred letters fits as surely as one of ten.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from certification.errors import CannotDo

from .fonts import FACES, FALLBACKS, FOLDER
from .typography import NBSP

SIZES = range(33, 11, -1)  # points
LEADING = 1.16
# A line that begins with one of these reads well.
OPENERS = frozenset({"w", "we", "im.", "z", "ze", "dla", "na", "przy", "nr", "i", "–", "-"})


@dataclass(frozen=True)
class Fitted:
    """A text set in lines of one size; `height` in points."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


def fit(text: str, *, width: float, height: float) -> Fitted:
    """Set `text` as large as the box (in points) allows; CannotDo when it is too small."""
    for size in SIZES:
        room = width / size
        for count in range(1, int(height / (size * LEADING)) + 1):
            lines = _break(_words(text, room), count, room)
            if lines:
                return Fitted(tuple(lines), size)
    raise CannotDo(
        _("“%(name)s…” is too long to print on a certificate. Shorten the name.")
        % {"name": text[:60]}
    )


@cache
def _advances(file: str = "EBGaramond-Medium.ttf") -> dict[int, float]:
    """How far each character moves on, in ems."""
    font = TTFont(FOLDER / file)
    em = font["head"].unitsPerEm
    return {code: font["hmtx"][glyph][0] / em for code, glyph in font.getBestCmap().items()}


@cache
def printable() -> frozenset[str]:
    """The characters that every upright print font has."""
    upright = [set(_advances(file)) for _family, _weight, style, file in FACES if style == "normal"]
    return frozenset(map(chr, set.intersection(*upright)))


@cache
def replaceable() -> frozenset[str]:
    """The characters that have a letter where the fallback may stand in."""
    italic = [set(_advances(file)) for _family, _weight, style, file in FACES if style == "italic"]
    others = [set(_advances(file)) for *_face, file in FALLBACKS]
    return printable() & set(map(chr, *italic)) | set(map(chr, set().union(*others)))


def measure(text: str) -> float:
    """The width of a line in ems, with a hundredth to spare."""
    advances = _advances()
    return 1.01 * sum(advances.get(ord(character), 1.0) for character in text)


def _words(text: str, room: float) -> list[str]:
    """The words of the text; one that is wider than a line is cut."""
    words: list[str] = []
    for word in text.split(" "):
        while measure(word) > room:
            cut = max(1, int(len(word) * room / measure(word)) - 1)
            words.append(word[:cut])
            word = word[cut:]
        words.append(word)
    return words


def _break(words: list[str], count: int, room: float) -> list[str] | None:
    """The most even way to set the words in `count` lines of `room` ems, if there is one."""
    widths = [measure(word) for word in words]
    space = measure(" ")
    ideal = (sum(widths) + space * (len(words) - count)) / count
    # best[i] = (cost, where the last line begins) for the first i words, line by line
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for _line in range(count):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in best.items():
            line = -space
            for end in range(start + 1, len(words) + 1):
                line += widths[end - 1] + space
                if line > room:
                    break
                total = cost + (line - ideal) ** 2 + _awkwardness(words, end, ideal)
                if end not in following or total < following[end][0]:
                    following[end] = (total, (*cuts, end))
        best = following
    if len(words) not in best:
        return None
    return [" ".join(words[a:b]) for a, b in pairwise(best[len(words)][1])]


def _awkwardness(words: list[str], end: int, ideal: float) -> float:
    """What it costs to break before the word at `end`: less before „w”, „im.”, „nr”."""
    if end == len(words) or words[end].split(NBSP)[0] in OPENERS:
        return 0.0
    return (0.55 * ideal) ** 2

"""How large a text can be set in its box, and where its lines break.

Texts are measured with the advance widths of the very font they are printed in, so a name of
two hundred letters fits as surely as one of ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from certification.errors import CannotDo

from .fonts import FACES, FALLBACKS, FOLDER
from .typography import NBSP

# A line that begins with one of these reads well.
OPENERS = frozenset({"w", "we", "im.", "z", "ze", "dla", "na", "przy", "nr", "i", "–", "-"})


@dataclass(frozen=True)
class Face:
    """A font with the leading its lines get and the space added after each letter, in ems."""

    file: str
    leading: float
    tracking: float = 0.0


NAME = Face("EBGaramond-Medium.ttf", 1.16)
SIZES = tuple(range(33, 11, -1))  # points


@dataclass(frozen=True)
class Fitted:
    """A text set in lines of one size; `size` and `height` in points."""

    lines: tuple[str, ...]
    size: float
    leading: float = NAME.leading

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * self.leading


def fit(
    text: str, *, width: float, height: float, face: Face = NAME, sizes: Sequence[float] = SIZES
) -> Fitted:
    """Set `text` as large as the box (in points) allows; CannotDo when it is too small.

    Lines that were typed stay lines, and each of them breaks by itself.
    """
    fitted = fit_or_none(text, width=width, height=height, face=face, sizes=sizes)
    if fitted is None:
        raise CannotDo(
            _("“%(text)s…” is too long to print on a certificate. Shorten it.")
            % {"text": text[:60]}
        )
    return fitted


def fit_or_none(
    text: str, *, width: float, height: float, face: Face = NAME, sizes: Sequence[float] = SIZES
) -> Fitted | None:
    """As `fit`, for a text that may be tried in another box."""
    for size in sizes:
        most = int(height / (size * face.leading) + 1e-6)
        lines: list[str] = []
        for typed in text.split("\n"):
            more = _set(typed, most - len(lines), width / size, face)
            if more is None:
                break
            lines += more
        else:
            return Fitted(tuple(lines), size, face.leading)
    return None


def down(largest: float, smallest: float, step: float = 0.5) -> tuple[float, ...]:
    """Sizes of type to try, the largest first."""
    return tuple(largest - step * n for n in range(round((largest - smallest) / step) + 1))


def _set(text: str, most: int, room: float, face: Face) -> list[str] | None:
    """In as few lines as there can be, at most so many; None where they do not hold it."""
    words = _words(text, room, face)
    widths = [measure(word, face) for word in words]
    for count in range(1, most + 1):
        lines = _break(words, widths, count, room, measure(" ", face))
        if lines:
            return lines
    return None


@cache
def _advances(file: str) -> dict[int, float]:
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


def measure(text: str, face: Face = NAME) -> float:
    """The width of a line in ems, with a hundredth to spare."""
    advances = _advances(face.file)
    width = sum(advances.get(ord(character), 1.0) for character in text)
    return 1.01 * width + face.tracking * len(text)


def _words(text: str, room: float, face: Face) -> list[str]:
    """The words of the text; one that is wider than a line is cut."""
    words: list[str] = []
    for word in text.split(" "):
        while measure(word, face) > room:
            cut = max(1, int(len(word) * room / measure(word, face)) - 1)
            words.append(word[:cut])
            word = word[cut:]
        words.append(word)
    return words


def _break(
    words: list[str], widths: list[float], count: int, room: float, space: float
) -> list[str] | None:
    """The most even way to set the words in `count` lines of `room` ems, if there is one."""
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

"""Words into lines: as many as fit, ragged at the right, no word hyphenated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .faces import Face, Word, face

# Inside a word, a line may end behind a hyphen, a dash or a slash between letters (UAX 14).
ENDS_INSIDE = re.compile(r"(?<=\w[-–—/])(?=[^\W\d])")

LONGEST = 400  # letters that are tried in one line; none holds as many


@dataclass(frozen=True)
class Style:
    """How a text is set; sizes in points, `colour` as `#rrggbb`."""

    file: str
    size: float
    leading: float
    colour: str = "#000000"
    tracking: float = 0.0
    small_caps: bool = False

    @property
    def face(self) -> Face:
        return face(self.file)

    @property
    def baseline(self) -> float:
        """How far below the top of its line the letters stand."""
        height = self.face.ascent + self.face.descent
        return self.leading / 2 + self.size * (self.face.ascent - height / 2)


@dataclass(frozen=True)
class Line:
    """Words and the spaces between them; one at the end parts it from the next line."""

    words: tuple[Word, ...]
    width: float  # points, without the space at its end

    @property
    def shown(self) -> str:
        """What `TJ` shows."""
        return "".join(word.shown for word in self.words)


def line_of(text: str, style: Style) -> Line:
    """The text in one line, however long."""
    word = style.face.shaped(text, style.small_caps)
    return Line((word,), word.width * style.size + style.tracking * len(text))


def lines_of(texts: Sequence[str], style: Style) -> list[Line]:
    """Lines that were broken before; a space parts each from what follows."""
    lines = (line_of(text, style) for text in texts)
    return [Line((*line.words, style.face.space), line.width) for line in lines]


def broken(text: str, style: Style, room: float) -> list[Line]:
    """The text in lines of at most `room` points."""
    space = style.face.space
    most = room / style.size
    lines: list[Line] = []
    words: list[Word] = []
    width = 0.0
    for piece, spaced in _pieces(text, style.face, most):
        gap = space.width if spaced and words else 0.0
        if words and width + gap + piece.width > most:
            lines.append(Line((*words, space) if spaced else tuple(words), width * style.size))
            words, width, gap = [], 0.0, 0.0
        if gap:
            words.append(space)
        words.append(piece)
        width += gap + piece.width
    return [*lines, Line(tuple(words), width * style.size)]


def _pieces(text: str, face: Face, most: float) -> list[tuple[Word, bool]]:
    """What a line cannot end inside of, each with whether a space is before it."""
    pieces: list[tuple[Word, bool]] = []
    for word in text.split(" "):
        spaced = True
        for piece in ENDS_INSIDE.split(word):
            for part in _cut(piece, face, most):
                pieces.append((part, spaced))
                spaced = False
    return pieces


def _cut(piece: str, face: Face, most: float) -> list[Word]:
    """One word; more where it is wider than a whole line."""
    words: list[Word] = []
    while piece:
        end = min(len(piece), LONGEST)
        while (word := face.shaped(piece[:end])).width > most and end > 1:
            end = max(1, min(end - 1, int(end * most / word.width)))
        words.append(word)
        piece = piece[end:]
    return words

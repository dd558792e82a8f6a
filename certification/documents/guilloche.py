"""Fine line ornament drawn from a document's number: the same number, the same lines.

A guilloche is a family of curves that differ by nothing but their phase. Which waves they add
up to is read from a hash of the number, within bounds that keep every outcome quiet; so no two
certificates bear quite the same border, and none needs a picture to be stored. Lengths are
millimetres, y grows downwards. One period is written out as a `Pen.piece` and placed again
and again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import pi
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .drawing import Pen

Numbers = NDArray[np.floating[Any]]
TURN = 2 * pi


class Chance:
    """Choices that a text makes: a hash of it, taken byte by byte."""

    def __init__(self, text: str) -> None:
        self._bytes = iter(hashlib.shake_256(text.encode()).digest(64))

    def one_of(self, choices: Sequence[int]) -> int:
        return choices[next(self._bytes) % len(choices)]

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * next(self._bytes) / 255


def period(steps: int) -> Numbers:
    """Angles of one turn in so many steps, with one more at either end to guide the curve."""
    return np.arange(-1, steps + 2) * (TURN / steps)


@dataclass(frozen=True)
class Braid:
    """Strands that cross one another, each a sheaf of lines that gathers and spreads.

    One turn is one cell, from crossing to crossing, and reads the same from either end, so that
    cells may be stretched around a corner. `spread` is the half width of a sheaf, of 1;
    `gather` how much of that changes on the way, `beats` times; `third` flattens the wave.
    """

    strands: int
    lines: int
    spread: float
    gather: float
    beats: int
    third: float

    @classmethod
    def of(cls, chance: Chance) -> "Braid":
        strands = chance.one_of((2, 2, 3))
        return cls(
            strands=strands,
            lines=chance.one_of((7, 8, 9)),
            spread=chance.between(0.24, 0.36),
            gather=chance.between(-0.34, 0.34),
            beats=chance.one_of((1, 2)),
            third=chance.between(-0.06, 0.14),
        )

    def heights(self, turn: Numbers) -> list[Numbers]:
        """Each line over the angles, between -1 and 1."""
        sheaf = 1 - abs(self.gather) + self.gather * np.cos(self.beats * turn)
        found: list[Numbers] = []
        for strand in range(self.strands):
            phase = (turn + TURN * strand) / self.strands
            middle = (np.sin(phase) + self.third * np.sin(3 * phase)) / (1 + abs(self.third))
            for line in range(self.lines):
                place = self.spread * (2 * line / (self.lines - 1) - 1)
                found.append((1 - self.spread) * middle + place * sheaf)
        return found


@dataclass(frozen=True)
class Weave:
    """One wave drawn many times with its phase moved on, in an envelope with a waist."""

    lines: int
    waves: float
    waist: float

    @classmethod
    def of(cls, chance: Chance) -> "Weave":
        return cls(
            lines=chance.one_of((12, 14, 16)),
            waves=chance.one_of((1, 2)) / 2,
            waist=chance.between(-0.32, 0.32),
        )

    def heights(self, turn: Numbers) -> list[Numbers]:
        """Each line over the angles, between -1 and 1; one turn is one cell."""
        envelope = 1 - abs(self.waist) + self.waist * np.cos(turn)
        return [
            envelope * np.sin(self.waves * turn + TURN * line / self.lines)
            for line in range(self.lines)
        ]


@dataclass(frozen=True)
class Rosette:
    """A ring of petals: the radius swings, and a quicker, smaller swing rides on it."""

    petals: int
    lines: int
    ripple: int
    depth: float

    @classmethod
    def of(cls, chance: Chance, petals: Sequence[int], lines: int) -> "Rosette":
        return cls(
            petals=chance.one_of(petals),
            lines=lines,
            ripple=chance.one_of((2, 3)),
            depth=chance.between(0.1, 0.3),
        )

    def draw(self, pen: Pen, inner: float, outer: float, width: float) -> None:
        """Around the origin, one petal after another."""
        turn = period(12)
        middle, swing = (inner + outer) / 2, (outer - inner) / 2
        angle = turn / self.petals
        curves = []
        for line in range(self.lines):
            phase = turn + TURN * line / self.lines
            wave = (1 - self.depth) * np.cos(phase) + self.depth * np.cos(self.ripple * phase)
            radius = middle + swing * wave
            curves.append(np.column_stack((radius * np.cos(angle), radius * np.sin(angle))))
        piece = pen.piece(curves, width)
        for petal in range(self.petals):
            pen.again(piece, turn=TURN * petal / self.petals)


def straight(
    heights: Sequence[Numbers], turn: Numbers, length: float, half: float
) -> list[Numbers]:
    """Lines of a band along the x axis, one period from 0 to `length`."""
    return [np.column_stack((length * turn / TURN, -half * height)) for height in heights]


def bent(heights: Sequence[Numbers], turn: Numbers, radius: float, half: float) -> list[Numbers]:
    """The same lines around a quarter of a circle: one period from its top to its right."""
    angle = turn / 4 - pi / 2
    around = [radius + half * height for height in heights]
    return [np.column_stack((r * np.cos(angle), r * np.sin(angle))) for r in around]

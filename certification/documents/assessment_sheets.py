"""What the print room gets of an assessment: one assessor's card, or the consolidated one.

Everything is plain text. Who wrote what and who may read it was settled before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .sheets import Letterhead


@dataclass(frozen=True)
class OpinionSheet:
    """How one assessor rated one criterion; `who` is empty on the assessor's own card. `places`
    tells, line by line, where in the evidence the numbers in the texts point.
    """

    level: str = ""
    strengths: str = ""
    weaknesses: str = ""
    question: str = ""
    who: str = ""
    places: str = ""

    def texts(self) -> tuple[str, ...]:
        return self.strengths, self.weaknesses, self.question


@dataclass(frozen=True)
class JudgedCriterion:
    """`agreed` and `reason` are of the consolidated card alone."""

    code: str
    text: str
    opinions: tuple[OpinionSheet, ...]
    agreed: str = ""
    reason: str = ""


@dataclass(frozen=True)
class JudgedStandard:
    code: str
    name: str
    criteria: tuple[JudgedCriterion, ...]
    outcome: str = ""


@dataclass(frozen=True)
class JudgedArea:
    code: str
    name: str
    standards: tuple[JudgedStandard, ...]


@dataclass(frozen=True)
class AssessmentSheet:
    """A card. `facts` are pairs for the first page, `remarks` pairs (who, overall remarks);
    `levels` are the names of the scale in their order, `descriptors` pairs of such a name and
    what it means. One that may still change `is_draft`.
    """

    title: str
    institution: str
    case: str
    day: date
    facts: tuple[tuple[str, str], ...]
    levels: tuple[str, ...]
    areas: tuple[JudgedArea, ...]
    issuer: Letterhead
    descriptors: tuple[tuple[str, str], ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    is_draft: bool = False

    def standards(self) -> Iterator[JudgedStandard]:
        for area in self.areas:
            yield from area.standards

    def criteria(self) -> Iterator[JudgedCriterion]:
        for standard in self.standards():
            yield from standard.criteria

    def length(self) -> int:
        """Characters of all that people wrote."""
        written = [text for _who, text in self.remarks]
        for criterion in self.criteria():
            written.append(criterion.reason)
            for opinion in criterion.opinions:
                written += opinion.texts()
        return sum(map(len, written))

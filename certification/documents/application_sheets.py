"""What an application prints: the written request and the report (regulation, points 2 and 3).

Answers are Markdown, as people wrote them; everything else is plain text. Nothing here can
change later, and nothing knows where it came from: a frozen dossier, or a draft.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from .sheets import Letterhead


@dataclass(frozen=True)
class Applicant:
    """The institution as both papers name it; `numbers` are pairs such as ("NIP", "…")."""

    name: str
    kind: str = ""
    town: str = ""
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Source:
    """What the paper was made of. Without a SHA-256 it is a draft, and says so on every page."""

    standards: str
    day: date
    case: str = ""  # the case's number
    dossier: int = 0
    sha256: str = ""
    issuer: Letterhead = field(default_factory=lambda: Letterhead(""))

    @property
    def is_draft(self) -> bool:
        return not self.sha256


@dataclass(frozen=True)
class CitedPiece:
    """One piece of evidence where an answer cites it; `key` says which pieces are the same."""

    key: str
    title: str
    form: str
    place: str = ""  # "s. 4", "12:30"
    name: str = ""  # of the file, or the address of a page
    revision: int = 1
    size: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class CriterionSheet:
    code: str
    text: str
    rating: str = ""
    answer: str = ""  # Markdown
    evidence: tuple[CitedPiece, ...] = ()
    confirmed: str = ""  # by whom and when, of an answer that was taken over


@dataclass(frozen=True)
class StandardSheet:
    code: str
    name: str
    criteria: tuple[CriterionSheet, ...]


@dataclass(frozen=True)
class AreaSheet:
    code: str
    name: str
    standards: tuple[StandardSheet, ...]


@dataclass(frozen=True)
class ReportSheet:
    """The report: every standard with its criteria. `ratings` are the levels in their order."""

    applicant: Applicant
    source: Source
    areas: tuple[AreaSheet, ...]
    ratings: tuple[str, ...] = ()

    def standards(self) -> Iterator[StandardSheet]:
        for area in self.areas:
            yield from area.standards

    def criteria(self) -> Iterator[CriterionSheet]:
        for standard in self.standards():
            yield from standard.criteria

    def length(self) -> int:
        """Characters of all answers."""
        return sum(len(criterion.answer) for criterion in self.criteria())


@dataclass(frozen=True)
class RequestSheet:
    """The written request that opens the process, with room to sign."""

    applicant: Applicant
    source: Source
    place: str = ""
    declarations: tuple[str, ...] = ()
    criteria: int = 0
    evidence: int = 0

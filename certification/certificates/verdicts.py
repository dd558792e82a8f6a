"""What is told of a document that somebody checks, and which kinds of documents there are.

Certificates are known here. Letters belong to a higher layer, which this one may not import:
their app registers its kind when it starts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.formats import date_format


class Shown(Enum):
    """What a person showed: a number may be guessed, a code or a file only be held."""

    NUMBER = "number"
    CODE = "code"
    FILE = "document__sha256"


@dataclass(frozen=True)
class Verdict:
    """The answer in words; `tone` and `icon` only repeat them.

    `stands` says whether the document may be relied on today; `replaced_by` is the number of
    the one that took its place. `template` shows what must stand on the paper.
    """

    headline: str
    text: str
    tone: str
    icon: str
    document: Any = None
    stands: bool = False
    replaced_by: str = ""
    template: str = ""

    @property
    def number(self) -> str:
        return self.document.number if self.document else ""


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document that carries a number and a code, and whose file may be checked.

    `find(**{shown.value: text})` gives the row or None, `tell(row, day, shown)` the verdict.
    `files(day)` gives (SHA-256, facts) of all; the facts name by `status` one of the
    `blank_verdicts`, whose [blanks] the other facts fill in. `state_of_files` differs
    whenever `files` would.
    """

    series: tuple[str, ...]
    find: Callable[..., Any]
    tell: Callable[[Any, date, Shown], Verdict]
    blank_verdicts: Callable[[], dict[str, Verdict]]
    files: Callable[[date], Iterator[tuple[str, dict[str, str]]]]
    state_of_files: Callable[[], str]


_kinds: list[DocumentKind] = []


def register(kind: DocumentKind, *, first: bool = False) -> None:
    """`first` is asked before the others: a number without its letters is most likely of it."""
    _kinds.insert(0 if first else len(_kinds), kind)


def document_kinds() -> list[DocumentKind]:
    return _kinds


def in_words(day: date) -> str:
    return str(date_format(day, "j E Y"))

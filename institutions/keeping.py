"""Why a revision stays, said by the layers that point at it.

A revision may be deleted while no row points at it; foreign keys see to that. Which rows point,
and what a person can do about it, is known to higher layers. They register it when they start,
since this one may not import them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet

from institutions.models import EvidenceRevision, User


@dataclass(frozen=True)
class Reason:
    """Something that points at a revision: what it is in words, and where to see it.

    One that is not `binding` does not keep the revision: it goes with it.
    """

    text: str
    url: str = ""
    binding: bool = True


class Finder(Protocol):
    """Finds what points at any of these revisions, told so that `user` may read it."""

    def __call__(self, revisions: Sequence[EvidenceRevision], *, user: User) -> list[Reason]: ...


class LetGo(Protocol):
    """Removes what points at the revisions without binding them, and journals it; part of the
    transaction in which they are deleted.
    """

    def __call__(self, revisions: Sequence[EvidenceRevision], *, by: User) -> None: ...


_pointers: list[Callable[[], "QuerySet"]] = []
_finders: list[Finder] = []
_let_go: list[LetGo] = []


def register(
    *, pointers: Callable[[], "QuerySet"], reasons: Finder, let_go: LetGo | None = None
) -> None:
    """Register rows that point at revisions: `pointers` gives those, each with a `revision`."""
    _pointers.append(pointers)
    _finders.append(reasons)
    if let_go:
        _let_go.append(let_go)


def in_use() -> Q:
    """Evidence with a version that something points at."""
    ours = {"revision__evidence": OuterRef("pk")}
    return reduce(or_, (Q(Exists(rows().filter(**ours))) for rows in _pointers), Q(pk__in=[]))


def reasons(revisions: Sequence[EvidenceRevision], *, user: User) -> list[Reason]:
    """Everything that points at any of the revisions, in the order of the layers."""
    return [reason for finder in _finders for reason in finder(revisions, user=user)]


def let_go(revisions: Sequence[EvidenceRevision], *, by: User) -> None:
    for callback in _let_go:
        callback(revisions, by=by)

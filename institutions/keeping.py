"""Why a revision stays, said by the layers that point at it.

A revision may be deleted while no row points at it; foreign keys see to that. Which rows point,
and what a person can do about it, is known to higher layers. They register it when they start,
since this one may not import them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Protocol

from django.db.models import Q, QuerySet

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


class Pointers(Protocol):
    """Rows with a `revision` they point at, all those of these institutions' libraries."""

    def __call__(self, *, libraries: Iterable[int]) -> "QuerySet": ...


_pointers: list[Pointers] = []
_finders: list[Finder] = []
_let_go: list[LetGo] = []


def register(*, pointers: Pointers, reasons: Finder, let_go: LetGo | None = None) -> None:
    """Register rows that point at revisions."""
    _pointers.append(pointers)
    _finders.append(reasons)
    if let_go:
        _let_go.append(let_go)


def in_use(libraries: Iterable[int]) -> Q:
    """Evidence of these institutions with a version that something points at."""
    return reduce(or_, (Q(pk__in=used) for used in _used(libraries)), Q(pk__in=[]))


def used_among(evidence: Iterable[int], libraries: Iterable[int]) -> set[int]:
    """Those of these pieces of evidence that `in_use` would find."""
    used = [found.filter(revision__evidence__in=evidence) for found in _used(libraries)]
    return {pk for (pk,) in used[0].union(*used[1:])} if used else set()


def _used(libraries: Iterable[int]) -> "list[QuerySet]":
    return [
        rows(libraries=libraries).order_by().values_list("revision__evidence") for rows in _pointers
    ]


def reasons(revisions: Sequence[EvidenceRevision], *, user: User) -> list[Reason]:
    """Everything that points at any of the revisions, in the order of the layers."""
    return [reason for finder in _finders for reason in finder(revisions, user=user)]


def let_go(revisions: Sequence[EvidenceRevision], *, by: User) -> None:
    for callback in _let_go:
        callback(revisions, by=by)

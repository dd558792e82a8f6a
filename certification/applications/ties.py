"""What ties a person to an institution, so that its cases are closed to them.

They belong or belonged to it, are employed there or in its municipality, or have helped it:
whoever added evidence to its library, wrote to colleagues there or to the office on its side, is
listed among its people or not. Layers above register what help they know of.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Substr

from institutions.models import EmployeeList, EvidenceRevision, Institution, User
from institutions.models.employee_list import GMINA

from .models import Comment

HELPED = "helped"  # where a municipality would stand


@dataclass(frozen=True)
class Tie:
    """Rows of help; `person` and `institution` are the paths to who helped whom."""

    rows: "Callable[[], QuerySet[Any]]"
    person: str
    institution: str


_ties: list[Tie] = []


def register(tie: Tie) -> None:
    _ties.append(tie)


def register_own() -> None:
    """Evidence of its library, and what was written to colleagues there."""
    register(Tie(EvidenceRevision.objects.all, "added_by", "evidence__institution"))
    register(Tie(Comment.objects.all, "written_by", "application__institution"))


def tied_institutions(user: User) -> frozenset[int]:
    """Keys of the institutions whose cases are closed to the person.

    Their own, of today or ever, with its units and its parent; one that lists them as employed, in
    the same circle; those of a municipality that does; and those they helped. No name closes a
    case, only an address. Read once for a user object, as their roles are: of most people by one
    query.
    """
    known: dict[str, frozenset[int]] = user.remembered
    if "ties" not in known:
        known["ties"] = _read(user)
    return known["ties"]


def _read(user: User) -> frozenset[int]:
    employed = EmployeeList.objects.naming(user).order_by()
    rows = employed.values_list("institution", "municipality").union(
        *(_helped_by(user, tie).values_list(tie.institution, Value(HELPED)) for tie in _ties)
    )
    own, towns, helped_ones = set(user.institution_ids_ever), set(), set()
    for institution, how in rows:
        if how == HELPED:
            helped_ones.add(institution)
        elif how:
            towns.add(how)
        else:
            own.add(institution)
    return frozenset(helped_ones | _around(own, towns))


def _helped_by(user: User, tie: Tie) -> "QuerySet[Any]":
    return tie.rows().order_by().filter(**{tie.person: user.pk})


def _around(own: set[int], towns: set[str]) -> set[int]:
    """These with their units and their parents, and all of these municipalities."""
    if not (own or towns):
        return set()
    near = Q(pk__in=own) | Q(parent__in=own) | Q(units__in=own) | Q(gmina__in=towns)
    all_ = Institution.objects.annotate(gmina=Substr("teryt", 1, GMINA)).order_by()
    return set(all_.filter(near).values_list("pk", flat=True))


def helped(people: Iterable[User], institutions: Iterable[Institution]) -> set[tuple[int, int]]:
    """Pairs of keys, person and institution: who helped which of these. One query."""
    users, listed = [each.pk for each in people], [each.pk for each in institutions]
    pairs = [
        tie.rows()
        .order_by()
        .filter(**{f"{tie.person}__in": users, f"{tie.institution}__in": listed})
        .values_list(tie.person, tie.institution)
        for tie in _ties
    ]
    return set(pairs[0].union(*pairs[1:])) if pairs else set()

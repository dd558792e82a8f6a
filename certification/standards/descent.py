"""How the criteria of one edition come from those of an earlier one.

    lineage = trace(old_set, new_set)
    for criterion in lineage.new:
        lineage.kind_of(criterion), lineage.parents[criterion.pk]
    lineage.dropped

`predecessors` and `dropped` give the two halves alone. The lines that people drew are `Descent`
rows between an edition and the one it follows; over several editions they are followed one
after another. An old criterion that no line mentions is taken to stay where the new edition has
one of the same code and text that no line mentions either. These signatures are relied upon by
the applications (renewal, moving a draft).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Criterion, Descent, StandardSet


class Kind(models.TextChoices):
    """What happened to a criterion on its way into the new edition."""

    SAME = "same", _("unchanged")
    CHANGED = "changed", _("new wording")
    SPLIT = "split", _("part of a split one")
    MERGED = "merged", _("merged of several")
    NEW = "new", _("new")
    DROPPED = "dropped", _("dropped")

    @property
    def tone(self) -> str:
        """Of its badge."""
        return {"same": "neutral", "new": "success", "dropped": "danger"}.get(self.value, "info")


@dataclass(frozen=True)
class Lineage:
    """`old` and `new` criteria, each in its order; `parents` by the key of every new one."""

    old: list[Criterion]
    new: list[Criterion]
    parents: dict[int, list[Criterion]]

    @cached_property
    def children(self) -> dict[int, list[Criterion]]:
        """The new criteria by the key of every old one; an empty list where it is dropped."""
        found: dict[int, list[Criterion]] = {criterion.pk: [] for criterion in self.old}
        for criterion in self.new:
            for parent in self.parents[criterion.pk]:
                found[parent.pk].append(criterion)
        return found

    @property
    def dropped(self) -> list[Criterion]:
        return [criterion for criterion in self.old if not self.children[criterion.pk]]

    def kind_of(self, criterion: Criterion) -> Kind:
        """The kind of a criterion of the new edition, or DROPPED of one that is left out."""
        parents = self.parents.get(criterion.pk)
        if parents is None:
            return Kind.DROPPED
        if not parents:
            return Kind.NEW
        if len(parents) > 1:
            return Kind.MERGED
        if len(self.children[parents[0].pk]) > 1:
            return Kind.SPLIT
        return Kind.SAME if is_same_text(parents[0], criterion) else Kind.CHANGED


def trace(old_set: StandardSet, new_set: StandardSet) -> Lineage:
    """Follow every criterion of `new_set` back into `old_set`.

    Between published editions nothing can change any more (the database refuses it), so each
    process follows them once. Many threads then read the same objects: nobody writes to them.
    """
    if old_set.published_at is None or new_set.published_at is None:
        return _trace(old_set, new_set)
    return _trace_once(old_set, new_set, (old_set.published_at, new_set.published_at))


@lru_cache(maxsize=32)
def _trace_once(
    old_set: StandardSet, new_set: StandardSet, published_at: tuple[datetime, datetime]
) -> Lineage:
    """Keep what can never change again. The last argument is there to tell keys apart."""
    return _trace(old_set, new_set)


def _trace(old_set: StandardSet, new_set: StandardSet) -> Lineage:
    path = _path(old_set, new_set)
    criteria = [_criteria(each) for each in path]
    parents = {pk: [pk] for pk in criteria[0]}
    for number, (newer, older) in enumerate(zip(path, path[1:], strict=False)):
        step = _step(older, newer, criteria[number + 1], criteria[number])
        parents = {pk: [old for via in found for old in step[via]] for pk, found in parents.items()}
    old, new = criteria[-1], criteria[0]
    return Lineage(
        old=list(old.values()),
        new=list(new.values()),
        parents={pk: [old[each] for each in old if each in found] for pk, found in parents.items()},
    )


def predecessors(old_set: StandardSet, new_set: StandardSet) -> dict[int, list[Criterion]]:
    """The old criteria each criterion of `new_set` comes from, by its key; none for a new one."""
    return trace(old_set, new_set).parents


def dropped(old_set: StandardSet, new_set: StandardSet) -> list[Criterion]:
    """The criteria of `old_set` that nothing in `new_set` comes from."""
    return trace(old_set, new_set).dropped


def undecided(standard_set: StandardSet) -> list[Criterion]:
    """The old criteria of which a draft does not say yet what becomes of them."""
    if standard_set.follows is None:
        return []
    decided = set(standard_set.descents.filter(new=None).values_list("old", flat=True))
    lineage = trace(standard_set.follows, standard_set)
    return [old for old in lineage.dropped if old.pk not in decided]


def is_same_text(one: Criterion, other: Criterion) -> bool:
    """Do they ask the same? The Polish wording is the one that binds."""
    return one.text_pl.split() == other.text_pl.split()


def _path(old_set: StandardSet, new_set: StandardSet) -> list[StandardSet]:
    """The editions from the new one back to the old one; just the two where none leads there."""
    path = [new_set]
    while path[-1] != old_set:
        before = path[-1].follows
        if before is None:
            return [new_set, old_set]
        path.append(before)
    return path


def _criteria(standard_set: StandardSet) -> dict[int, Criterion]:
    found = Criterion.objects.of_set(standard_set).select_related("standard__area").in_order()
    return {criterion.pk: criterion for criterion in found}


def _step(
    older: StandardSet, newer: StandardSet, old: dict[int, Criterion], new: dict[int, Criterion]
) -> dict[int, list[int]]:
    """The keys of `old` behind each key of `new`, one edition apart."""
    lines = Descent.objects.filter(standard_set=newer, old__standard__area__standard_set=older)
    drawn = list(lines.values_list("old", "new"))
    parents: dict[int, list[int]] = {pk: [] for pk in new}
    for parent, child in drawn:
        if child is not None:
            parents[child].append(parent)
    decided = {parent for parent, _child in drawn}
    free = {_signature(each): pk for pk, each in new.items() if not parents[pk]}
    for pk, criterion in old.items():
        heir = None if pk in decided else free.get(_signature(criterion))
        if heir is not None:
            parents[heir].append(pk)
    return parents


def _signature(criterion: Criterion) -> tuple[str, str]:
    return criterion.code, " ".join(criterion.text_pl.split())

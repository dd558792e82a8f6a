"""Areas, standards and criteria of a draft: added, edited, moved, removed."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from certification.audit.services import record
from certification.standards.models import Area, Criterion, Descent, Standard, StandardSet
from certification.standards.states import Verb

from .locking import Part, fresh, lock_draft

PARENT: dict[type[models.Model], str] = {
    Area: "standard_set",
    Standard: "area",
    Criterion: "standard",
}


@transaction.atomic
def add_part(
    model: type[Area] | type[Standard] | type[Criterion],
    *,
    within: StandardSet | Area | Standard,
    by: Any,
    values: dict[str, Any],
) -> Part:
    """Add an area to an edition, a standard to an area or a criterion to a standard, at the end."""
    lock_draft(within if isinstance(within, StandardSet) else within.standard_set, Verb.ADD)
    part: Any = model(**{PARENT[model]: within})
    part.position = _last(_siblings(part)) + 1
    _write(part, values)
    _note(Verb.ADD, part, by=by)
    return part  # type: ignore[no-any-return]


@transaction.atomic
def edit_part(part: Part, *, by: Any, values: dict[str, Any], expected_version: int) -> Part:
    """Save a part; one that was given to another parent stands last there."""
    lock_draft(part.standard_set, Verb.EDIT)
    row: Any = part
    current = fresh(row, Verb.EDIT, expected_version=expected_version)
    parent = PARENT[type(current)]
    if parent in values and values[parent] != getattr(current, parent):
        setattr(current, parent, values[parent])
        current.position = _last(_siblings(current)) + 1
    current.version += 1
    _write(current, values)
    _note(Verb.EDIT, current, by=by)
    return current  # type: ignore[no-any-return]


@transaction.atomic
def move_part(part: Part, *, by: Any, up: bool) -> Part:
    """Change places with the one above or below; at the edge nothing moves."""
    lock_draft(part.standard_set, Verb.MOVE)
    current: Any = fresh(part, Verb.MOVE)
    rows = list(_siblings(current).order_by("position"))
    place = rows.index(current)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, 1):
        row.position = position
    type(part)._default_manager.bulk_update(rows, ["position"])
    _note(Verb.MOVE, part, by=by)
    return part


@transaction.atomic
def remove_part(part: Part, *, by: Any) -> StandardSet:
    """Remove a part with what is in it. What only it came from is dropped knowingly."""
    draft = lock_draft(part.standard_set, Verb.REMOVE)
    fresh(part, Verb.REMOVE)
    orphans = orphaned_by(part)
    _note(Verb.REMOVE, part, by=by)
    part.delete()
    drop_rows(draft, orphans)
    return draft


def orphaned_by(part: Part) -> list[Criterion]:
    """The criteria of the edition before that nothing would come from without this part."""
    going = criteria_in(part)
    parents = Descent.objects.filter(new__in=going).values("old")
    others = Descent.objects.filter(standard_set=part.standard_set, new__isnull=False)
    kept = others.exclude(new__in=going).values("old")
    return list(Criterion.objects.filter(pk__in=parents).exclude(pk__in=kept).in_order())


def criteria_in(part: Part) -> models.QuerySet[Criterion]:
    """The criteria that a part holds, or is."""
    path = {Area: "standard__area", Standard: "standard", Criterion: "pk"}[type(part)]
    return Criterion.objects.filter(**{path: part.pk})


def drop_rows(draft: StandardSet, olds: Iterable[Criterion]) -> None:
    Descent.objects.bulk_create(Descent(standard_set=draft, old=old) for old in olds)


def _siblings(part: Any) -> models.QuerySet[Any]:
    parent = PARENT[type(part)]
    return type(part)._default_manager.filter(**{parent: getattr(part, parent)})


def _last(rows: models.QuerySet[Any]) -> int:
    return int(rows.aggregate(last=models.Max("position"))["last"] or 0)


def _write(part: Any, values: dict[str, Any]) -> None:
    links = {field.name for field in type(part)._meta.many_to_many}
    for field, value in values.items():
        if field not in links:
            setattr(part, field, value)
    part.save()
    for field in links & values.keys():
        getattr(part, field).set(values[field])


def _note(verb: Verb, part: Part, *, by: Any) -> None:
    record(verb, part.standard_set, by=by, what=part._meta.model_name or "", code=part.code)

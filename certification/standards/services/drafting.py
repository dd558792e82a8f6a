"""Beginning a draft edition, its head, scale and sources, and giving it up."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import (
    Area,
    Criterion,
    RatingLevel,
    Source,
    Standard,
    StandardSet,
)
from certification.standards.reading import read
from certification.standards.states import Verb
from certification.standards.writing import to_data

from .importing import write
from .lines import keep_what_stayed
from .locking import fresh, lock_draft


@transaction.atomic
def start_edition(
    base: StandardSet, *, by: Any, code: str, edition: str, name_pl: str, name_en: str = ""
) -> StandardSet:
    """Copy an edition as a draft. Of a published one every criterion comes from its own original;
    a copied draft keeps the lines it has."""
    if StandardSet.objects.filter(code=code).exists():
        raise CannotDo(_("There is an edition “%(code)s” already.") % {"code": code})
    data = to_data(base)
    data["set"] |= {"code": code, "edition": edition, "pl": name_pl, "en": name_en}
    if base.is_published:
        data["set"]["follows"] = base.code
        data.pop("dropped", None)
        for criterion in _criteria(data):
            criterion["from"] = [criterion["id"]]
    draft, _criteria_written = write(read(data))
    record(Verb.DRAFT, draft, by=by, code=code, base=base.code)
    return draft


def _criteria(data: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for area in data["areas"]:
        for standard in area["standards"]:
            yield from standard["criteria"]


@transaction.atomic
def edit_head(
    standard_set: StandardSet, *, by: Any, values: dict[str, Any], expected_version: int
) -> StandardSet:
    """Save what the edition is called and which one it follows.

    Following another one draws the lines anew: those between equal criteria, no others.
    """
    lock_draft(standard_set, Verb.EDIT)
    head = fresh(standard_set, Verb.EDIT, expected_version=expected_version)
    moved = "follows" in values and values["follows"] != head.follows
    _save_head(head, by=by, what="head", **values)
    if moved:
        head.descents.all().delete()
        keep_what_stayed(head)
    return head


@transaction.atomic
def edit_scale(
    standard_set: StandardSet,
    *,
    by: Any,
    met_from: int,
    levels: list[dict[str, Any]],
    expected_version: int,
) -> StandardSet:
    """Replace the rating levels (each the fields of a `RatingLevel`), and say which one is met."""
    lock_draft(standard_set, Verb.EDIT)
    head = fresh(standard_set, Verb.EDIT, expected_version=expected_version)
    if met_from not in {level["value"] for level in levels}:
        raise CannotDo(_("The level that counts as met is not on the scale."))
    head.levels.all().delete()
    RatingLevel.objects.bulk_create(RatingLevel(standard_set=head, **level) for level in levels)
    _save_head(head, by=by, what="scale", met_from=met_from)
    return head


@transaction.atomic
def edit_rule(
    standard_set: StandardSet, *, by: Any, values: dict[str, Any], expected_version: int
) -> StandardSet:
    """Save by which rule a standard is met (see `outcome_rule`)."""
    lock_draft(standard_set, Verb.EDIT)
    head = fresh(standard_set, Verb.EDIT, expected_version=expected_version)
    _save_head(head, by=by, what="rule", **values)
    return head


@transaction.atomic
def edit_sources(
    standard_set: StandardSet, *, by: Any, sources: list[dict[str, Any]], expected_version: int
) -> StandardSet:
    """Replace the list of sources; one whose code stays keeps what points at it."""
    lock_draft(standard_set, Verb.EDIT)
    head = fresh(standard_set, Verb.EDIT, expected_version=expected_version)
    Source.objects.bulk_create(
        (Source(standard_set=head, **source) for source in sources),
        update_conflicts=True,
        unique_fields=["standard_set", "code"],
        update_fields=["address", "kind"],
    )
    head.sources.exclude(code__in=[source["code"] for source in sources]).delete()
    _save_head(head, by=by, what="sources")
    return head


def _save_head(head: StandardSet, *, by: Any, what: str, **values: Any) -> None:
    for field, value in values.items():
        setattr(head, field, value)
    head.version += 1
    head.save()
    record(Verb.EDIT, head, by=by, what=what, code=head.code)


@transaction.atomic
def renumber(standard_set: StandardSet, *, by: Any) -> StandardSet:
    """Give codes by place: areas A, B …, standards A1, A2 …, criteria A1.1, A1.2 …"""
    draft = lock_draft(standard_set, Verb.RENUMBER)
    areas: list[Area] = []
    standards: list[Standard] = []
    criteria: list[Criterion] = []
    for number, area in enumerate(draft.areas.with_contents()):
        area.code = _letter(number)
        areas.append(area)
        for place, standard in enumerate(area.standards.all(), 1):
            standard.code = f"{area.code}{place}"
            standards.append(standard)
            for last, criterion in enumerate(standard.criteria.all(), 1):
                criterion.code = f"{standard.code}.{last}"
                criteria.append(criterion)
    for rows in (areas, standards, criteria):
        _give_codes(rows)
    record(Verb.RENUMBER, draft, by=by, code=draft.code)
    return draft


def _letter(number: int) -> str:
    before, place = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + place)


def _give_codes(rows: list[Any]) -> None:
    """In two steps, as two rows may change places and a code stands once at any time."""
    if not rows:
        return
    model: type[models.Model] = type(rows[0])
    final = {row.pk: row.code for row in rows}
    for number, row in enumerate(rows):
        row.code = f"~{number}"
    model._default_manager.bulk_update(rows, ["code"])
    for row in rows:
        row.code, row.version = final[row.pk], row.version + 1
    model._default_manager.bulk_update(rows, ["code", "version"])


@transaction.atomic
def discard_draft(standard_set: StandardSet, *, by: Any) -> None:
    """Delete a draft with everything in it."""
    draft = lock_draft(standard_set, Verb.DISCARD)
    record(Verb.DISCARD, draft, by=by, code=draft.code, edition=draft.edition)
    draft.delete()

"""Loading a catalogue file as a draft."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import (
    Area,
    Criterion,
    EvidenceType,
    InstitutionKind,
    RatingLevel,
    Source,
    Standard,
    StandardSet,
)
from certification.standards.reading import EVERY_KIND, read
from certification.standards.records import BadCatalogue, Catalogue, Item
from certification.standards.states import State, Verb

from .lines import draw_lines, edition_before


@transaction.atomic
def import_standards(data: Any, *, by: Any = None) -> StandardSet:
    """Load the data of a catalogue file as a draft set; one that is there already is replaced.

    Kinds of institution and of evidence are shared by all sets: those a published set uses keep
    their wording. Raises BadCatalogue with every problem found, or CannotDo when the set is
    published. `by` is None when the system itself loads it.
    """
    standard_set, criteria = write(read(data))
    record(Verb.IMPORT, standard_set, by=by, code=standard_set.code, criteria=criteria)
    return standard_set


def write(catalogue: Catalogue) -> tuple[StandardSet, int]:
    """Write a catalogue as a draft, inside the transaction of a verb; counts its criteria."""
    standard_set = _draft(catalogue)
    kinds = _keep_words(InstitutionKind, catalogue.kinds, _kinds_in_use())
    types = _keep_words(EvidenceType, catalogue.evidence_types, _types_in_use())
    sources = _write_scale_and_sources(standard_set, catalogue)
    criteria = _write_areas(standard_set, catalogue, kinds=kinds, types=types, sources=sources)
    draw_lines(standard_set, catalogue, criteria)
    return standard_set, len(criteria)


def _draft(catalogue: Catalogue) -> StandardSet:
    """The row of the set, emptied of what an earlier import put in."""
    code = catalogue.head.code
    found = StandardSet.objects.select_for_update().filter(code=code).first()
    if found and found.state == State.PUBLISHED:
        raise CannotDo(
            _(
                "The set “%(code)s” is published and cannot be changed any more. "
                "Give the file another code and edition, and import it as a new set."
            )
            % {"code": code}
        )
    standard_set = found or StandardSet(code=code)
    for field, value in {
        "name_pl": catalogue.head.pl,
        "name_en": catalogue.head.en,
        "edition": catalogue.edition,
        "note_pl": catalogue.note.pl,
        "note_en": catalogue.note.en,
        "validity_years": catalogue.validity_years,
        "met_from": catalogue.met_from,
        "rule_kind": catalogue.rule.kind,
        "mean_from": catalogue.rule.mean_from,
        "met_percent": catalogue.rule.met_percent,
        "exemplary_percent": catalogue.rule.exemplary_percent,
        "follows": edition_before(catalogue),
        "version": (found.version if found else 0) + 1,
    }.items():
        setattr(standard_set, field, value)
    _check([standard_set], place="set")
    standard_set.save()
    standard_set.descents.all().delete()
    standard_set.areas.all().delete()
    standard_set.levels.all().delete()
    standard_set.sources.all().delete()
    return standard_set


def _kinds_in_use() -> set[str]:
    used = Standard.objects.filter(area__standard_set__state=State.PUBLISHED)
    return set(used.exclude(applies_to=None).values_list("applies_to__code", flat=True))


def _types_in_use() -> set[str]:
    return set(EvidenceType.objects.of_published().values_list("code", flat=True))


def _keep_words(
    model: type[InstitutionKind] | type[EvidenceType], items: Sequence[Item], in_use: set[str]
) -> dict[str, int]:
    """Add or reword the shared words; gives the ids of all words by code."""
    rows: list[Any] = []
    for position, item in enumerate(items):
        row = model(code=item.code, name_pl=item.pl, name_en=item.en, position=position)
        if isinstance(row, EvidenceType):
            row.sourced = item.sourced
        rows.append(row)
    _check(rows, place=model._meta.model_name or "")
    changed = ["name_pl", "name_en", "position"] + ["sourced"] * (model is EvidenceType)
    manager: models.Manager[Any] = model._default_manager
    manager.bulk_create(
        [row for row in rows if row.code not in in_use],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=changed,
    )
    return dict(manager.values_list("code", "pk"))


def _write_scale_and_sources(standard_set: StandardSet, catalogue: Catalogue) -> dict[str, int]:
    """The rating levels, and the sources; gives the sources' ids by code."""
    _create(
        RatingLevel(
            standard_set=standard_set,
            value=level.value,
            **_names(level),
            descriptor_pl=level.descriptor_pl,
            descriptor_en=level.descriptor_en,
        )
        for level in catalogue.levels
    )
    sources = _create(
        Source(
            standard_set=standard_set,
            code=code,
            address=address,
            kind=catalogue.source_kinds.get(code, ""),
        )
        for code, address in catalogue.sources.items()
    )
    return {source.code: source.pk for source in sources}


def _write_areas(
    standard_set: StandardSet,
    catalogue: Catalogue,
    *,
    kinds: dict[str, int],
    types: dict[str, int],
    sources: dict[str, int],
) -> list[Criterion]:
    """Areas, standards and criteria with all they point at; gives the criteria."""
    areas = _create(
        Area(standard_set=standard_set, code=each.code, **_names(each), position=position)
        for position, each in enumerate(catalogue.areas, 1)
    )
    standard_items = [each for area in catalogue.areas for each in area.inside]
    standards = _create(
        Standard(
            area=area,
            code=each.code,
            **_names(each),
            position=position,
            sourced=each.sourced,
            applies_to_all=EVERY_KIND in each.refers["applies_to"] or not each.refers["applies_to"],
        )
        for area, item in zip(areas, catalogue.areas, strict=True)
        for position, each in enumerate(item.inside, 1)
    )
    criterion_items = [each for standard in standard_items for each in standard.inside]
    criteria = _create(
        Criterion(
            standard=standard,
            code=each.code,
            text_pl=each.pl,
            text_en=each.en,
            position=position,
            sourced=each.sourced,
            guidance_pl=each.guidance_pl,
            guidance_en=each.guidance_en,
            word_limit=each.word_limit,
            weight=each.weight,
            is_required=each.is_required,
        )
        for standard, item in zip(standards, standard_items, strict=True)
        for position, each in enumerate(item.inside, 1)
    )
    _link(Standard.applies_to.through, standards, standard_items, "applies_to", kinds)
    _link(Standard.appears_in.through, standards, standard_items, "appears_in", sources)
    _link(Criterion.sources.through, criteria, criterion_items, "sources", sources)
    _link(Criterion.evidence_types.through, criteria, criterion_items, "evidence", types)
    return criteria


def _names(item: Item) -> dict[str, str]:
    return {"name_pl": item.pl, "name_en": item.en}


def _link(
    through: type[models.Model],
    rows: Sequence[models.Model],
    items: Sequence[Item],
    word: str,
    targets: dict[str, int],
) -> None:
    """Write a many-to-many table in one statement; "all kinds" is a flag and no link."""
    source_field, target_field = (
        field.attname for field in through._meta.fields if isinstance(field, models.ForeignKey)
    )
    through._default_manager.bulk_create(
        through(**{source_field: row.pk, target_field: targets[code]})
        for row, item in zip(rows, items, strict=True)
        for code in dict.fromkeys(item.refers[word])
        if code != EVERY_KIND
    )


def _create(rows: Iterable[Any]) -> list[Any]:
    rows = list(rows)
    if not rows:
        return []
    _check(rows, place=rows[0]._meta.model_name)
    created: list[Any] = type(rows[0])._default_manager.bulk_create(rows)
    return created


def _check(rows: Iterable[models.Model], *, place: str) -> None:
    """Length and form of every value, which a bulk insert would not look at."""
    problems = []
    for row in rows:
        try:
            row.clean_fields(exclude={f.name for f in row._meta.fields if f.is_relation or f.null})
        except ValidationError as error:
            name = getattr(row, "code", None) or str(row)
            problems += [
                f"{place} › {name} › {field}: {' '.join(messages)}"
                for field, messages in error.message_dict.items()
            ]
    if problems:
        raise BadCatalogue(problems)

"""Writes an edition as a catalogue file, which imports again as it was."""

from collections.abc import Iterable
from typing import Any

import yaml

from .descent import trace
from .models import Criterion, Descent, EvidenceType, InstitutionKind, Source, StandardSet
from .models.contents import WORD_LIMIT
from .models.edition import RatingLevel
from .reading import EVERY_KIND
from .records import Rule


def to_yaml(standard_set: StandardSet) -> str:
    """The text of the file."""
    text: str = yaml.safe_dump(
        to_data(standard_set), allow_unicode=True, sort_keys=False, width=110
    )
    return text


def to_data(standard_set: StandardSet) -> dict[str, Any]:
    """What `read` takes. Kinds of institution and of evidence are all there, used or not."""
    parents, left_out = _lines(standard_set)
    sources = list(standard_set.sources.all())
    data: dict[str, Any] = {
        "set": _head(standard_set),
        "kinds": {kind.code: _words(kind) for kind in InstitutionKind.objects.all()},
        "rating_scale": _scale(standard_set.levels.all()),
        "sources": {source.code: source.address for source in sources},
        "source_class": _classes(sources),
        "evidence_types": {
            each.code: {**_words(each), "sourced": each.sourced}
            for each in EvidenceType.objects.all()
        },
        "areas": [
            {
                "id": area.code,
                **_words(area),
                "standards": [_standard(each, parents) for each in area.standards.all()],
            }
            for area in standard_set.areas.with_contents()
        ],
    }
    return data | ({"dropped": left_out} if left_out else {})


def _words(row: Any, field: str = "name") -> dict[str, str]:
    polish, english = getattr(row, f"{field}_pl"), getattr(row, f"{field}_en")
    return {"pl": polish} | ({"en": english} if english else {})


def _head(standard_set: StandardSet) -> dict[str, Any]:
    head: dict[str, Any] = {
        "code": standard_set.code,
        "edition": standard_set.edition,
        **_words(standard_set),
        "validity_years": standard_set.validity_years,
        "met_from": standard_set.met_from,
    }
    if rule := _rule(standard_set):
        head["rule"] = rule
    if standard_set.note_pl or standard_set.note_en:
        head["note"] = _words(standard_set, "note")
    if standard_set.follows:
        head["follows"] = standard_set.follows.code
    return head


def _rule(standard_set: StandardSet) -> dict[str, Any]:
    """What differs from the default rule."""
    default = Rule()
    row: dict[str, Any] = {}
    if standard_set.rule_kind != default.kind:
        row["kind"] = str(standard_set.rule_kind)
    if standard_set.mean_from != default.mean_from:
        row["mean_from"] = str(standard_set.mean_from)
    for name in ("met_percent", "exemplary_percent"):
        if getattr(standard_set, name) != getattr(default, name):
            row[name] = getattr(standard_set, name)
    return row


def _scale(levels: Iterable[RatingLevel]) -> dict[str, Any]:
    rows = [_level(level) for level in levels]
    return {
        "levels": [row for row in rows if row["value"] is not None],
        "extra": [row for row in rows if row["value"] is None],
    }


def _level(level: RatingLevel) -> dict[str, Any]:
    row: dict[str, Any] = {"value": level.value, **_words(level)}
    if level.descriptor_pl or level.descriptor_en:
        row["descriptor"] = _words(level, "descriptor")
    return row


def _classes(sources: list[Source]) -> dict[str, list[str]]:
    return {
        kind: codes
        for kind in Source.Kind.values
        if (codes := [source.code for source in sources if source.kind == kind])
    }


def _standard(standard: Any, parents: dict[int, list[str]]) -> dict[str, Any]:
    kinds = [kind.code for kind in standard.applies_to.all()]
    return {
        "id": standard.code,
        **_words(standard),
        "applies_to": [EVERY_KIND] if standard.applies_to_all else kinds,
        "sourced": standard.sourced,
        "appears_in": [source.code for source in standard.appears_in.all()],
        "criteria": [_criterion(each, parents) for each in standard.criteria.all()],
    }


def _criterion(criterion: Criterion, parents: dict[int, list[str]]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": criterion.code, **_words(criterion, "text")}
    if criterion.guidance_pl or criterion.guidance_en:
        row["guidance"] = _words(criterion, "guidance")
    if criterion.word_limit != WORD_LIMIT:
        row["word_limit"] = criterion.word_limit
    if criterion.weight != 1:
        row["weight"] = criterion.weight
    if criterion.is_required:
        row["required"] = True
    if criterion.pk in parents:
        row["from"] = parents[criterion.pk]
    return row | {
        "evidence": [each.code for each in criterion.evidence_types.all()],
        "sources": [source.code for source in criterion.sources.all()],
        "sourced": criterion.sourced,
    }


def _lines(standard_set: StandardSet) -> tuple[dict[int, list[str]], list[str]]:
    """The codes behind each criterion, by its key, and those that the edition drops knowingly."""
    if standard_set.follows is None:
        return {}, []
    lineage = trace(standard_set.follows, standard_set)
    left_out = set(Descent.objects.filter(standard_set=standard_set, new=None).values_list("old"))
    return (
        {pk: [old.code for old in found] for pk, found in lineage.parents.items()},
        [old.code for old in lineage.old if (old.pk,) in left_out],
    )

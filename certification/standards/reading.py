"""Reads a catalogue file into plain records, or says everything that is wrong with it.

The shape is that of `catalogue/cal-osl.yaml`. What a file leaves out is filled in: the code,
name and edition of the set from `meta.version`, the kinds of institution from our own file.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify
from django.utils.translation import gettext as _

from certification.errors import CannotDo

from .models import Source
from .models.contents import WORD_LIMIT
from .records import BadCatalogue, Catalogue, Item, Rule
from .states import RuleKind

OWN_CATALOGUE = Path(__file__).parent / "catalogue" / "cal-osl.yaml"
EVERY_KIND = "all"


def load(path: Path) -> Any:
    """Parse a YAML file. Raises CannotDo when it cannot be read or is no YAML."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotDo(
            _("The file %(file)s cannot be read: %(error)s.") % {"file": path, "error": error}
        ) from error
    return parse(text, name=str(path))


def parse(text: str, *, name: str) -> Any:
    """Parse the text of a file called `name`. Raises CannotDo when it is no YAML."""
    try:
        return yaml.load(text, Loader=_WithoutAliases)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError) as error:
        raise CannotDo(
            _("The file %(file)s is not correct YAML: %(error)s") % {"file": name, "error": error}
        ) from error


class _WithoutAliases(yaml.SafeLoader):
    """A few lines of anchors and aliases would unfold to more than any memory holds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):  # type: ignore[no-untyped-call]
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(
                problem="aliases are not allowed", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)  # type: ignore[no-untyped-call]


@cache
def own_kinds() -> dict[str, Any]:
    """The kinds of institution of our own catalogue."""
    kinds: dict[str, Any] = load(OWN_CATALOGUE)["kinds"]
    return kinds


def read(data: Any) -> Catalogue:
    """Check the data of a file and turn it into records. Raises BadCatalogue."""
    reader = _Reader()
    catalogue = reader.catalogue(data)
    if reader.problems:
        raise BadCatalogue(reader.problems)
    return catalogue


class _Reader:
    """Collects problems instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def catalogue(self, data: Any) -> Catalogue:
        data = self._mapping(data, _("the file"))
        meta = self._mapping(data.get("meta") or {}, "meta")
        about = self._mapping(data.get("set") or self._named_after(meta), "set")
        scale = data.get("rating_scale") or meta.get("rating_scale")
        catalogue = Catalogue(
            head=self._item({**about, "id": about.get("code")}, "set"),
            edition=str(about.get("edition") or meta.get("version") or ""),
            note=self._note(about),
            validity_years=self._number(about, "validity_years", 5, place="set"),
            met_from=self._number(about, "met_from", 2, place="set"),
            rule=self._rule(about.get("rule")),
            follows=str(about.get("follows") or ""),
            dropped=self._codes(data, "dropped", place=_("the file")),
            kinds=self._coded(data.get("kinds") or own_kinds(), "kinds"),
            sources=self._mapping(data.get("sources"), "sources"),
            source_kinds=self._source_kinds(data.get("source_class") or {}),
            evidence_types=self._coded(data.get("evidence_types"), "evidence_types"),
            levels=self._levels(self._mapping(scale, "rating_scale")),
            areas=tuple(
                self._item(area, "areas", inside="standards")
                for area in self._list(data.get("areas"), "areas")
            ),
        )
        self._check_words(catalogue)
        self._check_codes(catalogue)
        return catalogue

    def _named_after(self, meta: dict[str, Any]) -> dict[str, Any]:
        version = str(meta.get("version") or "1")
        return {
            "code": slugify(f"standards-{version.replace('.', '-')}"),
            "pl": f"Zestaw standardów {version}",
            "en": f"Set of standards {version}",
        }

    def _item(self, row: Any, place: str, *, inside: str = "") -> Item:
        row = self._mapping(row, place)
        name = str(self._given(row, "id", place) or "?")
        here = f"{place} › {name}"
        below = {"standards": "criteria"}.get(inside, "")
        guidance = self._mapping(row.get("guidance") or {}, f"{here} › guidance")
        return Item(
            code=name,
            pl=str(self._given(row, "pl", here) or ""),
            en=str(row.get("en") or ""),
            sourced=row.get("sourced") is True,
            guidance_pl=str(guidance.get("pl") or ""),
            guidance_en=str(guidance.get("en") or ""),
            word_limit=self._number(row, "word_limit", WORD_LIMIT, place=here),
            weight=self._number(row, "weight", 1, place=here),
            is_required=row.get("required") is True,
            comes_from=self._codes(row, "from", place=here) if "from" in row else None,
            refers={
                word: list(self._codes(row, word, place=here))
                for word in ("sources", "evidence", "appears_in", "applies_to")
            },
            inside=tuple(
                self._item(each, here, inside=below)
                for each in self._list(row.get(inside), f"{here} › {inside}")
            )
            if inside
            else (),
        )

    def _rule(self, given: Any) -> Rule:
        row, place = self._mapping(given or {}, "set › rule"), "set › rule"
        kind, mean = str(row.get("kind") or Rule.kind), str(row.get("mean_from") or Rule.mean_from)
        if kind not in RuleKind.values:
            self._problem(place, _("“%(code)s” is not a rule.") % {"code": kind})
        if not re.fullmatch(r"\d(\.\d{1,2})?", mean):
            self._problem(f"{place} › mean_from", _("a number such as 1.75 is needed."))
            mean = "0"
        return Rule(
            kind=kind,
            mean_from=Decimal(mean),
            met_percent=self._number(row, "met_percent", Rule.met_percent, place=place),
            exemplary_percent=self._number(
                row, "exemplary_percent", Rule.exemplary_percent, place=place
            ),
        )

    def _codes(self, row: dict[str, Any], word: str, *, place: str) -> tuple[str, ...]:
        codes = self._list(row.get(word) or [], f"{place} › {word}")
        return tuple(str(code) for code in codes)

    def _note(self, about: dict[str, Any]) -> Item:
        note = self._mapping(about.get("note") or {}, "set › note")
        return Item("note", pl=str(note.get("pl") or ""), en=str(note.get("en") or ""))

    def _coded(self, rows: Any, place: str) -> tuple[Item, ...]:
        return tuple(
            self._item({**self._mapping(row, f"{place} › {code}"), "id": code}, place)
            for code, row in self._mapping(rows, place).items()
        )

    def _levels(self, scale: dict[str, Any]) -> tuple[Item, ...]:
        levels, place = [], "rating_scale"
        for row in self._list(scale.get("levels"), place) + self._list(
            scale.get("extra") or [], place
        ):
            row = self._mapping(row, place)
            value, name = row.get("value"), str(self._given(row, "pl", place) or "")
            if value is not None and (not isinstance(value, int) or value < 0):
                self._problem(place, _("“%(value)s” is not a level.") % {"value": value})
                continue
            descriptor = self._mapping(row.get("descriptor") or {}, f"{place} › {name}")
            levels.append(
                Item(
                    str(value),
                    pl=name,
                    en=str(row.get("en") or ""),
                    value=value,
                    descriptor_pl=str(descriptor.get("pl") or ""),
                    descriptor_en=str(descriptor.get("en") or ""),
                )
            )
        return tuple(levels)

    def _source_kinds(self, classes: Any) -> dict[str, str]:
        kinds: dict[str, str] = {}
        for kind, codes in self._mapping(classes, "source_class").items():
            if kind not in Source.Kind.values:
                self._problem("source_class", _("unknown class “%(code)s”.") % {"code": kind})
            kinds |= {str(code): kind for code in self._list(codes, f"source_class › {kind}")}
        return kinds

    def _check_words(self, catalogue: Catalogue) -> None:
        """Every code that something points at is listed."""
        known: dict[str, tuple[set[str], Callable[[str], str]]] = {
            "sources": (set(catalogue.sources), _unknown_source),
            "appears_in": (set(catalogue.sources), _unknown_source),
            "evidence": ({each.code for each in catalogue.evidence_types}, _unknown_evidence),
            "applies_to": ({EVERY_KIND, *(kind.code for kind in catalogue.kinds)}, _unknown_kind),
        }
        for code in catalogue.source_kinds.keys() - catalogue.sources.keys():
            self._problem("source_class", _unknown_source(code))
        for place, item in _everything(catalogue):
            for word, codes in item.refers.items():
                listed, complaint = known[word]
                for code in codes:
                    if code not in listed:
                        self._problem(place, complaint(code))

    def _check_codes(self, catalogue: Catalogue) -> None:
        """No code stands twice, and the scale holds the level that counts as met."""
        for each in (
            catalogue.areas,
            [standard for area in catalogue.areas for standard in area.inside],
            list(catalogue.criteria()),
            catalogue.levels,
        ):
            seen: set[str] = set()
            for item in each:
                if item.code in seen:
                    self._problem(item.code, _("this id stands twice."))
                seen.add(item.code)
        if catalogue.met_from not in {level.value for level in catalogue.levels}:
            self._problem("set › met_from", _("the scale has no such level."))

    def _problem(self, place: str, what: str) -> None:
        self.problems.append(f"{place}: {what}")

    def _given(self, row: dict[str, Any], key: str, place: str) -> Any:
        value = row.get(key)
        if value in (None, ""):
            self._problem(place, _("“%(key)s” is missing.") % {"key": key})
        return value

    def _number(self, row: dict[str, Any], key: str, default: int, *, place: str) -> int:
        value = row.get(key, default)
        if isinstance(value, int) and value >= 0:
            return value
        self._problem(f"{place} › {key}", _("a whole number is needed."))
        return default

    def _mapping(self, value: Any, place: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self._problem(place, _("names with values are needed here."))
        return {}

    def _list(self, value: Any, place: str) -> list[Any]:
        if isinstance(value, list):
            return value
        self._problem(place, _("a list is needed here."))
        return []


def _unknown_source(code: str) -> str:
    return _("unknown source “%(code)s”.") % {"code": code}


def _unknown_evidence(code: str) -> str:
    return _("unknown kind of evidence “%(code)s”.") % {"code": code}


def _unknown_kind(code: str) -> str:
    return _("unknown kind of institution “%(code)s”.") % {"code": code}


def _everything(catalogue: Catalogue) -> Iterable[tuple[str, Item]]:
    for each in catalogue.evidence_types:
        yield f"evidence_types › {each.code}", each
    for area in catalogue.areas:
        for standard in area.inside:
            yield f"{area.code} › {standard.code}", standard
            for criterion in standard.inside:
                yield f"{area.code} › {standard.code} › {criterion.code}", criterion

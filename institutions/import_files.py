"""Reading a file of institutions into rows. What is written from them: services/importing.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from certification.errors import CannotDo
from institutions.grammar import Case

# „Miejski Ośrodek … – Zespół …”: a unit, with the name of its institution before the dash
UNIT_MARK = " – "


class UnreadableFile(CannotDo):
    """The file is not a list of institutions; nothing was imported."""


@dataclass(frozen=True)
class Row:
    """One institution as the file says it. Names of kind and voivodeship are the file's own."""

    name: str
    type: str
    town: str
    voivodeship: str
    town_genitive: str = ""
    town_locative: str = ""
    town_preposition: str = "w"
    teryt: str = ""
    county: str = ""
    name_forms: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_unit(self) -> bool:
        return self.type.startswith("jednostka")

    @property
    def parent_name(self) -> str:
        """The institution's name, before the dash; empty where there is no dash."""
        before, dash, _after = self.name.partition(UNIT_MARK)
        return before.strip() if dash else ""


def read_yaml(path: str | Path) -> list[Row]:
    """Read `holders: [...]` (or a bare list). Raises UnreadableFile with what is wrong."""
    try:
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableFile(
            _("This file cannot be read as YAML: %(why)s") % {"why": error}
        ) from error
    entries = content.get("holders") if isinstance(content, dict) else content
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UnreadableFile(_("The file holds no list of institutions under “holders”."))
    return [_row(entry) for entry in entries]


def _row(entry: dict[str, Any]) -> Row:
    town = entry.get("town") or {}
    if isinstance(town, str):
        town = {"nom": town}
    forms = entry.get("name_forms") or {}
    return Row(
        name=_text(entry, "name"),
        type=_text(entry, "type"),
        town=_text(town, "nom"),
        town_genitive=_text(town, "gen"),
        town_locative=_text(town, "loc"),
        town_preposition=_text(town, "prep") or "w",
        teryt=_text(entry, "terc"),
        county=_text(entry, "powiat"),
        voivodeship=_text(entry, "wojewodztwo"),
        name_forms={case: _text(forms, case) for case in Case.values if _text(forms, case)},
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    """A value as tidy text; YAML may have read a code as a number."""
    value = entry.get(key)
    return "" if value is None else " ".join(str(value).split())

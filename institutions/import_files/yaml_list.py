"""The project's own format: YAML, with the forms of names beside the names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from institutions.grammar import Case
from institutions.import_files.rows import Row, UnreadableFile
from institutions.import_files.units import parent_named_in

_FIELDS = {
    "name": "name",
    "type": "kind",
    "terc": "teryt",
    "powiat": "county",
    "wojewodztwo": "voivodeship",
} | {field: field for field in ("nip", "regon", "krs", "street", "postcode", "email", "edelivery")}
_OF_TOWN = {
    "nom": "town",
    "gen": "town_genitive",
    "loc": "town_locative",
    "prep": "town_preposition",
}


def read_yaml(path: str | Path) -> list[Row]:
    """Read `holders: [...]` (or a bare list). Raises UnreadableFile with what is wrong.

    A unit („jednostka MOPS”) gives two rows, its institution's first, unless the file lists
    that one itself. Forms given for a unit may be its institution's.
    """
    try:
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableFile(
            _("This file cannot be read as YAML: %(why)s") % {"why": error}
        ) from error
    entries = content.get("holders") if isinstance(content, dict) else content
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UnreadableFile(_("The file holds no list of institutions under “holders”."))
    rows = [_row(number, entry) for number, entry in enumerate(entries, start=1)]
    return _with_institutions_of_units(rows)


def _row(number: int, entry: dict[str, Any]) -> Row:
    town = entry.get("town") or {}
    if isinstance(town, str):
        town = {"nom": town}
    given = {field: _text(entry, key) for key, field in _FIELDS.items()}
    given |= {field: _text(town, key) for key, field in _OF_TOWN.items()}
    forms = entry.get("name_forms") or {}
    return Row(
        number,
        {field: text for field, text in given.items() if text},
        {case: text for case in Case.values if (text := _text(forms, case))},
    )


def _with_institutions_of_units(rows: list[Row]) -> list[Row]:
    listed = {(row["name"], row["town"]) for row in rows}
    complete = []
    for row in rows:
        parent = parent_named_in(row)
        is_own = row.name_forms.get(Case.NOM) == row["name"]
        if parent and (parent, row["town"]) not in listed:
            listed.add((parent, row["town"]))
            cells = dict(row.cells) | {"name": parent, "kind": row["kind"].split(maxsplit=1)[-1]}
            complete.append(Row(row.number, cells, {} if is_own else row.name_forms))
        complete.append(row if is_own or not parent else Row(row.number, row.cells))
    return complete


def _text(entry: Mapping[str, Any], key: str) -> str:
    """A value as tidy text; YAML may have read a code as a number."""
    value = entry.get(key)
    return "" if value is None else " ".join(str(value).split())

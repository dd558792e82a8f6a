"""Which institution a row speaks of, which one it belongs to, and of what kind it is."""

import re

from django.utils.translation import gettext as _

from certification.finding import fold
from certification.standards.models import InstitutionKind
from institutions.identifiers import normalise_nip
from institutions.import_files import Row
from institutions.import_files.columns import TITLES
from institutions.import_files.units import KIND, is_unit, parent_named_in
from institutions.models import Institution

from .standing import Standing
from .standing import is_unit as is_unit_on_the_list


class Refused(Exception):
    """The row cannot be imported; its text says why, and what to do."""


def find(standing: Standing, row: Row, stored: dict[str, str]) -> Institution | None:
    """By NIP, then by REGON, then by name and town. Refused when these point at different ones.

    A unit shares the NIP, and sometimes the REGON, of its institution, so of the two the unit
    is meant where the name says so.
    """
    named = standing.by_name(row["name"], stored.get("town", ""))
    numbered = [standing.by_regon(stored.get("regon", ""))]
    if not is_unit(row):
        numbered.insert(0, standing.by_nip(stored.get("nip", "")))
    found = [one for one in numbered if one and not _is_unit_of(named, one)]
    if named:
        found.append(named)
    for other in found[1:]:
        if other is not found[0]:
            raise Refused(
                _(
                    "The numbers and the name point at two institutions: %(one)s and %(other)s. "
                    "Correct the row, or one of the two on its page."
                )
                % {"one": _called(found[0]), "other": _called(other)}
            )
    return found[0] if found else None


def _is_unit_of(unit: Institution | None, institution: Institution) -> bool:
    if unit is None or not is_unit_on_the_list(unit):
        return False
    if unit.parent_id is None:  # both are new, from the same file
        return unit.parent is institution
    return unit.parent_id == institution.pk


def _called(institution: Institution) -> str:
    return f"„{institution.name}” ({institution.town})"


def parent_for(standing: Standing, row: Row) -> Institution:
    """The institution that a new unit belongs to, on the list or in the same file."""
    wanted = row["parent"] or parent_named_in(row)
    if not wanted:
        raise Refused(
            _(
                "The row speaks of a unit, but not of which institution. Fill in the column "
                "“%(column)s”."
            )
            % {"column": TITLES["parent"]}
        )
    if parent := standing.by_nip(normalise_nip(wanted)):
        return parent
    found = standing.not_units_named(wanted)
    nearest = [one for one in found if fold(one.town) == fold(row["town"])] or found
    if len(nearest) == 1:
        return nearest[0]
    raise Refused(
        _(
            "There is no institution “%(name)s” to which the unit could belong, or there are "
            "several. Give its NIP, or add it to the file as a row of its own."
        )
        % {"name": wanted}
    )


def kind_for(
    standing: Standing, row: Row, institution: Institution
) -> tuple[InstitutionKind | None, str]:
    """The kind to store and a remark on it; no kind where the one that stands is kept."""
    text = re.sub(rf"(?i)^{KIND}\w*\s*", "", row["kind"])
    if text:
        if kind := standing.kinds.find(text):
            return kind, ""
        raise Refused(
            _("“%(kind)s” is no kind of institution we know. Write one of these: %(accepted)s.")
            % {"kind": row["kind"], "accepted": standing.kinds.accepted}
        )
    if institution.kind_id is not None:
        return None, ""
    if institution.parent is not None:
        return standing.kinds.by_pk[institution.parent.kind_id], ""
    if kind := standing.kinds.find(row["name"]):
        return kind, _("The kind was read from the name: %(kind)s.") % {"kind": kind.name}
    raise Refused(
        _("The kind of institution is missing. Write one of these: %(accepted)s.")
        % {"accepted": standing.kinds.accepted}
    )

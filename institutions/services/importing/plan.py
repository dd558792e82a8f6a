"""What an import would do, row by row. Reads nothing and writes nothing: see standing.py."""

import copy
from collections.abc import Sequence

from django.utils.translation import gettext as _

from institutions.import_files import Row
from institutions.import_files.units import is_unit as speaks_of_a_unit
from institutions.import_files.values import values_of
from institutions.models import Institution

from .fields import faults, keep_identity, label_of, take, take_forms
from .matching import Refused, find, kind_for, parent_for
from .planned import Change, Plan, PlannedRow
from .standing import Standing


def make_plan(rows: Sequence[Row], standing: Standing) -> Plan:
    """Look at each row in the light of what stands and of the rows before it.

    Institutions are looked at before units, so that a unit may stand above its institution.
    `standing` learns of the new ones: it serves one plan.
    """
    planner = _Planner(standing)
    planned = {id(row): planner.plan(row) for row in sorted(rows, key=speaks_of_a_unit)}
    return Plan([planned[id(row)] for row in rows])


class _Planner:
    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.row_of: dict[int, int] = {}  # id() of an institution -> number of its row

    def plan(self, row: Row) -> PlannedRow:
        values = values_of(row)
        planned = PlannedRow(row, problems=values.problems, remarks=values.remarks)
        try:
            self._settle(planned, values.stored)
        except Refused as why:
            planned.problems.append(str(why))
        if not planned.problems:
            self._remember(planned)
        return planned

    def _settle(self, planned: PlannedRow, stored: dict[str, str]) -> None:
        found = find(self.standing, planned.row, stored)
        if found is not None and id(found) in self.row_of:
            raise Refused(
                _("This institution stands in row %(number)s already. Leave one of the two.")
                % {"number": self.row_of[id(found)]}
            )
        planned.found = found
        if found is None:
            self._begin(planned)
        else:
            planned.institution = copy.copy(found)
            keep_identity(planned, stored)
        self._take_kind(planned)
        take(planned, stored)
        take_forms(planned, self.standing)
        planned.problems += faults(planned)

    def _begin(self, planned: PlannedRow) -> None:
        """A new one: its parent, if it is a unit, and those it may be confused with."""
        row = planned.row
        planned.institution = Institution()
        if speaks_of_a_unit(row):
            parent = planned.institution.parent = parent_for(self.standing, row)
            planned.changes.append(Change("parent", _("unit of"), "", parent.name))
        elif row["name"] and (other := self.standing.alike(row["name"], row["town"])):
            planned.remarks.append(
                _("A similar name in the same town: “%(name)s”. Is it not the same institution?")
                % {"name": other.name}
            )
        if row["name"].isupper() and " " in row["name"]:
            planned.remarks.append(
                _("The name is in capitals only, and documents will print it so.")
            )

    def _take_kind(self, planned: PlannedRow) -> None:
        kind, remark = kind_for(self.standing, planned.row, planned.institution)
        planned.remarks += [remark] if remark else []
        if kind is None:
            return
        before = self.standing.kinds.by_pk.get(planned.institution.kind_id)
        if kind != before:
            was = before.name if before else ""
            planned.changes.append(Change("kind", label_of("kind"), was, kind.name))
        planned.institution.kind = kind

    def _remember(self, planned: PlannedRow) -> None:
        one = planned.institution
        if planned.found is None:
            self.standing.add(one)
        else:
            self.standing.add_numbers(planned.found, nip=one.nip, regon=one.regon)
        self.row_of[id(planned.found or one)] = planned.number

"""The verb: plan once more under a lock, compare with what was shown, write."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from certification.errors import Stale
from institutions.import_files import Row
from institutions.models import User

from .plan import make_plan
from .planned import Plan
from .standing import Standing
from .writing import write


class PlanChanged(Stale):
    """Since the plan was shown somebody changed what it stands on; nothing was written."""


def preview(rows: Sequence[Row]) -> Plan:
    """What `import_institutions` would do now. Writes nothing."""
    return make_plan(rows, Standing.now(rows))


def import_institutions(rows: Sequence[Row], *, by: User | None, seen: str | None = None) -> Plan:
    """Add or change institutions; a row that is refused is left out. Gives the plan that was done.

    Name forms come in as imported and unconfirmed; new institutions have the others suggested.
    Raises PlanChanged when `seen` is not the version of what would be done now.
    """
    try:
        with transaction.atomic():
            plan = make_plan(rows, Standing.now(rows, lock=True))
            if seen is not None and seen != plan.version:
                raise PlanChanged(plan)
            write(plan, by=by)
    except IntegrityError as error:  # somebody added one of the new ones at the same moment
        raise PlanChanged(None) from error
    return plan

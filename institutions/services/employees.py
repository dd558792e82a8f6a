"""The verbs of lists of employees. The journal keeps how many were listed, never who."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import ngettext

from certification import clock
from certification.audit.services import record
from certification.errors import Stale
from institutions.models import EmployeeList, Institution, ListedPerson, User
from institutions.models.employee_list import GMINA
from institutions.states import Verb


@transaction.atomic
def keep_employees(
    institution: Institution,
    *,
    digests: set[str],
    source: str,
    kept_until: date,
    is_of_municipality: bool,
    seen: Collection[str],
    by: User,
) -> EmployeeList:
    """Put a list in force in place of the one before, of the institution or its municipality.

    Raises Stale with the list in force when its mark is not among those `seen` on the page.
    """
    Institution.objects.select_for_update().only("pk").get(pk=institution.pk)
    whose = (
        {"municipality": institution.teryt[:GMINA]}
        if is_of_municipality
        else {"institution": institution}
    )
    before = EmployeeList.objects.select_for_update(of=("self",)).filter(**whose).first()
    _refuse_unseen(before, seen)
    values = {"source": source, "kept_until": kept_until, "entered_by": by}
    version = before.version + 1 if before else 1
    kept, _new = EmployeeList.objects.update_or_create(
        **whose, defaults={**values, "entered_at": clock.now(), "version": version}
    )
    kept.people.all().delete()
    ListedPerson.objects.bulk_create(
        [ListedPerson(employees=kept, digest=each) for each in sorted(digests)], batch_size=500
    )
    record(
        Verb.KEEP_EMPLOYEES,
        institution,
        by=by,
        listed=len(digests),
        kept_until=kept_until.isoformat(),
        municipality=kept.municipality,
    )
    return kept


@transaction.atomic
def remove_employees(
    kept: EmployeeList, *, institution: Institution, seen: Collection[str], by: User
) -> None:
    """`institution` is the one on whose page somebody removed it. Raises Stale as above."""
    _refuse_unseen(EmployeeList.objects.select_for_update(of=("self",)).get(pk=kept.pk), seen)
    record(Verb.REMOVE_EMPLOYEES, institution, by=by, municipality=kept.municipality)
    kept.delete()


def _refuse_unseen(current: EmployeeList | None, seen: Collection[str]) -> None:
    if current is not None and current.mark not in seen:
        raise Stale(current)


def remove_old_lists(now: datetime) -> str:
    """Remove every list whose last day has passed. A chore, safe to do twice."""
    removed = 0
    for pk in EmployeeList.objects.filter(kept_until__lt=clock.today()).values_list(
        "pk", flat=True
    ):
        removed += _remove_old(pk)
    if not removed:
        return ""
    return ngettext(
        "%(n)s list of employees removed", "%(n)s lists of employees removed", removed
    ) % {"n": removed}


@transaction.atomic
def _remove_old(pk: int) -> bool:
    old = EmployeeList.objects.select_for_update(of=("self",)).filter(
        pk=pk, kept_until__lt=clock.today()
    )
    kept = old.select_related("institution").first()
    if kept is None:
        return False  # replaced or removed meanwhile
    subject = kept.institution or kept
    record(Verb.REMOVE_EMPLOYEES, subject, by=None, municipality=kept.municipality)
    kept.delete()
    return True

"""The office checks the form, point by point; a round of it ends with a verb in `checking`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.formal.points import Point, points_of
from certification.applications.models import Application, CheckedPoint, FormalCheck
from certification.applications.states import CheckOutcome, Result, State, Verb
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from institutions.models import User


@dataclass(frozen=True)
class Finding:
    """What a clerk found on one point; `expected_version` is the one they saw, 0 for none."""

    code: str
    result: Result
    note: str = ""
    expected_version: int = 0


@transaction.atomic
def save_points(
    application: Application, *, by: User, findings: Iterable[Finding]
) -> list[CheckedPoint]:
    """Save what was found on some of the points, all or none of them.

    Raises Stale with the newer point when somebody saved it in the meantime, and CannotDo
    for a point that is not met or not applicable without a word why.
    """
    locked = Application.objects.with_names().select_for_update(of=("self",)).get(pk=application.pk)
    if locked.state != State.FORMAL_CHECK:
        raise TransitionNotAllowed(Verb.SAVE_POINT, locked.state)
    check = open_check(locked)
    known = {point.code for point in points_of(locked)}
    return [_save(check, finding, by=by, known=known) for finding in findings]


def save_point(
    application: Application,
    code: str,
    *,
    by: User,
    result: Result,
    note: str = "",
    expected_version: int = 0,
) -> CheckedPoint:
    """Save one point of the check."""
    finding = Finding(code, result, note, expected_version)
    return save_points(application, by=by, findings=[finding])[0]


def _save(check: FormalCheck, finding: Finding, *, by: User, known: set[str]) -> CheckedPoint:
    if finding.code not in known:
        raise CannotDo(_("There is no such point in the check of this application."))
    note = finding.note.strip()
    if finding.result != Result.MET and not note:
        raise CannotDo(_("Write why the point is not met or does not apply."))
    saved = check.points.filter(code=finding.code).first()
    point = saved or CheckedPoint(formal_check=check, code=finding.code, version=0)
    if saved and not saved.is_carried and (saved.result, saved.note) == (finding.result, note):
        return saved
    if point.version != finding.expected_version:
        raise Stale(saved)
    point.result, point.note, point.version = finding.result, note, point.version + 1
    point.checked_by, point.checked_at, point.is_carried = by, clock.now(), False
    point.save()
    record(
        Verb.SAVE_POINT,
        point,
        by=by,
        case=check.application,
        point=point.code,
        result=str(point.result),
        version=point.version,
    )
    return point


@transaction.atomic
def find_unmet(locked: Application, code: str, *, by: User, note: str) -> None:
    """A point that was found met no longer is, since what it stood on fell; for a round under way.

    A clerk who has the older finding before them learns of it as of any newer one.
    """
    met = CheckedPoint.objects.filter(
        formal_check__application=locked,
        formal_check__concluded_at=None,
        code=code,
        result=Result.MET,
    )
    for point in met.select_related("formal_check"):
        finding = Finding(code, Result.UNMET, note, expected_version=point.version)
        _save(point.formal_check, finding, by=by, known={code})


def open_check(locked: Application) -> FormalCheck:
    """The round under way of an application whose row is locked; a new one where there is none."""
    return locked.formal_checks.filter(concluded_at=None).first() or begin_check(locked)


def begin_check(locked: Application) -> FormalCheck:
    """Begin a round. What the last one found stands, but for what must be looked at again."""
    last = locked.formal_checks.last()
    check = FormalCheck.objects.create(application=locked, number=last.number + 1 if last else 1)
    if last:
        again = to_be_checked_again(locked, last)
        CheckedPoint.objects.bulk_create(
            CheckedPoint(
                formal_check=check,
                code=point.code,
                result=point.result,
                note=point.note,
                is_carried=True,
                checked_by=point.checked_by,
                checked_at=point.checked_at,
            )
            for point in last.points.exclude(code__in=again)
        )
    return check


def to_be_checked_again(application: Application, last: FormalCheck) -> set[str]:
    """The points of the last round that were not met, or whose criterion was opened since."""
    request = application.completion_requests.last()
    opened = set(request.items.values_list("criterion__code", flat=True)) if request else set()
    unmet = set(last.points.filter(result=Result.UNMET).values_list("code", flat=True))
    return unmet | {f"document-{code}" for code in opened if code}


def not_judged(check: FormalCheck | None, points: Iterable[Point]) -> list[Point]:
    """The points on which nothing is saved yet."""
    judged = set(check.points.values_list("code", flat=True)) if check else set()
    return [point for point in points if point.code not in judged]


def conclude(locked: Application, outcome: CheckOutcome, *, by: User) -> FormalCheck:
    """End the round and freeze it. Raises CannotDo while it does not allow that outcome."""
    check = open_check(locked)
    if lacking := not_judged(check, points_of(locked)):
        raise CannotDo(
            _("Check every point first. Still open: %(points)s.")
            % {"points": ", ".join(str(point.title) for point in lacking)}
        )
    if outcome == CheckOutcome.ACCEPTED and check.points.filter(result=Result.UNMET).exists():
        raise CannotDo(
            _("A point of the formal check is not met. Ask the institution for completion first.")
        )
    check.outcome, check.concluded_by, check.concluded_at = outcome, by, clock.now()
    check.save(update_fields=["outcome", "concluded_by", "concluded_at"])
    return check

"""Who may open a case, said by the layers that know.

An application is seen by its own institution and by the CAL office. Assessors, Committee and
Board see it because of something in a higher layer (an assignment, a stage), and a conflict
of interest closes it. Those layers register a rule here when they start, since this one may
not import them. A bar always wins over a grant; it does not reach the applicants themselves.

In the same way they register what ends for a person when a conflict is declared: an
assignment, a seat at the table.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.db.models import Q

if TYPE_CHECKING:
    from certification.applications.models import Application
    from institutions.models import User

    Rule = Callable[[User], Q]
    OfCase = Callable[[User, Application], bool]


class OnConflict(Protocol):
    """Ends what `user` was doing in the case; `by` recorded the conflict, None the program."""

    def __call__(self, application: "Application", *, user: "User", by: "User | None") -> None: ...


NOBODY = Q(pk__in=[])
_grants: list["Rule"] = []
_bars: list["Rule"] = []
_on_conflict: list[OnConflict] = []
_still_judging: list["OfCase"] = []


def grant(rule: "Rule") -> "Rule":
    """Register a rule: the cases a person's role opens to them."""
    _grants.append(rule)
    return rule


def bar(rule: "Rule") -> "Rule":
    """Register a rule: the cases closed to a person in whatever role."""
    _bars.append(rule)
    return rule


def granted(user: "User") -> Q:
    """NOBODY itself where no rule opens anything: the database is not asked what is known."""
    found = [cases for cases in (rule(user) for rule in _grants) if cases is not NOBODY]
    return reduce(or_, found) if found else NOBODY


def barred(user: "User", path: str = "") -> Q:
    """The cases closed to the person; `path` leads to them from what is filtered."""
    closed = reduce(or_, (rule(user) for rule in _bars))
    return _beyond(path, closed) if path else closed


def _beyond(path: str, condition: Q) -> Q:
    """The same condition of the application at the end of a path."""
    parts: list[Q | tuple[str, Any]] = []
    for part in condition.children:
        if isinstance(part, Q):
            parts.append(_beyond(path, part))
        else:
            name, value = cast("tuple[str, Any]", part)
            parts.append((f"{path}__{name}", value))
    return Q(*parts, _connector=condition.connector, _negated=condition.negated)


def on_conflict(callback: OnConflict) -> OnConflict:
    """Register what a declared conflict ends. It runs inside the declaration's transaction,
    after the declaration is written, and must journal what it does; if it raises, nothing of
    the declaration remains.
    """
    _on_conflict.append(callback)
    return callback


def announce_conflict(application: "Application", *, user: "User", by: "User | None") -> None:
    for callback in _on_conflict:
        callback(application, user=user, by=by)


def judging(rule: "OfCase") -> "OfCase":
    """Register a rule: whether the person judges the case and has not finished yet."""
    _still_judging.append(rule)
    return rule


def may_read_reasons(user: "User", application: "Application") -> bool:
    """Whether a person may read why completion was asked for during the assessment.

    The office writes it from what assessors wished for; whoever still judges the case would
    read another's judgement in it.
    """
    return not any(rule(user, application) for rule in _still_judging)

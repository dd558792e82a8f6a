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
from typing import TYPE_CHECKING, Protocol

from django.db.models import Q

if TYPE_CHECKING:
    from certification.applications.models import Application
    from institutions.models import User

    Rule = Callable[[User], Q]


class OnConflict(Protocol):
    """Ends what `user` was doing in the case; `by` recorded the conflict."""

    def __call__(self, application: "Application", *, user: "User", by: "User") -> None: ...


NOBODY = Q(pk__in=[])
_grants: list["Rule"] = []
_bars: list["Rule"] = []
_on_conflict: list[OnConflict] = []


def grant(rule: "Rule") -> "Rule":
    """Register a rule: the cases a person's role opens to them."""
    _grants.append(rule)
    return rule


def bar(rule: "Rule") -> "Rule":
    """Register a rule: the cases closed to a person in whatever role."""
    _bars.append(rule)
    return rule


def granted(user: "User") -> Q:
    return reduce(or_, (rule(user) for rule in _grants), NOBODY)


def barred(user: "User") -> Q:
    return reduce(or_, (rule(user) for rule in _bars), NOBODY)


def on_conflict(callback: OnConflict) -> OnConflict:
    """Register what a declared conflict ends. It runs inside the declaration's transaction,
    after the declaration is written, and must journal what it does; if it raises, nothing of
    the declaration remains.
    """
    _on_conflict.append(callback)
    return callback


def announce_conflict(application: "Application", *, user: "User", by: "User") -> None:
    for callback in _on_conflict:
        callback(application, user=user, by=by)

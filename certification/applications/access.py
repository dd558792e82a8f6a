"""Who may open a case, said by the layers that know.

An application is seen by its own institution and by the CAL office. Assessors, Committee and
Board see it because of something in a higher layer (an assignment, a stage), and a conflict
of interest closes it. Those layers register a rule here when they start, since this one may
not import them. A bar always wins over a grant; it does not reach the applicants themselves.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from institutions.models import User

    Rule = Callable[[User], Q]

NOBODY = Q(pk__in=[])
_grants: list["Rule"] = []
_bars: list["Rule"] = []


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

"""Who must not read the correspondence of a case although the office may: said by the layers above.

Somebody of the office who assesses a case learns no more of it than any assessor, and that is
known in a layer which this one may not import.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import Q

from certification.applications.access import NOBODY
from institutions.models import User

_bars: list[Callable[[User], Q]] = []


def bar(rule: Callable[[User], Q]) -> None:
    """Register which applications keep their correspondence from a person of the office."""
    _bars.append(rule)


def barred(user: User) -> Q:
    return reduce(or_, (rule(user) for rule in _bars), NOBODY)

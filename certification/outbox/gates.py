"""What the layers above know of the case that an e-mail is about.

They register here when they start: whether the case is open to the addressee at the moment the
mail leaves (a conflict of interest may have closed it since), and which cases a person may not
see, whose mail the list of the office hides. Cases are named as in the journal.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

OpenTo = Callable[[Any, str], bool]
HiddenFrom = Callable[[Any], "QuerySet[Any]"]

_open_to: list[OpenTo] = []
_hidden_from: list[HiddenFrom] = []


def open_to(rule: OpenTo) -> None:
    """Register a rule: to whom the mail about a case may go."""
    _open_to.append(rule)


def hidden_from(rule: HiddenFrom) -> None:
    """Register a rule: the cases whose mail a list keeps from a person."""
    _hidden_from.append(rule)


def is_open(case: str, *, to: Any) -> bool:
    """Whether any of the layers says that the case is open to this person now."""
    return not case or any(rule(to, case) for rule in _open_to)


def hidden_cases(user: Any) -> "list[QuerySet[Any]]":
    """The names of the cases, as queries that a list excludes."""
    return [rule(user) for rule in _hidden_from]

"""Where a visit is likely, and people from near are wanted.

Visits belong to a higher layer, which registers what it knows of cases.
"""

from collections.abc import Callable, Collection, Iterable

from certification.applications.models import Application

# by the key of a case: whether a visit is to come (True) or was made already (False)
Known = Callable[[Collection[int]], dict[int, bool]]
_known: list[Known] = []


def register(known: Known) -> Known:
    _known.append(known)
    return known


def likely_in(cases: Iterable[Application]) -> frozenset[int]:
    """The keys of those where a visit is to come; of whose visits nothing is known, those of
    institutions that ask for the first time.
    """
    found = {case.pk: case.renews_id is None for case in cases}
    for known in _known:
        found |= known(list(found))
    return frozenset(key for key, is_likely in found.items() if is_likely)

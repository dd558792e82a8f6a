"""What the institution might be asked to complete, before the office asks for it.

The formal check wishes for what it did not find. Assessors wish for more, too; that is known to
a higher layer, which registers a source when it starts. The office sees all wishes together and
makes one request of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from certification.standards.models import Criterion, EvidenceType
from institutions.models import User

from .formal.points import points_of
from .models import Application
from .states import Paper, Result, State


@dataclass(frozen=True)
class Wish:
    """One thing to ask for, and why; like the CompletionItem it may become."""

    reason: str
    criterion: Criterion | None = None
    evidence_type: EvidenceType | None = None
    paper: str = ""


Source = Callable[[Application, User], Iterable[Wish]]
_sources: list[Source] = []
_PAPERS = {"request": Paper.REQUEST, "authority": Paper.AUTHORISATION}


def register(source: Source) -> Source:
    """Add what `user` of the office may read of the wishes of others."""
    _sources.append(source)
    return source


def wishes_for(application: Application, user: User) -> list[Wish]:
    """Everything that somebody wishes for now, where the case stands."""
    own = _of_formal_check(application) if application.state == State.FORMAL_CHECK else ()
    return [*own, *(wish for source in _sources for wish in source(application, user))]


def _of_formal_check(application: Application) -> Iterator[Wish]:
    """What was not found in the open round of the check."""
    check = application.formal_checks.filter(concluded_at=None).first()
    if check is None:
        return
    points = {point.code: point for point in points_of(application)}
    for unmet in check.points.filter(result=Result.UNMET):
        point = points.get(unmet.code)
        if point is None:
            continue
        if point.criterion is not None:
            kinds = list(point.criterion.evidence_types.all())
            kind = kinds[0] if len(kinds) == 1 else None
            yield Wish(unmet.note, point.criterion, kind)
        elif point.code in _PAPERS:
            yield Wish(unmet.note, paper=_PAPERS[point.code])

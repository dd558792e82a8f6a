"""What the program knows about a point of the formal check, to save the office looking it up.

Each family of points has providers. Other rooms add theirs when they start:

    facts.register("request", signed_requests)     # (case, point) -> Iterable[Fact]

A fact is a sentence with the page where it can be seen, and may suggest a result. Suggestions are
filled in for the clerk, never saved for them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from certification.applications.models import Application
from certification.applications.reading import Row, rows_of
from certification.applications.states import Result

from .points import Point


@dataclass(frozen=True)
class Fact:
    text: str
    suggests: Result | None = None
    url: str = ""


class Case:
    """An application under check; what several providers need is read once."""

    def __init__(self, application: Application) -> None:
        self.application = application

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(self.application)

    def row(self, code: str) -> Row:
        return next(row for row in self.rows if row.criterion.code == code)


Provider = Callable[[Case, Point], Iterable[Fact]]
_providers: dict[str, list[Provider]] = defaultdict(list)
# one fact against outweighs all that speak for it
_WEIGHT = (Result.UNMET, Result.MET, Result.NOT_APPLICABLE)


def register(family: str, provider: Provider) -> Provider:
    _providers[family].append(provider)
    return provider


def known_of(case: Case, point: Point) -> list[Fact]:
    return [fact for provider in _providers[point.family] for fact in provider(case, point)]


def suggestion(facts: Iterable[Fact]) -> tuple[Result | None, str]:
    """The result the facts suggest, and the note that would go with it."""
    facts = list(facts)
    for result in _WEIGHT:
        grounds = [fact.text for fact in facts if fact.suggests == result]
        if grounds:
            return result, "" if result == Result.MET else " ".join(grounds)
    return None, ""

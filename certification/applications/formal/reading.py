"""How a formal check reads: the round under way with what is known, and the rounds that ended."""

from collections.abc import Iterator
from dataclasses import dataclass

from certification.applications.models import Application, CheckedPoint, FormalCheck
from certification.applications.states import Result

from .facts import Case, Fact, known_of, suggestion
from .points import Point, points_of


@dataclass(frozen=True)
class OpenPoint:
    """A point of the round under way. `earlier` is what the last round found, where it was not
    met; until something is saved, the facts suggest a result.
    """

    point: Point
    facts: list[Fact]
    saved: CheckedPoint | None
    earlier: CheckedPoint | None

    @property
    def suggested(self) -> tuple[Result | None, str]:
        return suggestion(self.facts)

    @property
    def shown(self) -> tuple[str, str]:
        """The result and note to begin with: what is saved, else what is suggested."""
        if self.saved:
            return self.saved.result, self.saved.note
        result, note = self.suggested
        return (result or ""), note

    @property
    def version(self) -> int:
        return self.saved.version if self.saved else 0


@dataclass(frozen=True)
class Round:
    """A round that ended, as it is printed."""

    check: FormalCheck
    lines: list[tuple[Point | None, CheckedPoint]]


class OpenRound:
    """The round that the office works on. Its queries do not grow with the points."""

    def __init__(self, application: Application) -> None:
        self.check = application.formal_checks.filter(concluded_at=None).first()
        self.points = list(self._points(application))

    def _points(self, application: Application) -> Iterator[OpenPoint]:
        case = Case(application)
        last = application.formal_checks.exclude(concluded_at=None).last()
        saved, earlier = _by_code(self.check), _by_code(last)
        for point in points_of(application):
            before = earlier.get(point.code)
            yield OpenPoint(
                point,
                known_of(case, point),
                saved.get(point.code),
                before if before and before.result == Result.UNMET else None,
            )

    @property
    def done(self) -> int:
        return sum(each.saved is not None for each in self.points)

    @property
    def is_whole(self) -> bool:
        return self.done == len(self.points)

    @property
    def unmet(self) -> list[OpenPoint]:
        return [each for each in self.points if each.saved and each.saved.result == Result.UNMET]


def concluded_rounds(application: Application) -> list[Round]:
    """Those that ended, the newest first: what all who may read the case may read of it."""
    checks = application.formal_checks.exclude(concluded_at=None).select_related("concluded_by")
    points = {point.code: point for point in points_of(application)}
    order = {code: place for place, code in enumerate(points)}
    return [
        Round(
            check,
            [
                (points.get(each.code), each)
                for each in sorted(
                    check.points.all(), key=lambda each: order.get(each.code, len(order))
                )
            ],
        )
        for check in checks.order_by("-number").prefetch_related("points__checked_by")
    ]


def _by_code(check: FormalCheck | None) -> dict[str, CheckedPoint]:
    if check is None:
        return {}
    return {point.code: point for point in check.points.select_related("checked_by")}

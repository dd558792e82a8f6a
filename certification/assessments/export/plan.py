"""What a spreadsheet that came back would change on the card, row by row, before it does."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from certification.assessments.models import Assessment, Rating
from certification.differences import Segment, words
from certification.finding import fold
from certification.standards.models import Criterion, RatingLevel

from .columns import COLUMNS
from .reading import Reading, Row

TEXTS = ("strengths", "weaknesses", "question")
TITLES = {column.name: column.title for column in COLUMNS}


class Outcome(models.TextChoices):
    """What becomes of a row. A stale one was rated anew on the page since the file was made: it
    is written only where the assessor says so.
    """

    NEW = "new", pgettext_lazy("row of ratings", "new")
    CHANGED = "changed", pgettext_lazy("row of ratings", "changed")
    STALE = "stale", pgettext_lazy("row of ratings", "changed on the page meanwhile")
    SAME = "same", pgettext_lazy("row of ratings", "unchanged")
    REFUSED = "refused", pgettext_lazy("row of ratings", "cannot be read")


TONES = {
    Outcome.NEW: "success",
    Outcome.CHANGED: "info",
    Outcome.STALE: "warning",
    Outcome.REFUSED: "danger",
}


@dataclass(frozen=True)
class Change:
    """A column that differs, and how its text does."""

    title: str
    is_emptied: bool
    segments: list[Segment]


@dataclass
class PlannedRow:
    """One row of the file beside the rating that is saved now."""

    number: int
    code: str
    criterion: Criterion | None = None
    saved: Rating | None = None
    level: RatingLevel | None = None
    texts: dict[str, str] = field(default_factory=dict)
    version: int = 0  # of the rating that the file was made of
    problems: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.problems:
            return Outcome.REFUSED
        if self.saved is None:
            return Outcome.NEW if self.level or any(self.texts.values()) else Outcome.SAME
        if not self.changes:
            return Outcome.SAME
        if self.saved.version != self.version:
            return Outcome.STALE
        return Outcome.CHANGED if any(_written(self.saved).values()) else Outcome.NEW

    @property
    def tone(self) -> str:
        return TONES.get(self.outcome, "neutral")

    @property
    def changes(self) -> list[Change]:
        """What the file says differently from what is saved now."""
        now, file = _written(self.saved), {"level": str(self.level or ""), **self.texts}
        return [
            Change(TITLES[name], not file[name], words(now[name], file[name]))
            for name in file
            if now[name] != file[name]
        ]


def _written(rating: Rating | None) -> dict[str, str]:
    if rating is None:
        return dict.fromkeys(("level", *TEXTS), "")
    texts = {name: _tidy(getattr(rating, name)) for name in TEXTS}
    return {"level": str(rating.level or ""), **texts}


@dataclass(frozen=True)
class Plan:
    rows: list[PlannedRow]

    def of(self, *outcomes: Outcome) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome in outcomes]

    @property
    def to_write(self) -> list[PlannedRow]:
        """Those written without being asked about."""
        return self.of(Outcome.NEW, Outcome.CHANGED)

    @property
    def fingerprint(self) -> str:
        """Another one as soon as anything would come out differently."""
        told = [
            (row.number, row.code, row.outcome, row.saved.version if row.saved else 0)
            for row in self.rows
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def plan_of(assessment: Assessment, reading: Reading) -> Plan:
    """Compare the file with what is saved now. Three queries."""
    criteria = {each.code: each for each in assessment.criteria()}
    levels = _by_name(assessment.application.standard_set.levels.all())
    ratings = assessment.ratings.select_related("level")
    saved = {each.criterion_id: each for each in ratings}
    seen: set[str] = set()
    rows = []
    for row in reading.rows:
        planned = _planned(row, criteria, levels, saved)
        if planned.code in seen:
            planned.problems.append(_("This criterion stands in the file twice."))
        seen.add(planned.code)
        rows.append(planned)
    return Plan(rows)


def _planned(
    row: Row,
    criteria: dict[str, Criterion],
    levels: dict[str, RatingLevel],
    saved: dict[int, Rating],
) -> PlannedRow:
    code = row["code"].upper().rstrip(".")
    criterion = criteria.get(code)
    planned = PlannedRow(row.number, code, criterion)
    if criterion is None:
        planned.problems.append(_("There is no such criterion on your card."))
        return planned
    planned.saved = saved.get(criterion.pk)
    planned.version = int(row["version"]) if row["version"].isdecimal() else 0
    planned.texts = {name: _tidy(row[name]) for name in TEXTS}
    planned.level = levels.get(_named(row["level"]))
    if row["level"] and planned.level is None:
        planned.problems.append(
            _("“%(level)s” is no level of the scale. Choose one from the list.")
            % {"level": row["level"][:60]}
        )
    planned.problems += _too_long(planned.texts)
    return planned


def _too_long(texts: dict[str, str]) -> Iterable[str]:
    for name, text in texts.items():
        limit = cast("models.TextField[str, str]", Rating._meta.get_field(name)).max_length
        if limit and len(text) > limit:
            yield _("%(column)s: longer than %(limit)s characters. Shorten it in the file.") % {
                "column": TITLES[name],
                "limit": limit,
            }


def _by_name(levels: Iterable[RatingLevel]) -> dict[str, RatingLevel]:
    """A level by whatever people type for it: „2 – spełnione”, „2”, „spełnione”, „n/d”."""
    found: dict[str, RatingLevel] = {}
    for level in levels:
        names = [str(level), level.name_pl, level.name_en]
        names += ["n/d", "nd", "nie dotyczy", "n/a"] if level.value is None else [str(level.value)]
        found |= {_named(name): level for name in names if name}
    return found


def _named(text: str) -> str:
    return " ".join(fold(text).replace("–", "-").split())


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("_x000D_", "").strip()

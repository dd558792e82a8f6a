"""What a plan says: for each row what becomes of it, why, and which fields change."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from institutions.import_files import Row
from institutions.models import Institution
from institutions.versions import version_of


class Outcome(TextChoices):
    """What becomes of a row; the value stands in the address of the page."""

    NEW = "nowe", pgettext_lazy("row of a file", "new")
    CHANGED = "zmienione", pgettext_lazy("row of a file", "changed")
    UNCHANGED = "bez-zmian", pgettext_lazy("row of a file", "unchanged")
    REFUSED = "odrzucone", pgettext_lazy("row of a file", "refused")


_TONES = {
    Outcome.NEW: "success",
    Outcome.CHANGED: "info",
    Outcome.UNCHANGED: "neutral",
    Outcome.REFUSED: "danger",
}


@dataclass(frozen=True)
class Change:
    """One field, as people read it; of a new institution `before` is empty."""

    field: str
    label: str
    before: str
    after: str


@dataclass
class PlannedRow:
    """`institution` as it will be: a copy of the one that stands (`found`), or a new one.

    `problems` are why it is refused; `remarks` what people should know besides. `forms` are
    forms of the full name that will be written.
    """

    row: Row
    institution: Institution = field(default_factory=Institution)
    found: Institution | None = None
    changes: list[Change] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def name(self) -> str:
        return self.found.name if self.found else self.row["name"]

    @property
    def town(self) -> str:
        return self.found.town if self.found else self.row["town"] or self.institution.town

    @property
    def details(self) -> list[Change]:
        """The changes, without what heads the row anyway."""
        return [change for change in self.changes if change.field not in {"name", "town"}]

    @property
    def outcome(self) -> Outcome:
        if self.problems:
            return Outcome.REFUSED
        if self.found is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.UNCHANGED

    @property
    def tone(self) -> str:
        """How its status is coloured."""
        return _TONES[self.outcome]

    def mark(self) -> str:
        """What will be written, in a text that differs when that does."""
        pk = self.found.pk if self.found else ""
        changed = [(each.field, each.before, each.after) for each in self.changes]
        parent = self.institution.parent_id if self.outcome is Outcome.NEW else ""
        return f"{self.number} {self.outcome.value} {pk} {parent} {changed}"


@dataclass(frozen=True)
class Plan:
    rows: list[PlannedRow]

    @cached_property
    def version(self) -> str:
        """A mark of all that would be written; sent back as `seen`."""
        return version_of(each.mark() for each in self.rows)

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        return [each for each in self.rows if each.outcome == outcome]

    @property
    def with_remarks(self) -> list[PlannedRow]:
        return [each for each in self.rows if each.remarks and not each.problems]

    @property
    def writes(self) -> int:
        """How many institutions would be added or changed."""
        return len(self.of(Outcome.NEW)) + len(self.of(Outcome.CHANGED))

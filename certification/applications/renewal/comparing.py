"""Then and now: each criterion as it was answered last time, beside what is answered today."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Application, Carried, Citation
from certification.applications.places import Place
from certification.applications.reading import Progress, Row
from certification.applications.submitted import rows_for
from certification.differences import Segment, words
from certification.standards.descent import Kind
from certification.standards.models import Criterion
from institutions.models import User

from .carrying import Carry, Said
from .earlier import Earlier, Judgement, earlier_for, judgements_for
from .staleness import Stale, stale_citations


class Mark(models.TextChoices):
    """What the eye should stop at. The first four tell how far a criterion has come since."""

    NEW = "new", _("new criterion")
    STANDARD = "standard", _("standard changed")
    CHANGED = "changed", _("answer changed")
    UNCHANGED = "unchanged", _("unchanged")
    STALE = "stale", _("evidence stale")
    TO_CONFIRM = "to_confirm", _("to be confirmed")


MARK_TONES = {
    Mark.NEW: "progress",
    Mark.STANDARD: "info",
    Mark.CHANGED: "progress",
    Mark.UNCHANGED: "neutral",
    Mark.STALE: "warning",
    Mark.TO_CONFIRM: "warning",
}


@dataclass(frozen=True)
class Cited:
    """A citation of today: whether it came since, and why it needs a look, "" for no reason."""

    citation: Citation
    is_new: bool
    stale: str


def _cited(citation: Citation) -> tuple[int, Place]:
    """What tells citations of one answer apart: one from a dossier has no key."""
    return citation.revision_id, citation.place


@dataclass(frozen=True)
class ThenAndNow:
    """One criterion. `inherited` is what it began with, None where it began from nothing."""

    row: Row
    inherited: Carry | None
    judgements: dict[int, Judgement]
    stale: list[Stale]

    @property
    def criterion(self) -> Criterion:
        return self.row.criterion

    @property
    def then(self) -> list[tuple[Said, Judgement | None]]:
        origins = self.inherited.origins if self.inherited else ()
        return [(said, self.judgements.get(said.criterion.pk)) for said in origins]

    @cached_property
    def text(self) -> list[Segment]:
        """The way from the text that was taken over to the one of today."""
        answer = self.row.answer
        return words(self.inherited.text if self.inherited else "", answer.text if answer else "")

    @property
    def is_text_changed(self) -> bool:
        answer = self.row.answer
        was = self.inherited.text if self.inherited else ""
        return was.split() != (answer.text if answer else "").split()

    @property
    def is_rating_changed(self) -> bool:
        was = {said.rating_name for said in self.inherited.origins} if self.inherited else set()
        return was != {self._rating_name}

    @property
    def _rating_name(self) -> str:
        rating = self.row.answer.self_rating if self.row.answer else None
        return rating.name_pl if rating else ""

    @property
    def added(self) -> list[Citation]:
        """What is cited today and was not then."""
        pieces = self.inherited.pieces if self.inherited else []
        were = {(piece["id"], piece["place"]) for piece in pieces}
        return [each for each in self.row.citations if _cited(each) not in were]

    @property
    def cited(self) -> list[Cited]:
        new = self.added if self.inherited else []
        reasons = {_cited(each.citation): each.reason for each in self.stale}
        return [
            Cited(each, each in new, reasons.get(_cited(each), "")) for each in self.row.citations
        ]

    @property
    def removed(self) -> list[dict[str, Any]]:
        """The records of what was cited then and is not today."""
        are = {_cited(each) for each in self.row.citations}
        pieces = self.inherited.pieces if self.inherited else []
        return [piece for piece in pieces if (piece["id"], piece["place"]) not in are]

    @property
    def is_changed(self) -> bool:
        return bool(self.is_text_changed or self.is_rating_changed or self.added or self.removed)

    @property
    def rewordings(self) -> list[tuple[Criterion, list[Segment]]]:
        """How the criterion's own text changed, where it descends from one other alone."""
        if self.inherited is None or self.inherited.how not in {Kind.CHANGED, Kind.SPLIT}:
            return []
        return [
            (said.criterion, words(said.criterion.text, self.criterion.text))
            for said in self.inherited.origins
        ]

    @property
    def is_merged(self) -> bool:
        return self.inherited is not None and self.inherited.how == Kind.MERGED

    @property
    def confirmation(self) -> Carried | None:
        """Who found that it still holds, and when."""
        return self.row.answer.confirmation if self.row.answer else None

    @property
    def badges(self) -> list[tuple[str, str]]:
        """The marks in words, each with its tone."""
        return [(str(mark.label), MARK_TONES[mark]) for mark in self.marks]

    @cached_property
    def marks(self) -> list[Mark]:
        found = [self._standing]
        if self.inherited and self.inherited.how != Kind.SAME:
            found.insert(0, Mark.STANDARD)
        if self.stale:
            found.append(Mark.STALE)
        if self.row.is_to_confirm:
            found.append(Mark.TO_CONFIRM)
        return found

    @property
    def _standing(self) -> Mark:
        if self.inherited is None:
            return Mark.NEW
        return Mark.CHANGED if self.is_changed else Mark.UNCHANGED

    @property
    def can_be_confirmed(self) -> bool:
        return self.row.progress == Progress.CARRIED

    @property
    def is_quiet(self) -> bool:
        """Nothing that a reader should stop at: as last time, and confirmed."""
        return self.marks == [Mark.UNCHANGED]


@dataclass(frozen=True)
class Comparison:
    """A whole application beside what it was taken over from."""

    earlier: Earlier
    criteria: list[ThenAndNow]

    @property
    def changed(self) -> list[ThenAndNow]:
        return [each for each in self.criteria if not each.is_quiet]

    def marked(self, mark: Mark) -> list[ThenAndNow]:
        return [each for each in self.criteria if mark in each.marks]


def compare(
    application: Application, *, reader: User, rows: list[Row] | None = None
) -> Comparison | None:
    """Lay then and now side by side, of all criteria or of the rows that were read already.

    None for an application that was begun from nothing, or where the reader may not know what
    came before.
    """
    earlier = earlier_for(reader, application)
    if earlier is None:
        return None
    rows = rows_for(reader, application) if rows is None else rows
    carries = earlier.carries_to(row.criterion for row in rows)
    inherited = {each.criterion.pk: each for each in carries}
    judgements = judgements_for(reader, earlier)
    stale = stale_citations(application, rows)
    found = [
        ThenAndNow(
            row, inherited.get(row.criterion.pk), judgements, stale.get(row.criterion.pk, [])
        )
        for row in rows
    ]
    return Comparison(earlier, found)


def then_and_now(application: Application, row: Row, *, reader: User) -> ThenAndNow | None:
    """The same for one criterion; None where there is nothing to compare it with."""
    comparison = compare(application, reader=reader, rows=[row])
    return comparison.criteria[0] if comparison else None

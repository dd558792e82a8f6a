"""What a completion changed: the text word by word, the self-rating, and the evidence.

Compared are answers as a dossier holds them, so that what is shown is what was frozen; while the
institution still writes, its present answers stand for the dossier to come.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from certification.differences import Segment, words
from certification.standards.models import Criterion
from institutions.models import EvidenceRevision

from .dossiers import answers_of, answers_shown, as_shown
from .models import Application, Dossier
from .reading import rows_of

Answer = dict[str, Any]
NOTHING: Answer = {"self_rating_name": "", "text": "", "evidence": []}


@dataclass(frozen=True)
class Renewal:
    """One citation in place of another of the same evidence: a newer version, another place."""

    old: dict[str, Any]
    new: dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What became of the answer to one criterion."""

    code: str
    old: Answer
    new: Answer
    added: list[dict[str, Any]] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    renewed: list[Renewal] = field(default_factory=list)

    @property
    def has_new_text(self) -> bool:
        return bool(self.old["text"] != self.new["text"])

    @property
    def has_new_rating(self) -> bool:
        return bool(self.old["self_rating_name"] != self.new["self_rating_name"])

    @property
    def has_new_evidence(self) -> bool:
        return bool(self.added or self.removed or self.renewed)

    @property
    def is_any(self) -> bool:
        return self.has_new_text or self.has_new_rating or self.has_new_evidence

    @cached_property
    def words(self) -> list[Segment]:
        return words(self.old["text"], self.new["text"])


def between(before: Iterable[Answer], after: Iterable[Answer]) -> dict[str, Change]:
    """The answers that differ, by criterion, in the order of the newer. One query."""
    old = {answer["criterion"]: answer for answer in before}
    new = {answer["criterion"]: answer for answer in after}
    owners = _owners([*old.values(), *new.values()])
    changes = (
        _change(code, old.get(code, NOTHING), new.get(code, NOTHING), owners)
        for code in {**new, **old}
    )
    return {change.code: change for change in changes if change.is_any}


def of_dossier(dossier: Dossier) -> dict[str, Change]:
    """What a completion changed against the dossier before it; nothing for the first."""
    before = dossier.application.dossiers.filter(number=dossier.number - 1).first()
    return between(answers_shown(before), answers_shown(dossier)) if before else {}


@dataclass(frozen=True)
class Completed:
    """A change that a completion made, and the dossier that holds it first."""

    change: Change
    dossier: Dossier


def by_completions(application: Application) -> dict[str, Completed]:
    """The last change that a completion made to each answer, by criterion. One query for a case
    that was never completed.
    """
    if not application.was_completed:
        return {}
    return {
        code: Completed(change, after)
        for before, after in pairwise(application.dossiers.all())
        for code, change in between(answers_shown(before), answers_shown(after)).items()
    }


def since_last_dossier(
    application: Application, criteria: Collection[Criterion] | None = None
) -> dict[str, Change]:
    """What was written since the last submission; to these `criteria` alone, where given."""
    last = application.dossiers.last()
    if last is None:
        return {}
    codes = None if criteria is None else {criterion.code for criterion in criteria}
    before = [each for each in answers_shown(last) if codes is None or each["criterion"] in codes]
    return between(before, as_shown(answers_of(rows_of(application, criteria))))


def _owners(answers: Iterable[Answer]) -> dict[int, int]:
    """Which piece of evidence each cited revision is a version of."""
    cited = {piece["id"] for answer in answers for piece in answer["evidence"]}
    return dict(EvidenceRevision.objects.filter(pk__in=cited).values_list("pk", "evidence_id"))


def _change(code: str, old: Answer, new: Answer, owners: dict[int, int]) -> Change:
    gone = _only_in(old["evidence"], new["evidence"], owners)
    come = _only_in(new["evidence"], old["evidence"], owners)
    return Change(
        code,
        old,
        new,
        added=[piece for owner, piece in come.items() if owner not in gone],
        removed=[piece for owner, piece in gone.items() if owner not in come],
        renewed=[Renewal(gone[owner], piece) for owner, piece in come.items() if owner in gone],
    )


def _only_in(
    these: list[dict[str, Any]], others: list[dict[str, Any]], owners: dict[int, int]
) -> dict[int, dict[str, Any]]:
    """Citations that the others lack, at that place of that version; by piece of evidence."""
    known = [(piece["id"], piece["place"]) for piece in others]
    return {
        owners.get(piece["id"], -piece["id"]): piece
        for piece in these
        if (piece["id"], piece["place"]) not in known
    }

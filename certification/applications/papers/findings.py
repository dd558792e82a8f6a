"""What a signed paper that came back is: who signed it, and whether it is the one that we made."""

import io
import json
from dataclasses import asdict, dataclass, replace
from typing import IO

from certification import clock
from certification.applications.models import PrintedPaper
from certification.documents.recognition import Comparison, Likeness, PageDifference, compare
from certification.documents.services import open_verified
from certification.documents.signatures import After, Examination, examine
from institutions import reading
from institutions.uploads import Kind

RANK = list(Likeness)
_BY_BYTES = {
    After.NOTHING: Likeness.SAME,
    After.ALLOWED: Likeness.SIGNED,
    After.CHANGED: Likeness.ALTERED,
}


@dataclass(frozen=True)
class Findings:
    """Facts as they stood when the paper came. No `examination`: the file could not be read."""

    comparison: Comparison
    examination: Examination | None

    def dump(self) -> str:
        """As text to keep."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def load(cls, kept: str) -> "Findings":
        data = json.loads(kept)
        comparison = dict(data["comparison"])
        comparison["differences"] = tuple(
            PageDifference(**each) for each in comparison["differences"]
        )
        examination = data["examination"]
        return cls(Comparison(**comparison), Examination.of(examination) if examination else None)


def findings_of(
    file: IO[bytes], kind: Kind, prints: list[PrintedPaper]
) -> tuple[Findings, PrintedPaper]:
    """Everything that was found, and which of our prints the file is most like.

    `prints` are ours of that paper, at least one, the newest first. Reads the file several times
    and leaves it at its beginning.
    """
    if kind != Kind.PDF:
        return Findings(Comparison(Likeness.PICTURE, 1), Examination()), prints[0]
    theirs = _pages(file)
    found = [(_look(file, theirs, printed), printed) for printed in prints]
    file.seek(0)
    return min(found, key=lambda each: RANK.index(Likeness(each[0].comparison.likeness)))


def _look(file: IO[bytes], theirs: list[str] | None, printed: PrintedPaper) -> Findings:
    ours = open_verified(printed.document)
    file.seek(0)
    begins_as_ours = file.read(len(ours)) == ours
    size = len(ours) if begins_as_ours else 0
    examination = examine(file, moment=clock.now(), original_size=size)
    if examination is None or theirs is None:
        return Findings(Comparison(Likeness.UNREADABLE), examination)
    own = _pages(io.BytesIO(ours)) or []
    comparison = compare(own, theirs, sha256=printed.dossier.sha256)
    if comparison.likeness == Likeness.REWRITTEN and begins_as_ours:
        comparison = replace(comparison, likeness=_BY_BYTES[After(examination.since_original)])
    return Findings(comparison, examination)


def _pages(file: IO[bytes]) -> list[str] | None:
    """The words of each page; None for a file that cannot be read."""
    text = reading.text_of(file, reading.PDF)
    return text.split("\f")[:-1] if text else None

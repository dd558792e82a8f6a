"""What a rating is, of a case or of a sample: a level on one criterion and the reasons for it."""

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models

from certification.fingerprints import fingerprint

Row = TypeVar("Row", bound=models.Model)


class ReasonedQuerySet(models.QuerySet[Row]):
    def complete(self) -> Self:
        """Those of which `is_complete` is true."""
        return self.filter(level__isnull=False).exclude(strengths="", weaknesses="")


class Reasoned:
    """Finished or not; `TEXTS` names the columns that hold what was written."""

    TEXTS: ClassVar[tuple[str, ...]]

    if TYPE_CHECKING:
        level_id: Any
        strengths: Any
        weaknesses: Any

    @property
    def is_complete(self) -> bool:
        return self.level_id is not None and bool(self.reasons)

    @property
    def is_begun(self) -> bool:
        return self.level_id is not None or any(self.texts.values())

    @property
    def fingerprint(self) -> str:
        return fingerprint(*self.texts.values(), self.level_id)

    @property
    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.TEXTS}

    @property
    def reasons(self) -> str:
        """What speaks for the institution and what is missing, as one text for readers."""
        written = (self.strengths.strip(), self.weaknesses.strip())
        return "\n\n".join(text for text in written if text)

"""How far assessors are apart on a criterion, and in which order to talk about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.standards.models import RatingLevel

FAR = 2  # levels apart from which a difference is a large one


@dataclass(frozen=True)
class Divergence:
    """The levels that were given to one criterion, compared.

    `gap` is in levels; `across` says that by one the criterion is met and by another it is not;
    `applies_to_some`, that it was called not applicable by some and rated by others.
    """

    gap: int
    across: bool
    applies_to_some: bool

    @classmethod
    def between(cls, levels: Sequence[RatingLevel], *, met_from: int) -> "Divergence":
        values = [level.value for level in levels if level.value is not None]
        met = {value >= met_from for value in values}
        return cls(
            gap=max(values) - min(values) if values else 0,
            across=len(met) == 2,
            applies_to_some=0 < len(values) < len(levels),
        )

    @property
    def is_any(self) -> bool:
        return self.gap > 0 or self.applies_to_some

    @property
    def is_large(self) -> bool:
        """To be talked about first: the outcome hangs on it, or it is far."""
        return self.gap >= FAR or self.across or self.applies_to_some

    @property
    def order(self) -> tuple[int, int]:
        """Sorts what is furthest apart to the front: first what is large in both ways, then in
        either, then the rest; a wider gap before a narrower one."""
        reasons = (self.gap >= FAR) + (self.across or self.applies_to_some)
        return -reasons, -self.gap

    @property
    def words(self) -> list[str]:
        said = []
        if self.gap:
            apart = ngettext("%(n)s level apart", "%(n)s levels apart", self.gap)
            said.append(apart % {"n": self.gap})
        if self.across:
            said.append(_("met for one, not met for another"))
        if self.applies_to_some:
            said.append(_("not applicable for one only"))
        return said

    @property
    def tone(self) -> str:
        if not self.is_any:
            return "neutral"
        return "danger" if self.is_large else "warning"

"""How long one assessor has been at it, and how long it may take yet: for their own eyes alone.

The page counts the time in which something moves on it (static/js/pace.js) and sends it along with
what is saved. Without the script nothing is counted, and nothing is said.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

ENOUGH = 3  # criteria rated: before that nobody can say how long the rest will take


@dataclass(frozen=True)
class Pace:
    seconds: int
    done: int
    total: int

    @property
    def spent(self) -> str:
        """In words, "" for less than a minute."""
        return duration(self.seconds // 60) if self.seconds >= 60 else ""

    @property
    def left(self) -> str:
        """At the pace of until now, in words; "" where there is too little to go by."""
        if self.done < ENOUGH or self.done >= self.total or not self.spent:
            return ""
        minutes = self.seconds / self.done * (self.total - self.done) / 60
        return duration(max(5, 5 * round(minutes / 5)))


def duration(minutes: int) -> str:
    """As in 25 min, 2 h, 1 h 10 min."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(_("%(hours)d h") % {"hours": hours})
    if rest or not hours:
        parts.append(_("%(minutes)d min") % {"minutes": rest})
    return " ".join(parts)

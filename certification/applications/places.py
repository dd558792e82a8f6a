"""A place in a piece of evidence, as people write it: “s. 4”, “s. 4–6”, “12:30”, “arkusz 2”."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from certification.errors import CannotDo
from institutions import reading
from institutions.models import EvidenceRevision

MAX_WORDS = 60

_DASH = r"\s*(?:-|–|—|do|to)\s*"
_NOUN = r"(?:s|str|strona|strony|stronie|p|pp|page|pages|slajd|slajdy|slide|slides)"
_PAGES = re.compile(rf"(?:{_NOUN}\b\.?\s*)?(\d{{1,4}})(?:{_DASH}(\d{{1,4}}))?", re.I)
_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}"
_TIMES = re.compile(rf"({_CLOCK})(?:{_DASH}({_CLOCK}))?")
_SPOKEN = re.compile(
    r"(?:(\d{1,2})\s*(?:h|godz)\.?)?\s*(?:(\d{1,3})\s*(?:min|m)\b\.?)?\s*(?:(\d{1,2})\s*(?:s|sek)\.?)?",
    re.I,
)
_DIGITS_ALONE = re.compile(r"[\d:.,;\s–—-]+")


class Unreadable(CannotDo):
    """The place cannot be where it was said; the message says how to write it."""


@dataclass(frozen=True)
class Place:
    """Pages, seconds of a recording, or a few words; nothing means the whole of it."""

    page: int | None = None
    page_to: int | None = None
    second: int | None = None
    second_to: int | None = None
    spot: str = ""

    def __bool__(self) -> bool:
        return self != NOWHERE

    def __str__(self) -> str:
        """As it is shown and may be typed again."""
        if self.page_to:
            return _("pp. %(first)s–%(last)s") % {"first": self.page, "last": self.page_to}
        if self.page:
            return _("p. %(page)s") % {"page": self.page}
        if self.second is not None:
            return "–".join(
                clock_of(one) for one in (self.second, self.second_to) if one is not None
            )
        return self.spot

    @property
    def columns(self) -> dict[str, int | str | None]:
        """The fields of a citation that hold it."""
        return asdict(self)

    @property
    def query(self) -> str:
        """What an address of the viewer needs to open there."""
        if self.page:
            return f"?strona={self.page}"
        return f"?czas={self.second}" if self.second is not None else ""


NOWHERE = Place()


def clock_of(seconds: int) -> str:
    """750 is “12:30”, 3725 is “1:02:05”."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def read_place(typed: str, revision: EvidenceRevision) -> Place:
    """What was typed, understood for this piece of evidence. Raises Unreadable.

    A document has pages and a recording has a time; anything else may have either, or words.
    """
    typed = " ".join(typed.split())
    if not typed:
        return NOWHERE
    if found := _TIMES.fullmatch(typed):
        return _times([_seconds(clock) for clock in found.groups() if clock], revision)
    if (seconds := _spoken_seconds(typed)) is not None:
        return _times([seconds], revision)
    if found := _PAGES.fullmatch(typed):
        if revision.is_film or revision.is_sound:
            raise Unreadable(_("A recording has a time, not pages. Write it as 12:30 or 1:02:05."))
        return _pages(int(found[1]), int(found[2]) if found[2] else None)
    if _DIGITS_ALONE.fullmatch(typed):
        raise Unreadable(_("This place cannot be read. Write it as “p. 4”, “pp. 4–6” or “12:30”."))
    if len(typed) > MAX_WORDS:
        raise Unreadable(
            _("This is too long for a place: at most %(limit)s characters.") % {"limit": MAX_WORDS}
        )
    return Place(spot=typed)


def _pages(first: int, last: int | None) -> Place:
    if first < 1 or (last is not None and last < first):
        raise Unreadable(_("Pages are counted from 1, the first one before the last: “pp. 4–6”."))
    return Place(page=first, page_to=last if last != first else None)


def _times(seconds: Sequence[int | None], revision: EvidenceRevision) -> Place:
    if revision.has_pages:
        raise Unreadable(_("A document has pages, not a time. Write it as “p. 4” or “pp. 4–6”."))
    known = [one for one in seconds if one is not None]
    if len(known) < len(seconds) or known != sorted(known):
        raise Unreadable(
            _("This time cannot be read. Write minutes and seconds: 12:30, or 1:02:05.")
        )
    return Place(second=known[0], second_to=known[1] if known[1:] > known[:1] else None)


def _seconds(typed: str) -> int | None:
    """“1:02:05” in seconds; None for what no clock shows."""
    parts = [int(part) for part in typed.split(":")]
    if parts[-1] > 59 or (len(parts) == 3 and parts[1] > 59):
        return None
    return sum(part * 60**power for power, part in enumerate(reversed(parts)))


def _spoken_seconds(typed: str) -> int | None:
    """“12 min 30 s” in seconds; None for anything else, a page (“4 s”) included."""
    found = _SPOKEN.fullmatch(typed)
    if not found or not (found[1] or found[2]):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def understood(place: Place, revision: EvidenceRevision) -> str:
    """What will happen for whoever follows the citation, in words."""
    if not place:
        return ""
    if place.page and revision.has_pages:
        if revision.kind in reading.SLIDES:
            return _("opens at slide %(page)s") % {"page": place.page}
        return _("opens at page %(page)s") % {"page": place.page}
    if place.second is not None and (revision.is_film or revision.is_sound):
        return _("plays from %(time)s") % {"time": clock_of(place.second)}
    return _("shown beside the evidence")

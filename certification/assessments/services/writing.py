"""Writing a rating over the one that stands, of a case or of a sample."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from certification import clock
from certification.assessments.models import CalibrationRating, Rating
from certification.errors import Stale
from certification.standards.models import RatingLevel

AnyRating = TypeVar("AnyRating", Rating, CalibrationRating)


@dataclass(frozen=True)
class Written:
    """What a page sent. `expected_version` is the one it was written over, 0 for the first;
    `unasked` and `unsure` are as in `save_answer`.
    """

    level: RatingLevel | None
    texts: Mapping[str, str]
    expected_version: int = 0
    unasked: bool = False
    unsure: Collection[str] = ()


def write_over(
    saved: AnyRating | None, blank: AnyRating, written: Written
) -> tuple[AnyRating, bool]:
    """Save it, finished or not, and say whether the journal is to tell of it: what the page saves
    by itself only once an hour, and what stands there already not at all.

    `blank` is a rating of version 0, for the first time. Raises Stale with the newer rating when
    another tab was faster.
    """
    rating = saved or blank
    texts = {name: _unless_blank(written.texts[name]) for name in rating.TEXTS}
    level = written.level
    if (rating.level_id, rating.texts) == (level.pk if level else None, texts):
        return rating, False
    if rating.version != written.expected_version and rating.fingerprint not in written.unsure:
        raise Stale(saved)
    is_told = not written.unasked or saved is None or saved.updated_at < _this_hour()
    rating.level, rating.updated_at = level, clock.now()
    for name, text in texts.items():
        setattr(rating, name, text)
    rating.version += 1
    rating.save()
    return rating, is_told


def _unless_blank(text: str) -> str:
    return text if text.strip() else ""


def _this_hour() -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0)

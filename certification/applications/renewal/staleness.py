"""Evidence that was cited last time and may no longer show what it is cited for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application, Citation
from certification.applications.readiness.evidence import (
    is_older,
    is_undated,
    newest_versions,
    period_start,
)
from certification.applications.reading import Row
from institutions.models import EvidenceRevision

from .offers import months_before


class Staleness(models.TextChoices):
    """Why a piece of evidence may no longer show what it is cited for."""

    NEWER = "newer", _("the library holds a newer version")
    EARLIER = "earlier", _("it is about the time before the last certificate")
    OLD = "old", _("it was added more than %(years)s years ago")


@dataclass(frozen=True)
class Stale:
    """A citation of today that needs a look."""

    citation: Citation
    why: Staleness
    years: int

    @property
    def reason(self) -> str:
        return str(self.why.label) % {"years": self.years}


def stale_citations(application: Application, rows: Sequence[Row]) -> dict[int, list[Stale]]:
    """Citations that need a look, by the key of their criterion. One query.

    What was submitted is looked at as it stood on that day.
    """
    submitted = application.submitted_at
    day = clock.day_of(submitted) if submitted else clock.today()
    years = application.standard_set.validity_years
    start, old = period_start(application, day), months_before(day, 12 * years)
    newest = newest_versions(rows)
    found: dict[int, list[Stale]] = {}
    for row in rows:
        for citation in row.citations:
            why = staleness_of(citation.revision, newest, start=start, old=old)
            if why is not None:
                found.setdefault(row.criterion.pk, []).append(Stale(citation, why, years))
    return found


def staleness_of(
    revision: EvidenceRevision, newest: Mapping[int, int], *, start: date, old: date
) -> Staleness | None:
    """Evidence that names its time is judged by it, other evidence by when it was added."""
    evidence = revision.evidence
    if revision.number < newest.get(evidence.pk, revision.number):
        return Staleness.NEWER
    if is_older(evidence, start):
        return Staleness.EARLIER
    added = clock.day_of(revision.added_at)
    return Staleness.OLD if is_undated(evidence) and added < old else None

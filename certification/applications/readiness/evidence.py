"""What can be said against cited evidence, by what the library knows of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from certification import clock
from certification.applications.models import Application, Citation
from certification.applications.reading import Row
from institutions.models import Evidence, EvidenceRevision
from institutions.models.evidence import Form

EVERYWHERE = 8  # criteria: a piece of evidence that shows so much shows little of each


def period_start(application: Application, today: date) -> date:
    """The first day that the assessment is about: a certificate speaks of the time since the one
    it renews, and a first one of as many years as it will be valid for.
    """
    if application.renews:
        return clock.day_of(application.renews.state_since)
    years = application.standard_set.validity_years
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # the 29th of February
        return today.replace(year=today.year - years, day=28)


def is_older(evidence: Evidence, start: date) -> bool:
    """Whether what it is about had ended before that day. “Since 2010” has not ended."""
    last = evidence.occurred_to
    return last is not None and last < start


def is_undated(evidence: Evidence) -> bool:
    return evidence.occurred_from is None and evidence.occurred_to is None


def is_only_links(citations: list[Citation]) -> bool:
    """Whether nothing but addresses is cited, whose content its owner may change at any time."""
    return bool(citations) and all(
        citation.revision.evidence.form == Form.LINK for citation in citations
    )


def by_evidence(rows: Iterable[Row]) -> dict[Evidence, list[Row]]:
    """Which answers cite a piece of evidence, each once, in the order of the catalogue."""
    cited: dict[Evidence, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        for citation in row.citations:
            cited[citation.revision.evidence][row.criterion.pk] = row
    return {evidence: list(of_it.values()) for evidence, of_it in cited.items()}


def newest_versions(rows: Iterable[Row]) -> dict[int, int]:
    """The number of the newest version by evidence. One query, unless they came `with_newest`."""
    cited = [citation for row in rows for citation in row.citations]
    if all(citation.newest for citation in cited):
        return {citation.revision.evidence_id: citation.newest for citation in cited}
    evidence = {citation.revision.evidence_id for citation in cited}
    versions = EvidenceRevision.objects.newest().filter(evidence__in=evidence)
    return dict(versions.values_list("evidence", "number"))

"""Evidence offered to an answer: what was looked for in the library, or what may fit."""

from dataclasses import dataclass
from datetime import timedelta

from certification import clock
from certification.standards.models import Criterion
from institutions.models import Evidence, EvidenceRevision, User
from institutions.models.evidence import EvidenceQuerySet

from .models import Application, Citation

PER_PAGE = 10
SUGGESTED = 5
JUST_NOW = timedelta(hours=1)


@dataclass(frozen=True)
class Piece:
    """One piece of evidence with its newest version, and where this answer cites that already."""

    evidence: Evidence
    places: tuple[str, ...] = ()
    is_cited: bool = False
    is_just_added: bool = False
    is_usual: bool = False

    @property
    def revision(self) -> EvidenceRevision:
        return self.evidence.latest


@dataclass(frozen=True)
class Offer:
    """One page of what was found for `words`; without words, suggestions."""

    words: str
    pieces: list[Piece]
    page: int = 1
    has_more: bool = False

    @property
    def next_page(self) -> int:
        return self.page + 1 if self.has_more else 0


def offer(
    application: Application,
    criterion: Criterion,
    citations: list[Citation],
    *,
    to: User,
    words: str = "",
    page: int = 1,
) -> Offer:
    """What to show below the search field; `citations` are those of this answer."""
    library = Evidence.objects.filter(institution=application.institution_id)
    if not words.strip():
        cited = {citation.revision.evidence_id for citation in citations}
        keys = _suggested(library, criterion, cited, to)
        return Offer("", _pieces(keys, criterion, citations, to))
    first = (page - 1) * PER_PAGE
    found = library.matching(words).order_by("-added_at", "-pk").values_list("pk", flat=True)
    keys = list(found[first : first + PER_PAGE + 1])
    pieces = _pieces(keys[:PER_PAGE], criterion, citations, to)
    return Offer(words, pieces, page, has_more=len(keys) > PER_PAGE)


def _suggested(
    library: EvidenceQuerySet, criterion: Criterion, cited: set[int], to: User
) -> list[int]:
    """What this person has just added, then the kinds that usually show it, then the newest."""
    newest = library.order_by("-added_at", "-pk").exclude(pk__in=cited)
    usual_kinds = [kind.pk for kind in criterion.evidence_types.all()]
    usual = newest.filter(type__in=usual_kinds).values_list("pk", flat=True)[:SUGGESTED]
    latest = newest.values_list("pk", "added_by", "added_at")[:SUGGESTED]
    moment = clock.now() - JUST_NOW
    mine = [pk for pk, by, at in latest if by == to.pk and at >= moment]
    return list(dict.fromkeys([*mine, *usual, *(row[0] for row in latest)]))[:SUGGESTED]


def _pieces(
    keys: list[int], criterion: Criterion, citations: list[Citation], to: User
) -> list[Piece]:
    rows = (
        Evidence.objects.select_related("type")
        .defer("search_text", "description")
        .with_latest()
        .in_bulk(keys)
    )
    usual = {kind.pk for kind in criterion.evidence_types.all()}
    moment = clock.now() - JUST_NOW
    pieces = []
    for evidence in (rows[pk] for pk in keys):
        cited = [one for one in citations if one.revision_id == evidence.latest.pk]
        mine = evidence.added_by_id == to.pk and evidence.added_at >= moment
        pieces.append(
            Piece(
                evidence,
                places=tuple(str(one.place) for one in cited if one.place),
                is_cited=bool(cited),
                is_just_added=mine,
                is_usual=evidence.type_id in usual,
            )
        )
    return pieces

"""The catalogue, for everybody."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from certification.standards.forms.catalogue import CatalogueFilter
from certification.standards.models import InstitutionKind, StandardSet
from certification.standards.outcome_rule import OutcomeRule


@login_not_required
@require_safe
def catalogue(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """Show one edition, or the one that new applications are written against."""
    editions = StandardSet.objects.visible_to(request.user).newest_first()
    editions = editions.select_related("retirement", "follows")
    shown = next((each for each in editions if _is_meant(each, code)), None)
    if code and shown is None:
        raise Http404
    if shown is None:
        return render(request, "standards/catalogue_empty.html")
    levels = list(shown.levels.all())
    form = CatalogueFilter(request.GET or None, kinds=InstitutionKind.objects.all())
    return render(
        request,
        "standards/catalogue.html",
        {
            "standard_set": shown,
            "contents": contents(shown, form.kind),
            "levels": levels,
            "rule": OutcomeRule.of(shown, levels),
            "filter": form,
            "kind": form.kind,
            "may_keep": request.user.has_perm("standards.edit_edition"),
            "clear_url": shown.get_absolute_url() if form.kind else "",
            "other_editions": [each for each in editions if each != shown],
        },
    )


def _is_meant(standard_set: StandardSet, code: str | None) -> bool:
    is_in_use = standard_set.is_published and not standard_set.is_retired
    return standard_set.code == code if code else is_in_use


@dataclass(frozen=True)
class Contents:
    """The long part of the page as HTML, with what was counted on the way."""

    index: str
    areas: str
    standard_count: int
    criterion_count: int


def contents(standard_set: StandardSet, kind: InstitutionKind | None) -> Contents:
    """Render an edition's standards; a published one only once in each language and process."""
    if standard_set.published_at is None:
        return _render(standard_set, kind)
    return _render_frozen(standard_set, kind, standard_set.published_at, get_language())


@lru_cache(maxsize=64)
def _render_frozen(
    standard_set: StandardSet,
    kind: InstitutionKind | None,
    published_at: datetime,
    language: str | None,
) -> Contents:
    """Keep what can never change again. The last two arguments are there to tell keys apart."""
    return _render(standard_set, kind)


def _render(standard_set: StandardSet, kind: InstitutionKind | None) -> Contents:
    areas = [area for area in standard_set.areas.with_contents(kind) if area.standards.all()]
    standards = [standard for area in areas for standard in area.standards.all()]
    return Contents(
        index=render_to_string("standards/_index.html", {"areas": areas}),
        areas=render_to_string("standards/_areas.html", {"areas": areas}),
        standard_count=len(standards),
        criterion_count=sum(len(standard.criteria.all()) for standard in standards),
    )

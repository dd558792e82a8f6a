"""The catalogue, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .forms import CatalogueFilter
from .models import InstitutionKind, StandardSet


@login_not_required
@require_safe
def catalogue(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """Show one edition, or the one that new applications are written against."""
    editions = StandardSet.objects.visible_to(request.user).newest_first()
    shown = next((each for each in editions if _is_meant(each, code)), None)
    if code and shown is None:
        raise Http404
    if shown is None:
        return render(request, "standards/catalogue_empty.html")
    form = CatalogueFilter(request.GET or None, kinds=InstitutionKind.objects.all())
    areas = [area for area in shown.areas.with_contents(form.kind) if area.standards.all()]
    standards = [standard for area in areas for standard in area.standards.all()]
    return render(
        request,
        "standards/catalogue.html",
        {
            "standard_set": shown,
            "areas": areas,
            "standard_count": len(standards),
            "criterion_count": sum(len(standard.criteria.all()) for standard in standards),
            "levels": shown.levels.all(),
            "filter": form,
            "kind": form.kind,
            "clear_url": shown.get_absolute_url() if form.kind else "",
            "other_editions": [each for each in editions if each != shown],
        },
    )


def _is_meant(standard_set: StandardSet, code: str | None) -> bool:
    return standard_set.code == code if code else standard_set.is_published

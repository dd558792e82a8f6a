"""The list of evidence of one's own institution, or of all of one's own."""

from collections.abc import Collection

from django.core.paginator import Paginator
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certification.standards.models import EvidenceType
from institutions import keeping
from institutions.forms.library_filter import EvidenceFilter, Order, Use
from institutions.models import Evidence, EvidenceTag, Institution, User
from institutions.models.evidence import EvidenceQuerySet
from institutions.requests import SignedInRequest
from institutions.rules import libraries_kept_by
from institutions.services.uploads import room_of, waiting

PER_PAGE = 25


@require_safe
def evidence_list(request: SignedInRequest) -> HttpResponse:
    mine = request.user.institution_ids
    library = Evidence.objects.visible_to(request.user)
    form = EvidenceFilter(
        request.GET,
        types=EvidenceType.objects.filter(Exists(library.filter(type=OuterRef("pk")))),
        tags=EvidenceTag.objects.used_by(*mine),
        institutions=_several(mine),
    )
    found = _narrowed(library, form, by=request.user).values_list("pk", flat=True)
    # what is narrowed is looked for once, and not once more to count what was found
    keys = list(found) if form.is_narrowed else found
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(list(page), of_several="instytucja" in form.fields),
        "filter": form,
        "clear_url": request.path if form.is_narrowed else "",
        "libraries": (libraries := list(libraries_kept_by(request.user))),
        "room": room_of(libraries[0]) if len(libraries) == 1 else None,
        "waiting": waiting(request.user) if libraries else (),
        "several": "instytucja" in form.fields,
    }
    return render(request, "institutions/evidence_list.html", context)


def _several(mine: Collection[int]) -> QuerySet[Institution]:
    """The institutions to choose from; none where there is no choice."""
    if len(mine) < 2:
        return Institution.objects.none()
    return Institution.objects.filter(pk__in=mine)


def _narrowed(library: EvidenceQuerySet, form: EvidenceFilter, *, by: User) -> EvidenceQuerySet:
    """What was asked for; nothing where that could not be read."""
    if not form.is_valid():
        return library.none()
    asked = form.cleaned_data
    found = library.matching(asked["q"])
    same = {"type": asked["rodzaj"], "form": asked["forma"], "institution": asked.get("instytucja")}
    found = found.filter(**{field: value for field, value in same.items() if value})
    if asked.get("etykieta"):
        found = found.tagged(asked["etykieta"])
    if any(form.years):
        found = found.concerning(*form.years)
    if asked["moje"]:
        found = found.filter(added_by=by)
    return _ordered(found.filter(_used(asked["uzycie"])), asked["kolejnosc"])


def _used(asked: str) -> Q:
    if asked == Use.USED:
        return keeping.in_use()
    return ~keeping.in_use() if asked == Use.UNUSED else Q()


def _ordered(found: EvidenceQuerySet, asked: str) -> EvidenceQuerySet:
    if asked == Order.TITLE:
        return found.by_title()
    return found.by_time() if asked == Order.TIME else found


def _rows(wanted: list[int], *, of_several: bool) -> list[Evidence]:
    """The rows of one page, in its order, each with `latest`, its tags and `is_used`.

    Found by key: sorting and counting then touch no more than the keys of all the others.
    """
    related = ("type", "institution") if of_several else ("type",)
    is_used = ExpressionWrapper(keeping.in_use(), output_field=BooleanField())
    rows = (
        Evidence.objects.select_related(*related)
        .defer("search_text", "description")
        .with_latest()
        .prefetch_related("tags")
        .annotate(is_used=is_used)
        .in_bulk(wanted)
    )
    return [rows[pk] for pk in wanted]

"""The list of evidence of one's own institution, or of all of one's own."""

from collections.abc import Collection

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certification.standards.models import EvidenceType
from institutions import keeping
from institutions.forms.library_filter import EvidenceFilter, Order, Use
from institutions.library_rows import rows_of
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
    several = "instytucja" in form.fields
    libraries = list(libraries_kept_by(request.user))
    # what stands beside the list until one looks for something in it
    is_start = page.number == 1 and not form.is_narrowed
    context = {
        "page": page,
        "rows": rows_of(list(page), libraries=mine),
        "filter": form,
        "clear_url": request.path if form.is_narrowed else "",
        "libraries": libraries,
        "has_library": bool(mine),
        "room": room_of(libraries[0]) if is_start and len(libraries) == 1 else None,
        "waiting": waiting(request.user) if is_start and libraries else (),
        "several": several,
    }
    return render(request, "institutions/evidence_list.html", context)


def _several(mine: Collection[int]) -> list[Institution]:
    """The institutions to choose from; none where there is no choice."""
    return list(Institution.objects.filter(pk__in=mine)) if len(mine) > 1 else []


def _narrowed(library: EvidenceQuerySet, form: EvidenceFilter, *, by: User) -> EvidenceQuerySet:
    """What was asked for; nothing where that could not be read."""
    if not form.is_valid():
        return library.none()
    asked = form.cleaned_data
    found = library.matching(asked["q"])
    same = {
        "type__code": asked["rodzaj"],
        "form": asked["forma"],
        "institution": asked.get("instytucja"),
    }
    found = found.filter(**{field: value for field, value in same.items() if value})
    if asked.get("etykieta"):
        found = found.tagged(asked["etykieta"], of=by.institution_ids)
    if any(form.years):
        found = found.concerning(*form.years)
    if asked["moje"]:
        found = found.filter(added_by=by)
    return _ordered(found.filter(_used(asked["uzycie"], by)), asked["kolejnosc"])


def _used(asked: str, by: User) -> Q:
    used = keeping.in_use(by.institution_ids)
    return {Use.USED: used, Use.UNUSED: ~used}.get(asked, Q())  # type: ignore[call-overload]


def _ordered(found: EvidenceQuerySet, asked: str) -> EvidenceQuerySet:
    if asked == Order.TITLE:
        return found.by_title()
    return found.by_time() if asked == Order.TIME else found

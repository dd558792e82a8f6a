"""Pages of institutions: the list, one institution, its data."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification.audit.models import Event
from certification.errors import CannotDo, Stale
from certification.permitted import permitted
from certification.refusals import refused_at
from institutions.forms.institution import (
    ContactForm,
    InstitutionFilter,
    InstitutionForm,
    NewInstitutionForm,
)
from institutions.grammar import Case, Variant
from institutions.models import Institution, NameForm
from institutions.people_section import people_of
from institutions.requests import SignedInRequest
from institutions.sections import on_institution
from institutions.services.institution import (
    change_contact,
    change_institution,
    create_institution,
    data_version,
)
from institutions.services.uploads import room_of
from institutions.views.form_pages import form_page

PAGE_SIZE = 25
HISTORY_SIZE = 10
VERBS = (
    *("change_institution", "change_contact", "rename_institution", "change_parent"),
    "keep_employees",
    "save_name_forms",
)


@require_GET
def institution_list(request: SignedInRequest) -> HttpResponse:
    form = InstitutionFilter(request.GET)
    institutions = Institution.objects.visible_to(request.user).with_confirmed_cases()
    found = _narrowed(institutions, **form.chosen()).select_related("kind", "parent")
    return render(
        request,
        "institutions/institution_list.html",
        {
            "form": form,
            "is_narrowed": bool(form.chosen()),
            "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
            "all_cases": len(Case),
            "may_create": request.user.has_perm("institutions.create_institution"),
        },
    )


def _narrowed(institutions: Any, *, q: str = "", **exactly: Any) -> QuerySet[Institution]:
    found: QuerySet[Institution] = institutions.matching(q).filter(**exactly)
    return found


@require_GET
def institution_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    everything = Institution.objects.select_related("kind", "parent", "created_by")
    everything = everything.select_related("town_confirmed_by")
    everything = everything.prefetch_related("units", "name_forms", "former_names")
    institution = permitted(everything, request.user, pk=pk)
    may = {verb: request.user.has_perm(f"institutions.{verb}", institution) for verb in VERBS}
    states = {variant: _state_of(institution, variant) for variant in Variant}
    return render(
        request,
        "institutions/institution_detail.html",
        {
            "institution": institution,
            "room": room_of(institution) if _keeps_library(request, institution) else None,
            "people": people_of(institution, request.user),
            "name_rows": _name_rows(institution, states),
            "variant_states": states,
            "full_name_ready": states[Variant.FULL] == "confirmed",
            "history": _history(institution) if may["save_name_forms"] else (),
            "may": may,
            "sections": on_institution.made_for(request.user, institution),
        },
    )


def _keeps_library(request: SignedInRequest, institution: Institution) -> bool:
    """Whether the person sees how full the library is: its people and the office do."""
    belongs = institution.pk in request.user.institution_ids
    return belongs or request.user.has_perm("institutions.change_institution", institution)


def _state_of(institution: Institution, variant: Variant) -> str:
    """Whether all seven forms of the variant are confirmed, some, or there are none."""
    forms = [form for form in institution.name_forms.all() if form.variant == variant]
    confirmed = sum(form.is_confirmed for form in forms)
    if confirmed == len(Case):
        return "confirmed"
    return "mixed" if confirmed else "waiting" if forms else "empty"


def _name_rows(
    institution: Institution, states: dict[Variant, str]
) -> list[tuple[Case, list[tuple[Variant, NameForm | None, str]]]]:
    return [
        (
            case,
            [(variant, institution.form(variant, case), states[variant]) for variant in Variant],
        )
        for case in Case
    ]


def _history(institution: Institution) -> QuerySet[Event]:
    events = Event.objects.about(institution).select_related("by")
    return events.order_by("-seq")[:HISTORY_SIZE]


@require_http_methods(["GET", "POST"])
def institution_create(request: SignedInRequest) -> HttpResponse:
    """Add an institution, or a unit of the one that `?jednostka=` names."""
    if not request.user.has_perm("institutions.create_institution"):
        raise PermissionDenied
    parent = _parent(request)
    new = Institution(parent=parent)
    if parent:
        new.town, new.voivodeship, new.kind = parent.town, parent.voivodeship, parent.kind
        new.teryt, new.county = parent.teryt, parent.county
    form = NewInstitutionForm(request.POST or None, instance=new)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            institution = create_institution(by=request.user, parent=parent, **form.data_to_store())
            messages.success(request, _("The institution was added. Now check its name forms."))
            return redirect("name_forms", institution.pk)
    context = {"form": form, "parent": parent}
    return form_page(request, "institutions/institution_create.html", context)


def _parent(request: SignedInRequest) -> Institution | None:
    """The institution whose unit is added; a unit has no units of its own."""
    given = request.GET.get("jednostka", "")
    if not re.fullmatch(r"[0-9]{1,18}", given):
        return None
    return permitted(Institution, request.user, pk=given, parent=None)


@require_http_methods(["GET", "POST"])
def institution_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    institution = permitted(Institution, request.user, "institutions.change_institution", pk=pk)
    return _edit(request, institution, InstitutionForm, change_institution)


@require_http_methods(["GET", "POST"])
def institution_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where to write to the institution: its custodian knows that best."""
    institution = permitted(Institution, request.user, "institutions.change_contact", pk=pk)
    return _edit(request, institution, ContactForm, change_contact)


def _edit(
    request: SignedInRequest, institution: Institution, form_class: type[ContactForm], change: Any
) -> HttpResponse:
    form = form_class(
        request.POST or None, instance=institution, initial={"seen": data_version(institution)}
    )
    context: dict[str, Any] = {"form": form, "newer": ()}
    conflict = False
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            change(institution, by=request.user, seen=seen, **form.data_to_store())
        except Stale as stale:
            current: Any = stale.current
            context["newer"] = form.against(current, version=data_version(current))
            form.add_error(None, str(stale))
            conflict = True
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The data were saved."))
            return redirect("institution_detail", institution.pk)
    # the form has written on the other one
    context["institution"] = Institution.objects.get(pk=institution.pk)
    return form_page(request, "institutions/institution_edit.html", context, conflict=conflict)

"""Pages of people: accounts, and the roles they are appointed to."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification import clock
from certification.errors import CannotDo
from certification.permitted import permitted
from certification.refusals import refused_at
from institutions.forms.people import (
    AccountForm,
    AppointmentEndForm,
    AppointmentForm,
    PersonFilter,
    PersonForm,
)
from institutions.models import Appointment, Membership, User
from institutions.requests import SignedInRequest
from institutions.sections import on_person
from institutions.services import people
from institutions.views.form_pages import form_page

PAGE_SIZE = 25


@require_GET
def person_list(request: SignedInRequest) -> HttpResponse:
    if not request.user.has_perm("institutions.view_people"):
        raise PermissionDenied
    form = PersonFilter(request.GET)
    chosen = form.chosen()
    today = clock.today()
    memberships = Membership.objects.in_force(today).select_related("institution")
    found = _narrowed(User.objects.visible_to(request.user), **chosen).prefetch_related(
        Prefetch("appointments", Appointment.objects.in_force(today), to_attr="roles_today"),
        Prefetch("memberships", memberships, to_attr="institutions_today"),
    )
    return render(
        request,
        "institutions/person_list.html",
        {
            "form": form,
            "is_narrowed": bool(chosen),
            "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        },
    )


def _narrowed(users: Any, *, q: str = "", role: str = "", account: str = "") -> QuerySet[User]:
    found: QuerySet[User] = users.matching(q)
    if role:
        holders = Appointment.objects.in_force(clock.today()).filter(role=role)
        found = found.filter(pk__in=holders.values("user"))
    if account:
        found = found.filter(is_active=account == "active")
    return found


@require_GET
def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    person = permitted(User, request.user, "institutions.view_people", pk=pk)
    today = clock.today()
    appointments = person.appointments.select_related("appointed_by").order_by("-since", "role")
    past = [one for one in appointments if one.until and one.until < today]
    verbs = ("change_account", "appoint_user", "end_appointment", "deactivate_account", "invite")
    return render(
        request,
        "institutions/person_detail.html",
        {
            "person": person,
            "appointments": [one for one in appointments if one not in past],
            "past_appointments": past,
            "memberships": person.memberships.in_force(today).select_related("institution"),
            "today": today,
            "sections": on_person.made_for(request.user, person),
            "may": {verb: request.user.has_perm(f"institutions.{verb}", person) for verb in verbs},
        },
    )


@require_http_methods(["GET", "POST"])
def person_create(request: SignedInRequest) -> HttpResponse:
    if not request.user.has_perm("institutions.create_account"):
        raise PermissionDenied
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = people.create_account(by=request.user, **form.cleaned_data)
        except CannotDo as refusal:
            form.add_error("email", str(refusal))
        else:
            text = _("The account was opened. An invitation is on its way to %(email)s.")
            messages.success(request, text % {"email": person.email})
            return redirect("person_detail", person.pk)
    return form_page(request, "institutions/person_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def person_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    person = permitted(User, request.user, "institutions.change_account", pk=pk)
    name = person.full_name
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        people.change_account(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("The data were saved."))
        return redirect("person_detail", pk)
    context = {"form": form, "person": person, "name": name}
    return form_page(request, "institutions/person_edit.html", context)


@require_http_methods(["GET", "POST"])
def appointment_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the person a role. Nobody gives one to themselves."""
    person = permitted(User, request.user, "institutions.appoint_user", pk=pk)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            people.appoint_user(person, by=request.user, **form.cleaned_data)
            messages.success(request, _("The role was given."))
            return redirect("person_detail", pk)
    context = {"form": form, "person": person}
    return form_page(request, "institutions/appointment_create.html", context)


@require_http_methods(["GET", "POST"])
def appointment_end(request: SignedInRequest, pk: int, appointment_pk: int) -> HttpResponse:
    person = permitted(User, request.user, "institutions.end_appointment", pk=pk)
    appointment = get_object_or_404(person.appointments, pk=appointment_pk)
    form = AppointmentEndForm(request.POST or None, appointment=appointment)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            people.end_appointment(appointment, by=request.user, until=form.cleaned_data["until"])
            messages.success(request, _("The end of the role was saved."))
            return redirect("person_detail", pk)
    context = {"form": form, "person": person, "appointment": appointment}
    return form_page(request, "institutions/appointment_end.html", context)


@require_http_methods(["GET", "POST"])
def person_deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first: whoever is at work on that account loses it at once."""
    person = permitted(User, request.user, "institutions.deactivate_account", pk=pk)
    if request.method == "GET":
        return render(request, "institutions/person_deactivate.html", {"person": person})
    people.deactivate_account(person, by=request.user)
    messages.success(request, _("The account was switched off."))
    return redirect("person_detail", pk)


@require_POST
def person_reactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    person = permitted(User, request.user, "institutions.reactivate_account", pk=pk)
    people.reactivate_account(person, by=request.user)
    messages.success(request, _("The account was switched on again."))
    return redirect("person_detail", pk)


@require_POST
def person_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    person = permitted(User, request.user, "institutions.invite", pk=pk)
    people.invite(person, by=request.user)
    text = _("The invitation was sent again to %(email)s.")
    messages.success(request, text % {"email": person.email})
    return redirect("person_detail", pk)

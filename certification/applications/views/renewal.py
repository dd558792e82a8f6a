"""Renewing a certificate: opening, then and now side by side, confirming what still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification import clock
from certification.applications import services
from certification.applications.forms.renewing import ConfirmForm
from certification.applications.models import Application
from certification.applications.renewal.comparing import (
    Comparison,
    Mark,
    ThenAndNow,
    compare,
)
from certification.applications.renewal.offers import holding_of
from certification.applications.renewal.passage import passage
from certification.permitted import permitted
from certification.standards.models import Area, Standard, StandardSet
from institutions.models import Institution
from institutions.requests import SignedInRequest

from .answering import opened, saved, write


@require_http_methods(["GET", "POST"])
def renewal_open(request: SignedInRequest, institution_pk: int) -> HttpResponse:
    """What happens when a renewal is opened, in plain words; and the button that opens it."""
    institution = permitted(
        Institution, request.user, "applications.open_application", pk=institution_pk
    )
    holding = holding_of(institution)
    standard_set = StandardSet.objects.current()
    if holding is None or standard_set is None:
        raise Http404
    if request.method == "POST":
        application = services.open_application(
            institution, by=request.user, renews=holding.application
        )
        messages.success(request, _("The renewal is open. Your earlier answers are in it."))
        return redirect("application_renewal", application.pk)
    context = {
        "institution": institution,
        "holding": holding,
        "has_ended": holding.valid_to < clock.today(),
        "is_time": holding.is_renewable(clock.today()),
        "under_way": Application.objects.under_way().filter(institution=institution).first(),
        "passage": passage(holding.application.standard_set, standard_set, institution.kind),
    }
    return render(request, "applications/renewal_open.html", context)


@require_GET
def application_renewal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every criterion then and now; at first what whoever reads it should stop at."""
    return _page(request, permitted(Application.objects.with_names(), request.user, pk=pk))


def _page(
    request: SignedInRequest,
    application: Application,
    form: ConfirmForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    comparison = compare(application, reader=request.user)
    if comparison is None:
        raise Http404
    confirms = application.is_editable and request.user.has_perm(
        "applications.confirm_answers", application
    )
    chosen = request.GET.get("pokaz", "")
    views = _views(comparison)
    view = next((each for each in views if each.name == chosen), views[0])
    context = {
        "application": application,
        "earlier": comparison.earlier,
        "total": len(comparison.criteria),
        "waiting": len(comparison.marked(Mark.TO_CONFIRM)),
        "tabs": [each.tab(is_current=each is view) for each in views],
        "view": view,
        "areas": _by_area(view.criteria, confirms=confirms),
        "confirms": confirms,
        "form": form,
    }
    return render(request, "applications/application_renewal.html", context, status=status)


@dataclass(frozen=True)
class View:
    """One way to narrow the page: its name in the address, its label, what it shows."""

    name: str
    label: str
    criteria: list[ThenAndNow]

    def tab(self, *, is_current: bool) -> dict[str, Any]:
        return {
            "label": self.label,
            "url": f"?pokaz={self.name}",
            "current": is_current,
            "count": len(self.criteria),
        }


def _views(comparison: Comparison) -> list[View]:
    """What needs a look comes first; a view that would be empty is left out."""
    found = [
        View("zmiany", _("What needs a look"), comparison.changed),
        View("potwierdz", _("To be confirmed"), comparison.marked(Mark.TO_CONFIRM)),
        View("standard", _("Standard changed"), comparison.marked(Mark.STANDARD)),
        View("dowody", _("Evidence stale"), comparison.marked(Mark.STALE)),
    ]
    return [
        *(view for view in found if view.criteria),
        View("wszystko", _("Everything"), comparison.criteria),
    ]


@dataclass(frozen=True)
class Group:
    """The criteria of one standard, and the codes that one button confirms together."""

    standard: Standard
    criteria: list[ThenAndNow]
    to_confirm: list[str]


def _by_area(found: list[ThenAndNow], *, confirms: bool) -> list[tuple[Area, list[Group]]]:
    return [
        (area, [_group(standard, list(each), confirms) for standard, each in _standards(rows)])
        for area, rows in groupby(found, key=lambda each: each.criterion.standard.area)
    ]


def _standards(rows: Iterable[ThenAndNow]) -> Iterable[tuple[Standard, Iterable[ThenAndNow]]]:
    return groupby(rows, key=lambda each: each.criterion.standard)


def _group(standard: Standard, criteria: list[ThenAndNow], confirms: bool) -> Group:
    ready = [each.criterion.code for each in criteria if each.can_be_confirmed]
    return Group(standard, criteria, ready if confirms else [])


@require_POST
def renewal_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm the answers to the criteria named; one, or all of a standard."""
    application = permitted(
        Application.objects.with_names(), request.user, "applications.confirm_answers", pk=pk
    )
    form = ConfirmForm(request.POST, criteria=application.criteria())
    if not form.is_valid():
        return _page(request, application, form, status=422)
    codes = services.confirm_answers(
        application, by=request.user, criteria=form.cleaned_data["criteria"]
    )
    messages.success(request, _confirmed(codes))
    query = urlencode({"pokaz": request.POST.get("pokaz", "")})
    return redirect(f"{reverse('application_renewal', args=[pk])}?{query}")


def _confirmed(codes: list[str]) -> str:
    if not codes:
        return _("This was confirmed already.")
    return _("Confirmed as still true: %(codes)s.") % {"codes": ", ".join(codes)}


@require_POST
def answer_confirm(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Confirm one answer from its own page. What was typed there is saved with it."""
    application, criterion = opened(request, pk, code)
    refusal = write(
        request,
        application,
        criterion,
        then=lambda: services.confirm_answers(application, by=request.user, criteria=[criterion]),
    )
    return refusal or saved(request, application, criterion)

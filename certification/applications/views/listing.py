"""The list of applications, and opening a new one."""

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certification.applications.forms.listing import ApplicationFilter
from certification.applications.models import Application, Call
from certification.applications.services import open_application
from certification.permitted import permitted
from institutions.models import Institution
from institutions.requests import SignedInRequest

MINE, CASES = "moje", "sprawy"
PER_PAGE = 25


@require_GET
def application_list(request: SignedInRequest) -> HttpResponse:
    """As an applicant: one's institutions' own. As staff: every case open to one."""
    user = request.user
    tab = _tab(request)
    if tab == MINE:
        applications = Application.objects.of_applicant(user)
    else:
        applications = Application.objects.open_to_staff(user).order_by("-state_since", "-pk")
    form = ApplicationFilter(request.GET, initial={"tab": tab})
    wanted = form.cleaned_data if form.is_valid() else {}
    applications = applications.matching(wanted.get("q", ""))
    if wanted.get("state"):
        applications = applications.filter(state=wanted["state"])
    page = Paginator(applications.with_names(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "is_filtered": bool(wanted.get("q") or wanted.get("state")),
        "tabs": _tabs(user, tab),
        "tab": tab,
        "list_url": f"{reverse('application_list')}?tab={tab}",
    }
    return render(request, "applications/application_list.html", context)


def _tab(request: SignedInRequest) -> str:
    user = request.user
    if not user.roles or (user.is_member_anywhere and request.GET.get("tab") == MINE):
        return MINE
    return CASES


def _tabs(user: Any, tab: str) -> list[dict[str, Any]]:
    """Both tabs for whoever is both; otherwise there is nothing to choose."""
    if not (user.roles and user.is_member_anywhere):
        return []
    labels = {CASES: _("Cases open to me"), MINE: _("My institutions")}
    address = reverse("application_list")
    return [
        {"label": label, "url": f"{address}?tab={name}", "current": name == tab, "count": None}
        for name, label in labels.items()
    ]


@require_POST
def application_open(request: SignedInRequest, institution_pk: int) -> HttpResponse:
    """Open a draft. An institution that holds a certificate renews it: see views/renewal.py."""
    institution = permitted(
        Institution, request.user, "applications.open_application", pk=institution_pk
    )
    application = open_application(institution, by=request.user, call=_call(request))
    messages.success(request, _("The application is open. Answer the criteria in any order."))
    return redirect("application_answers", application.pk)


def _call(request: SignedInRequest) -> Call | None:
    """The call the button named; none in the continuous intake."""
    pk = request.POST.get("call", "")
    return get_object_or_404(Call, pk=int(pk)) if re.fullmatch(r"[0-9]{1,18}", pk) else None

"""Calls for applications: public to read, the office's to announce and change."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification import clock
from certification.applications import services
from certification.applications.forms.calls import CallClosingForm, CallExtensionForm, CallForm
from certification.applications.models import Call, CallState
from certification.applications.states import Verb
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.permitted import permitted
from certification.refusals import refused_at
from institutions.forms.units import ParentSearch
from institutions.models import Institution
from institutions.requests import SignedInRequest

MOST_SHOWN = 20


@login_not_required
@require_GET
def call_list(request: HttpRequest) -> HttpResponse:
    """Open and announced calls; the office sees those that are over, too."""
    runs = request.user.has_perm("applications.open_call")
    calls = Call.objects.prefetch_related("kinds")
    shown = calls if runs else calls.announced_on(clock.today())
    now = clock.now()
    context = {"calls": [(call, call.state_at(now)) for call in shown], "may_open": runs}
    return render(request, "applications/call_list.html", context)


@login_not_required
@require_GET
def call_detail(request: HttpRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(Call.objects.select_related("standard_set"), pk=pk)
    state = call.state_at(clock.now())
    runs = request.user.has_perm("applications.edit_call", call)
    context = {
        "call": call,
        "state": state,
        "is_over": state == CallState.CLOSED,
        "kinds": list(call.kinds.all()),
        "runs": runs,
        "extensions": call.extensions.select_related("institution", "granted_by") if runs else [],
        "submitted": call.applications.exclude(submitted_at=None).count() if runs else 0,
    }
    return render(request, "applications/call_detail.html", context)


@require_http_methods(["GET", "POST"])
def call_create(request: SignedInRequest) -> HttpResponse:
    if not request.user.has_perm("applications.open_call"):
        raise PermissionDenied
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            call = services.open_call(by=request.user, **form.values())
            messages.success(request, _("The call is announced."))
            return redirect(call)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def call_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    call = _under_way(request, Verb.EDIT_CALL, pk)
    form = CallForm(request.POST if request.method == "POST" else None, instance=call)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.edit_call(call, by=request.user, expected_version=version, **form.values())
        except Stale as stale:
            return _stale_page(request, call, stale.current)
        except TransitionNotAllowed:
            raise
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The call is saved."))
            return redirect(call)
    return _form_page(request, form, call=call)


def _stale_page(request: SignedInRequest, call: Call, newer: Any) -> HttpResponse:
    """What was typed stays; saving it again replaces the newer one knowingly."""
    typed = request.POST.copy()
    typed["version"] = newer.version
    form = CallForm(typed, instance=call)
    return _form_page(request, form, call=call, newer=newer, status=409)


def _form_page(
    request: SignedInRequest,
    form: CallForm,
    *,
    call: Call | None = None,
    newer: Call | None = None,
    status: int = 0,
) -> HttpResponse:
    context = {"form": form, "call": call, "newer": newer}
    status = status or (422 if request.method == "POST" else 200)
    return render(request, "applications/call_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def call_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close it before its last day, at once."""
    call = _under_way(request, Verb.CLOSE_CALL, pk)
    form = CallClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.close_call(call, by=request.user, **form.cleaned_data)
        messages.success(request, _("The call is closed."))
        return redirect(call)
    return _confirm(
        request,
        call,
        form,
        title=_("Close the call early"),
        text=_("You close the call now, before its last day (%(call)s).") % {"call": call},
        consequences=[
            _("Nobody can begin or hand in an application within it any more."),
            _("What was begun stays as it was saved; you can give single institutions more time."),
        ],
        label=_("Close the call early"),
        danger=True,
    )


@require_http_methods(["GET", "POST"])
def call_extend(request: SignedInRequest, pk: int) -> HttpResponse:
    """More time for one institution; also after the call has ended."""
    call = permitted(Call, request.user, "applications.extend_call", pk=pk)
    search = ParentSearch(request.GET)
    candidates = call.institutions()
    found = _found(candidates, typed=search.typed(), chosen=request.POST.get("institution", ""))
    form = CallExtensionForm(
        request.POST if request.method == "POST" else None,
        candidates=candidates,
        shown=found[:MOST_SHOWN],
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.extend_call(call, by=request.user, **form.cleaned_data)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The institution has more time."))
            return redirect(call)
    context = {
        "call": call,
        "form": form,
        "search": search,
        "found": found,
        "more": len(found) > MOST_SHOWN,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/call_extend.html", context, status=status)


def _found(candidates: QuerySet[Institution], *, typed: str, chosen: str) -> list[Institution]:
    """Those to choose from: the one sent already, else what matches, one more than is shown."""
    if chosen.isdecimal():
        return list(candidates.filter(pk=chosen))
    found = candidates.matching(typed) if typed else candidates  # type: ignore[attr-defined]
    return list(found.order_by("name", "town")[: MOST_SHOWN + 1])


def _under_way(request: SignedInRequest, verb: Verb, pk: int) -> Call:
    call = permitted(Call, request.user, f"applications.{verb.name.lower()}", pk=pk)
    if clock.now() >= call.ends_at:
        raise TransitionNotAllowed(verb, CallState.CLOSED)
    return call


def _confirm(request: SignedInRequest, call: Call, form: Any, **page: Any) -> HttpResponse:
    context = {
        "cancel_url": call.get_absolute_url(),
        "crumbs": [(call.name, call.get_absolute_url())],
        "form": form,
        "post_url": "",
        **page,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "components/confirm.html", context, status=status)

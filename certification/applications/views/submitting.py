"""Submitting, completing and withdrawing: what only a custodian does."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.applications import services
from certification.applications.forms import SubmitForm
from certification.applications.models import Application
from certification.applications.reading import Row, missing, rows_of
from certification.applications.states import TRANSITIONS, Verb
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest


def at_start_of(verb: Verb, request: SignedInRequest, permission: str, pk: int) -> Application:
    """The application, where its state lets the verb begin; a stale tab learns it at once."""
    application = permitted(Application.objects.with_names(), request.user, permission, pk=pk)
    if application.state not in TRANSITIONS[verb].sources:
        raise TransitionNotAllowed(verb, application.state)
    return application


@require_http_methods(["GET", "POST"])
def application_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    application = at_start_of(Verb.SUBMIT, request, "applications.submit_application", pk)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.submit(application, by=request.user, declared=True)
        except TransitionNotAllowed:
            raise
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            message = _("The application is submitted. Its number is %(number)s.")
            messages.success(request, message % {"number": application.number})
            return redirect(application)
    rows = rows_of(application)
    context = {
        "application": application,
        "form": form,
        "missing": missing(application, rows),
        "total": len(rows),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/application_submit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def application_complete(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was asked for, what was changed since, and the button that sends it back."""
    application = at_start_of(Verb.COMPLETE, request, "applications.complete_application", pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.complete(application, by=request.user)
        except TransitionNotAllowed:
            raise
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The completion is submitted."))
            return redirect(application)
    status = 422 if request.method == "POST" else 200
    context = _completion(application) | {"form": form}
    return render(request, "applications/application_complete.html", context, status=status)


def _completion(application: Application) -> dict[str, Any]:
    request = application.completion_requests.select_related("asked_by").get(answered_at=None)
    named = set(request.criteria.values_list("pk", flat=True))
    rows = [row for row in rows_of(application) if row.criterion.pk in named]
    return {
        "application": application,
        "today": clock.today(),
        "completion": request,
        "rows": [(row, _changed_since(row, request.asked_at)) for row in rows],
        "missing": missing(application, rows),
    }


def _changed_since(row: Row, moment: Any) -> bool:
    if row.answer is None:
        return False
    times = [row.answer.updated_at, *(citation.added_at for citation in row.citations)]
    return max(times) > moment


@require_http_methods(["GET", "POST"])
def application_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    application = at_start_of(Verb.WITHDRAW, request, "applications.withdraw_application", pk)
    if request.method == "POST":
        services.withdraw(application, by=request.user)
        messages.success(request, _("The application is withdrawn."))
        return redirect(application)
    context = {
        "title": _("Withdraw the application"),
        "text": _("You withdraw %(application)s of %(institution)s.")
        % {"application": application, "institution": application.institution},
        "consequences": [
            _("The case ends. It cannot be opened again."),
            _("Your answers stay readable to you, and your evidence stays in your library."),
            _("You can open a new application at any time."),
        ],
        "label": _("Withdraw the application"),
        "danger": True,
        "cancel_url": application.get_absolute_url(),
        "crumbs": [(str(application), application.get_absolute_url())],
        "form": None,
        "post_url": "",
    }
    return render(request, "components/confirm.html", context)

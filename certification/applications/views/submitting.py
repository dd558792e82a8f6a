"""Submitting and withdrawing: what only a custodian does."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.applications import services
from certification.applications.forms.completing import EndNoteForm
from certification.applications.forms.submitting import SubmitForm
from certification.applications.models import Application
from certification.applications.reading import missing, rows_of
from certification.applications.services.calls import may_be_left
from certification.applications.services.printing import print_all
from certification.applications.states import TRANSITIONS, Verb
from certification.errors import TransitionNotAllowed
from certification.permitted import permitted
from certification.refusals import refused_at
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
    arrived_at = clock.now()  # before the files are read, which may take longer than a call lasts
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.submit(application, by=request.user, declared=True, arrived_at=arrived_at)
            print_all(application, by=request.user)
            message = _("The application is submitted. Its number is %(number)s.")
            messages.success(request, message % {"number": application.number})
            return redirect("application_papers", pk)
    rows = rows_of(application)
    context = {
        "application": application,
        "form": form,
        "missing": missing(application, rows),
        "total": len(rows),
        "may_leave_call": may_be_left(application),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/application_submit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def application_leave_call(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on with a draft outside the call that closed on it."""
    application = at_start_of(Verb.SUBMIT, request, "applications.leave_call", pk)
    back = reverse("application_submit", args=[pk])
    if not may_be_left(application):
        messages.info(request, _("This draft can still be submitted within its call."))
        return redirect(back)
    if request.method == "POST":
        services.leave_call(application, by=request.user)
        messages.success(request, _("You go on outside the call. You can submit at any time."))
        return redirect(back)
    context = {
        "title": _("Go on outside the call"),
        "text": _("The call “%(call)s” is closed. Applications are taken all year round, too.")
        % {"call": application.call},
        "consequences": [
            _("All that you wrote and cited stays as it is."),
            _("The application no longer belongs to the call, and has no last day."),
        ],
        "label": _("Go on outside the call"),
        "cancel_url": back,
        "crumbs": [(str(application), application.get_absolute_url())],
        "form": None,
        "post_url": "",
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "POST"])
def application_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    application = at_start_of(Verb.WITHDRAW, request, "applications.withdraw_application", pk)
    form = EndNoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(application, by=request.user, **form.cleaned_data)
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
        "form": form,
        "post_url": "",
    }
    status = 422 if form.errors else 200
    return render(request, "components/confirm.html", context, status=status)

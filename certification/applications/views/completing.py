"""A request for completion on its way: asked for, answered, given more time, or left to lapse."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as formatted
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.applications import asking, services
from certification.applications.changes import since_last_dossier
from certification.applications.formal.reading import OpenRound
from certification.applications.forms.completing import (
    CompletionForm,
    CompletionRequestForm,
    EndNoteForm,
    ExtensionForm,
    ExtensionWishForm,
)
from certification.applications.models import Application, CompletionItem, CompletionRequest
from certification.applications.reading import missing, rows_of
from certification.applications.services.checking import was_asked_in
from certification.applications.services.printing import print_all
from certification.applications.states import State, Verb
from certification.errors import TransitionNotAllowed
from certification.permitted import permitted
from certification.refusals import refused_at
from institutions.requests import SignedInRequest

from .submitting import at_start_of


@require_http_methods(["GET", "POST"])
def completion_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office names what is missing; what was not found or wished for is filled in."""
    verb = Verb.REQUEST_COMPLETION
    application = at_start_of(verb, request, "applications.request_completion", pk)
    wishes = asking.wishes_for(application, request.user)
    form = CompletionRequestForm(
        request.POST if request.method == "POST" else None,
        application=application,
        wishes=wishes,
        is_second=was_asked_in(application, application.state),
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.request_completion(application, by=request.user, **form.values())
            messages.success(request, _("The institution is asked to complete its application."))
            return redirect(application)
    in_check = application.state == State.FORMAL_CHECK
    context = {
        "application": application,
        "form": form,
        "areas": form.areas(),
        "asked": form.asked(),
        "round": OpenRound(application) if in_check else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/completion_request.html", context, status=status)


@require_http_methods(["GET", "POST"])
def application_complete(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was asked for, what was changed since, and the button that sends it back."""
    arrived_at = clock.now()
    application = at_start_of(Verb.COMPLETE, request, "applications.complete_application", pk)
    form = CompletionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.complete(
                application, by=request.user, arrived_at=arrived_at, **form.cleaned_data
            )
            print_all(application, by=request.user)
            messages.success(request, _("The completion is submitted."))
            return redirect(application)
    status = 422 if request.method == "POST" else 200
    context = _completion(application) | {"form": form}
    return render(request, "applications/application_complete.html", context, status=status)


def _completion(application: Application) -> dict[str, Any]:
    request = open_request(application)
    items, changes = list(request.items.all()), since_last_dossier(application)
    named = {item.criterion_id for item in items}
    rows = [row for row in rows_of(application) if row.criterion.pk in named]
    return {
        "application": application,
        "completion": request,
        "now": clock.now(),
        "items": [(item, _answered(item, changes)) for item in items],
        "changes": list(changes.values()),
        "missing": missing(application, rows),
        "total": len(rows),
    }


def _answered(item: CompletionItem, changes: dict[str, Any]) -> bool | None:
    """Whether the answer the item names was changed; None where nothing here can tell."""
    return item.criterion.code in changes if item.criterion else None


def open_request(application: Application) -> CompletionRequest:
    """The request that waits, with its items in the catalogue's order, papers last."""
    requests = CompletionRequest.objects.select_related("asked_by").prefetch_related(
        "items__criterion", "items__evidence_type"
    )
    return requests.get(application=application, answered_at=None)


@require_http_methods(["GET", "POST"])
def extension_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    application = _being_completed(request, Verb.ASK_EXTENSION, "applications.ask_extension", pk)
    form = ExtensionWishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.ask_extension(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("The office will read your wish and answer."))
            return redirect(application)
    completion = open_request(application)
    return _confirm(
        request,
        application,
        form,
        title=_("Ask for more time"),
        text=_("The completion is to be sent by %(day)s.")
        % {"day": formatted(completion.deadline, "j E Y")},
        consequences=[
            _("Until the office answers, the present deadline holds."),
            _("What you have written stays, whatever the answer."),
        ],
        label=_("Ask for more time"),
    )


@require_http_methods(["GET", "POST"])
def extension_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office answers a wish for more time, or gives time unasked."""
    application = _being_completed(request, Verb.EXTEND, "applications.extend", pk)
    completion = open_request(application)
    asked = completion.extensions.filter(decided_at=None).select_related("asked_by").first()
    data = request.POST if request.method == "POST" else None
    form = ExtensionForm(data, request=completion, is_asked=asked is not None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            _decide(application, form, request)
            return redirect(application)
    context = {
        "application": application,
        "completion": completion,
        "asked": asked,
        "form": form,
        "now": clock.now(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/extension_decide.html", context, status=status)


def _decide(application: Application, form: ExtensionForm, request: SignedInRequest) -> None:
    by, given = request.user, form.cleaned_data
    if form.refuses:
        services.refuse_extension(application, by=by, reason=given["reason"])
        messages.success(request, _("The institution will read why the deadline stays."))
    else:
        services.extend(
            application, by=by, working_days=given["working_days"], reason=given["reason"]
        )
        messages.success(request, _("The institution has more time."))


@require_http_methods(["GET", "POST"])
def application_lapse(request: SignedInRequest, pk: int) -> HttpResponse:
    application = at_start_of(Verb.LAPSE, request, "applications.lapse", pk)
    completion = open_request(application)
    form = EndNoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.lapse(application, by=request.user, note=form.cleaned_data["reason"])
            messages.success(request, _("The application is left unexamined."))
            return redirect(application)
    return _confirm(
        request,
        application,
        form,
        title=_("Leave the application unexamined"),
        text=_("It was to be completed by %(deadline)s; late answers were taken until %(grace)s.")
        % {
            "deadline": formatted(completion.deadline, "j E Y"),
            "grace": formatted(completion.grace_until, "j E Y"),
        },
        consequences=[
            _("The case ends. It cannot be opened again."),
            _("The institution is told, and may open a new application at any time."),
            _("Everything it wrote stays readable to it; its evidence stays in its library."),
        ],
        label=_("Leave the application unexamined"),
        danger=True,
    )


def _being_completed(request: SignedInRequest, verb: Verb, permission: str, pk: int) -> Application:
    """For verbs that move a deadline and not the case: it waits for a completion, or 409."""
    application = permitted(Application.objects.with_names(), request.user, permission, pk=pk)
    if application.state != State.COMPLETION:
        raise TransitionNotAllowed(verb, application.state)
    return application


def _confirm(
    request: SignedInRequest, application: Application, form: Any, **page: Any
) -> HttpResponse:
    context = {
        "danger": False,
        "cancel_url": application.get_absolute_url(),
        "crumbs": [(str(application), application.get_absolute_url())],
        "form": form,
        "post_url": "",
        **page,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "components/confirm.html", context, status=status)

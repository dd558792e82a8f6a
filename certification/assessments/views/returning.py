"""An assessor declines a case, hands it back, or asks for more time; the office answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certification import clock
from certification.assessments import services
from certification.assessments.assignment_forms import (
    DeclineForm,
    HandBackForm,
    TimeForm,
    TimeWishForm,
)
from certification.assessments.models import Assignment
from certification.assessments.states import Verb
from certification.errors import TransitionNotAllowed
from certification.permitted import permitted
from certification.refusals import refused_at
from institutions.requests import SignedInRequest

from .assigning import declaration_page


def _assignment(request: SignedInRequest, pk: int, permission: str, verb: Verb) -> Assignment:
    """The assignment, while the case is being assessed and its ratings are not submitted."""
    found = permitted(
        Assignment.objects.select_related(
            "application__institution",
            "application__kind",
            "application__standard_set",
            "assessor",
            "assessment",
        ),
        request.user,
        permission,
        pk=pk,
    )
    if found.application.state not in services.UNDER_WAY or found.is_submitted:
        raise TransitionNotAllowed(verb, found.application.state)
    return found


@require_POST
def assignment_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say no to a case, with a reason, instead of declaring."""
    assignment = _assignment(request, pk, "assessments.decline", Verb.DECLINE)
    if assignment.is_declared:
        raise TransitionNotAllowed(Verb.DECLINE, assignment.application.state)
    form = DeclineForm(request.POST, auto_id="id_decline_%s")
    if not form.is_valid():
        return declaration_page(request, assignment, decline=form)
    services.decline(assignment, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Thank you for saying so. The office will choose somebody else."))
    return redirect("assessment_list")


@require_http_methods(["GET", "POST"])
def assignment_hand_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give back the whole case or some of its areas; what was written stays on file."""
    assignment = _assignment(request, pk, "assessments.hand_back", Verb.HAND_BACK)
    if not assignment.is_declared:
        return redirect(assignment)
    sent = request.POST if request.method == "POST" else None
    form = HandBackForm(sent, asked=assignment.asked())
    if request.method == "POST" and form.is_valid():
        reason, criteria = form.cleaned_data["reason"], form.criteria
        services.hand_back(assignment, by=request.user, reason=reason, criteria=criteria)
        messages.success(request, _("Handed back. The office will choose somebody else."))
        if Assignment.objects.active().filter(pk=pk).exists():
            return redirect(assignment.assessment)
        return redirect("assessment_list")
    context = {"assignment": assignment, "application": assignment.application, "form": form}
    status = 422 if form.errors else 200
    return render(request, "assessments/assignment_hand_back.html", context, status=status)


@require_http_methods(["GET", "POST"])
def more_time_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """An assessor asks for a later day."""
    assignment = _assignment(request, pk, "assessments.ask_more_time", Verb.ASK_TIME)
    after = max(assignment.due_on, clock.today())
    form = TimeWishForm(request.POST if request.method == "POST" else None, after=after)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.ask_more_time(assignment, by=request.user, **form.cleaned_data)
            messages.success(request, _("The office will read your wish and answer."))
            return redirect("assessment_list")
    context = {
        "title": _("Ask for more time"),
        "text": _("Your card for %(institution)s is to be submitted by %(day)s.")
        % {
            "institution": assignment.application.institution,
            "day": date_format(assignment.due_on, "j E Y"),
        },
        "consequences": [
            _("Until the office answers, the present deadline holds."),
            _("What you have written stays, whatever the answer."),
        ],
        "label": _("Ask for more time"),
        "cancel_url": assignment.get_absolute_url(),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "components/confirm.html", context, status=status)


@require_http_methods(["GET", "POST"])
def more_time_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office answers a wish for more time, or gives time unasked."""
    assignment = _assignment(request, pk, "assessments.give_more_time", Verb.GIVE_TIME)
    asked = assignment.more_time.filter(decided_at=None).first()
    form = TimeForm(
        request.POST if request.method == "POST" else None,
        after=max(assignment.due_on, clock.today()),
        is_asked=asked is not None,
        initial={"until": asked.wanted_until if asked else None},
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            _decide(request, assignment, form)
            return redirect("assignment_history", assignment.application_id)
    context = {
        "assignment": assignment,
        "application": assignment.application,
        "asked": asked,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/more_time_decide.html", context, status=status)


def _decide(request: SignedInRequest, assignment: Assignment, form: TimeForm) -> None:
    by, reason = request.user, form.cleaned_data["reason"]
    if form.refuses:
        services.refuse_more_time(assignment, by=by, reason=reason)
        messages.success(request, _("The assessor will read why the deadline stays."))
    else:
        until = form.cleaned_data["until"]
        services.give_more_time(assignment, by=by, until=until, reason=reason)
        messages.success(request, _("The assessor has more time."))

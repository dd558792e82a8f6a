"""The office chooses assessors; each of them declares."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certification import clock
from certification.applications.models import Application
from certification.applications.services import declare_conflict
from certification.assessments import services
from certification.assessments.candidates import candidates
from certification.assessments.forms import AssignmentForm, ConflictForm, EndAssignmentForm
from certification.assessments.models import Assignment
from certification.assessments.states import ASSESSORS
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest

DAYS = 30


@require_http_methods(["GET", "POST"])
def assignment_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a case to one or two assessors."""
    cases = Application.objects.with_names()
    application = permitted(cases, request.user, "assessments.assign", pk=pk)
    active = Assignment.objects.active().filter(application=application)
    current = list(active.select_related("assessor"))
    people = candidates(application)
    today = clock.today()
    form = AssignmentForm(
        request.POST if request.method == "POST" else None,
        people=people,
        places=max(ASSESSORS - len(current), 0),
        today=today,
        initial={"due_on": today + timedelta(days=DAYS)},
    )
    if request.method == "POST" and form.is_valid() and _assigned(request, application, form):
        messages.success(request, _("The case was assigned."))
        return redirect("assessment_list")
    return render(
        request,
        "assessments/assignment_form.html",
        {"application": application, "form": form, "people": people, "current": current},
        status=422 if form.errors else 200,
    )


def _assigned(request: SignedInRequest, application: Application, form: AssignmentForm) -> bool:
    """Assign; a refusal somebody can act on goes into the form."""
    due_on = form.cleaned_data["due_on"]
    try:
        services.assign_all(application, by=request.user, assessors=form.assessors, due_on=due_on)
    except TransitionNotAllowed:
        raise
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_http_methods(["GET", "POST"])
def assignment_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a case from an assessor, with a reason."""
    assignments = Assignment.objects.select_related("application__institution", "assessor")
    assignment = permitted(assignments, request.user, "assessments.end_assignment", pk=pk)
    form = EndAssignmentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["end_reason"]
        services.end_assignment(assignment, by=request.user, reason=reason)
        messages.success(request, _("The assignment was ended. The case needs another assessor."))
        return redirect("assessment_list")
    return render(
        request,
        "assessments/assignment_end.html",
        {"assignment": assignment, "form": form},
        status=422 if form.errors else 200,
    )


def _own(request: SignedInRequest, pk: int) -> Assignment:
    mine = Assignment.objects.select_related("application__institution", "assessment")
    return permitted(mine, request.user, "assessments.declare_impartial", pk=pk)


@require_http_methods(["GET", "POST"])
def assignment_declare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Declare that there is no conflict of interest, before anything of the case is shown."""
    assignment = _own(request, pk)
    if assignment.is_declared and request.method == "GET":
        return redirect(assignment.assessment)
    if request.method == "POST":
        assessment = services.declare_impartial(assignment, by=request.user)
        messages.success(request, _("Thank you. The case is open to you now."))
        return redirect(assessment)
    return _declaration_page(request, assignment, ConflictForm())


@require_POST
def assignment_conflict(request: SignedInRequest, pk: int) -> HttpResponse:
    """Report a conflict of interest instead: the case closes to this person at once."""
    assignment = _own(request, pk)
    form = ConflictForm(request.POST)
    if not form.is_valid():
        return _declaration_page(request, assignment, form)
    declare_conflict(
        assignment.application, user=request.user, by=request.user, **form.cleaned_data
    )
    messages.success(
        request, _("Thank you. The case is closed to you; the office will choose somebody else.")
    )
    return redirect("assessment_list")


def _declaration_page(
    request: SignedInRequest, assignment: Assignment, form: ConflictForm
) -> HttpResponse:
    return render(
        request,
        "assessments/assignment_declare.html",
        {"assignment": assignment, "application": assignment.application, "form": form},
        status=422 if form.errors else 200,
    )

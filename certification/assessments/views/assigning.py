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
from certification.assessments.assignment_forms import DeclineForm, TakeForm
from certification.assessments.candidates import candidates
from certification.assessments.coverage import Coverage
from certification.assessments.forms import AssignmentForm, ConflictForm, EndAssignmentForm
from certification.assessments.models import Assignment
from certification.permitted import permitted
from certification.refusals import refused_at
from institutions.requests import SignedInRequest

DAYS = 30


@require_http_methods(["GET", "POST"])
def assignment_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a case to one or two assessors."""
    cases = Application.objects.with_names()
    application = permitted(cases, request.user, "assessments.assign", pk=pk)
    active = Assignment.objects.active().filter(application=application)
    current = list(active.select_related("assessor").prefetch_related("criteria"))
    coverage = Coverage(application, current)
    people = candidates(application)
    today = clock.today()
    form = AssignmentForm(
        request.POST if request.method == "POST" else None,
        people=people,
        places=coverage.places,
        today=today,
        initial={"due_on": today + timedelta(days=DAYS)},
    )
    if request.method == "POST" and form.is_valid() and _assigned(request, application, form):
        messages.success(request, _("The case was assigned."))
        return redirect("assessment_list")
    return render(
        request,
        "assessments/assignment_form.html",
        {
            "application": application,
            "form": form,
            "people": people,
            "current": current,
            "coverage": coverage,
            "reads_history": request.user.has_perm("assessments.read_assignments", application),
        },
        status=422 if form.errors else 200,
    )


def _assigned(request: SignedInRequest, application: Application, form: AssignmentForm) -> bool:
    """Assign; a refusal somebody can act on goes into the form."""
    due_on = form.cleaned_data["due_on"]
    with refused_at(form):
        services.assign_all(application, by=request.user, assessors=form.assessors, due_on=due_on)
        return True
    return False


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
    mine = Assignment.objects.select_related(
        "application__institution",
        "application__kind",
        "application__standard_set",
        "assessment",
    )
    return permitted(mine, request.user, "assessments.declare_impartial", pk=pk)


@require_http_methods(["GET", "POST"])
def assignment_declare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Declare that there is no conflict of interest, before anything of the case is shown; and
    say whether one takes all of it.
    """
    assignment = _own(request, pk)
    if assignment.is_declared and request.method == "GET":
        return redirect(assignment.assessment)
    if request.method == "GET":
        return declaration_page(request, assignment)
    form = TakeForm(request.POST, asked=assignment.asked())
    if not form.is_valid():
        return declaration_page(request, assignment, take=form)
    assessment = services.declare_impartial(
        assignment,
        by=request.user,
        criteria=form.criteria,
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Thank you. The case is open to you now."))
    return redirect(assessment)


@require_POST
def assignment_conflict(request: SignedInRequest, pk: int) -> HttpResponse:
    """Report a conflict of interest instead: the case closes to this person at once."""
    assignment = _own(request, pk)
    form = ConflictForm(request.POST, auto_id="id_conflict_%s")
    if not form.is_valid():
        return declaration_page(request, assignment, conflict=form)
    declare_conflict(
        assignment.application, user=request.user, by=request.user, **form.cleaned_data
    )
    messages.success(
        request, _("Thank you. The case is closed to you; the office will choose somebody else.")
    )
    return redirect("assessment_list")


def declaration_page(
    request: SignedInRequest,
    assignment: Assignment,
    *,
    take: TakeForm | None = None,
    conflict: ConflictForm | None = None,
    decline: DeclineForm | None = None,
) -> HttpResponse:
    """The three answers to an assignment; the one that was sent comes with what was typed."""
    sent = take or conflict or decline
    context = {
        "assignment": assignment,
        "application": assignment.application,
        "take": take or TakeForm(asked=assignment.asked()),
        "conflict": conflict or ConflictForm(auto_id="id_conflict_%s"),
        "decline": decline or DeclineForm(auto_id="id_decline_%s"),
        "sent": sent,
    }
    status = 422 if sent else 200
    return render(request, "assessments/assignment_declare.html", context, status=status)

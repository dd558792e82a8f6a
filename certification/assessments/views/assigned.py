"""Everybody who was given a case, and what became of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certification import clock
from certification.applications.models import Application
from certification.assessments.handovers import assignments_of, wanted_in
from certification.permitted import permitted
from institutions.requests import SignedInRequest


@require_GET
def assignment_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the office: who has the case and who had it, with what those had submitted who were
    replaced, so that nothing is lost. Closed to whoever still judges the case.
    """
    cases = Application.objects.with_names()
    application = permitted(cases, request.user, "assessments.read_assignments", pk=pk)
    context = {
        "application": application,
        "held": assignments_of(application),
        "wanted": wanted_in(application),
        "today": clock.today(),
    }
    return render(request, "assessments/assignment_history.html", context)

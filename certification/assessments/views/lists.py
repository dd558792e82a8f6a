"""What waits for an assessor, and what the office follows."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certification import clock
from certification.assessments import overview
from institutions.states import Role

PAGE = 25


@require_GET
def assessment_list(request: HttpRequest) -> HttpResponse:
    """The assessor's own assignments; for the office every case under assessment."""
    user = request.user
    is_office, is_assessor = user.has_role(Role.OFFICE), user.has_role(Role.ASSESSOR)
    context = {"is_office": is_office, "is_assessor": is_assessor, "today": clock.today()}
    if is_assessor:
        finished = Paginator(overview.finished_assignments(user), PAGE)
        context |= {
            "mine": overview.my_assignments(user),
            "finished": finished.get_page(request.GET.get("zakonczone")),
        }
    if is_office:
        cases = Paginator(overview.cases_under_assessment(user), PAGE)
        page = cases.get_page(request.GET.get("page"))
        context |= {"page": page, "cases": overview.follow(page, user)}
    return render(request, "assessments/assessment_list.html", context)

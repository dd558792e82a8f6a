"""All criteria of one application: to be answered, or to be read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certification import clock
from certification.applications.models import Application
from certification.applications.reading import Row, by_area, missing, rows_of
from certification.applications.states import State
from certification.permitted import permitted
from institutions.requests import SignedInRequest


@require_GET
def application_answers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who may write sees how far each answer is; everybody else, and ?widok=calosc, the text."""
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    writes = application.is_editable and request.user.has_perm(
        "applications.save_answer", application
    )
    if writes and request.GET.get("widok") != "calosc":
        return _overview(request, application)
    return _full_text(request, application, writes=writes)


def _overview(request: SignedInRequest, application: Application) -> HttpResponse:
    rows = rows_of(application)
    completion = application.open_completion() if application.state == State.COMPLETION else None
    named = completion.criteria.all() if completion else [row.criterion for row in rows]
    unlocked = {criterion.pk for criterion in named}
    mine = [row for row in rows if row.criterion.pk in unlocked]
    lacking = missing(application, mine)
    context = {
        "application": application,
        "areas": by_area(rows),
        "unlocked": unlocked,
        "missing": lacking,
        "done": len(mine) - len(lacking.unanswered),
        "total": len(mine),
        "completion": completion,
        "today": clock.today(),
        "next_step": _next_step(request, application, lacking.unanswered),
    }
    return render(request, "applications/application_answers.html", context)


def _next_step(
    request: SignedInRequest, application: Application, unanswered: list[Row]
) -> dict[str, str]:
    """One thing to do now."""
    if unanswered:
        criterion = unanswered[0].criterion
        return {
            "title": _("Answer criterion %(code)s") % {"code": criterion.code},
            "text": criterion.text,
            "url": reverse("answer_edit", args=[application.pk, criterion.code]),
            "label": _("Write the answer"),
        }
    if not request.user.has_perm("applications.submit_application", application):
        return {
            "title": _("Everything is answered"),
            "text": _("The custodian of your institution can submit it now. Let them know."),
            "url": "",
            "label": "",
        }
    if application.state == State.COMPLETION:
        return {
            "title": _("Submit the completion"),
            "text": _("Check what you changed, then send it back to the CAL office."),
            "url": reverse("application_complete", args=[application.pk]),
            "label": _("Check and submit"),
        }
    return {
        "title": _("Submit the application"),
        "text": _("Every criterion has its answer. Read the whole once more, then submit it."),
        "url": reverse("application_submit", args=[application.pk]),
        "label": _("Check and submit"),
    }


def _full_text(request: SignedInRequest, application: Application, *, writes: bool) -> HttpResponse:
    user = request.user
    context = {
        "application": application,
        "areas": by_area(rows_of(application)),
        "dossiers": list(application.dossiers.defer("manifest")),
        "writes": writes,
        "is_being_completed": application.state == State.COMPLETION
        and application.institution_id not in user.institution_ids,
    }
    return render(request, "applications/application_read.html", context)

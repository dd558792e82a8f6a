"""All criteria of one application: to be answered, or to be read."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certification import clock
from certification.applications.changes import by_completions
from certification.applications.editions import offered_to
from certification.applications.models import Answer, Application
from certification.applications.reading import Missing, Row, by_area, missing, rows_of
from certification.applications.renewal.earlier import earlier_for
from certification.applications.states import State
from certification.applications.submitted import rows_for
from certification.permitted import permitted
from institutions.requests import SignedInRequest

from .comments_section import open_comments


@require_GET
def application_answers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who may write sees how far each answer is; everybody else, and ?widok=calosc, the text.
    Of a renewal the certification body's people see first what changed.
    """
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    writes = application.is_editable and request.user.has_perm(
        "applications.save_answer", application
    )
    whole = request.GET.get("widok") == "calosc"
    if writes and not whole:
        return _overview(request, application)
    is_member = application.institution_id in request.user.institution_ids
    if not (whole or is_member) and earlier_for(request.user, application):
        return redirect("application_renewal", pk)
    return _full_text(request, application, writes=writes)


def _overview(request: SignedInRequest, application: Application) -> HttpResponse:
    rows = rows_of(application)
    completion = application.open_completion() if application.state == State.COMPLETION else None
    named = application.unlocked() if completion else [row.criterion for row in rows]
    unlocked = {criterion.pk for criterion in named}
    mine = [row for row in rows if row.criterion.pk in unlocked]
    lacking = missing(application, mine)
    comments = open_comments(application)
    for row in rows:
        row.criterion.open_comments = comments.get(row.criterion.pk, 0)  # type: ignore[attr-defined]
    context = {
        "application": application,
        "areas": by_area(rows),
        "unlocked": unlocked,
        "missing": lacking,
        "done": len(mine) - len(lacking.unanswered) - len(lacking.unconfirmed),
        "total": len(mine),
        "open_comments": sum(comments.values()),
        "completion": completion,
        "now": clock.now(),
        "offered": offered_to(application),
        "changes": list(application.edition_changes.select_related("before").defer("manifest")),
        "stopped_at": _stopped_at(request, mine),
        "next_step": _next_step(request, application, lacking),
    }
    return render(request, "applications/application_answers.html", context)


def _stopped_at(request: SignedInRequest, rows: list[Row]) -> Row | None:
    """What the person wrote last, to go on with."""
    me = request.user.pk
    own = [(row.answer.updated_at, row) for row in rows if row.answer and _wrote(row.answer, me)]
    return max(own, key=lambda pair: pair[0])[1] if own else None


def _wrote(answer: Answer, person: int) -> bool:
    return answer.version > 0 and answer.updated_by_id == person and not answer.is_to_confirm


def _next_step(
    request: SignedInRequest, application: Application, lacking: Missing
) -> dict[str, str]:
    """One thing to do now."""
    if lacking.unconfirmed:
        return {
            "title": _("Confirm or change what you wrote last time"),
            "text": _("Go through the answers that were taken over: then and now, side by side."),
            "url": reverse("application_renewal", args=[application.pk]),
            "label": _("Compare then and now"),
        }
    if lacking.unanswered:
        criterion = lacking.unanswered[0].criterion
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
    user, completed = request.user, by_completions(application)
    rows = rows_for(user, application)
    for row in rows:
        row.criterion.completed = completed.get(row.criterion.code)  # type: ignore[attr-defined]
    context = {
        "application": application,
        "areas": by_area(rows),
        "dossiers": list(application.dossiers.defer("manifest")),
        "writes": writes,
        "is_own": application.institution_id in user.institution_ids,
        "is_being_completed": application.state == State.COMPLETION
        and application.institution_id not in user.institution_ids,
    }
    return render(request, "applications/application_read.html", context)

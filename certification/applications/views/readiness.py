"""“Are we ready?”, asked before submitting and before sending a completion back."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certification import clock
from certification.applications.models import Application
from certification.applications.readiness import find, period_start, reading_time
from certification.applications.reading import Row, by_area, rows_of
from certification.applications.states import State
from certification.permitted import permitted
from institutions.requests import SignedInRequest

from .comments_section import open_comments


@require_GET
def application_readiness(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the institution's own people see before they submit; each finding leads to its place."""
    application = permitted(
        Application.objects.with_names().select_related("renews"),
        request.user,
        "applications.comment_application",
        pk=pk,
    )
    if not application.is_editable:
        messages.info(request, _("There is nothing to prepare now: the application is submitted."))
        return redirect(application)
    rows = rows_of(application, list(application.unlocked()))
    prefetch_related_objects([row.criterion for row in rows], "evidence_types")
    writes = request.user.has_perm("applications.save_answer", application)
    today = clock.today()
    context = {
        "application": application,
        "completion": application.state == State.COMPLETION,
        "areas": by_area(rows),
        "total": len(rows),
        "findings": find(
            application,
            rows,
            comments=open_comments(application),
            today=today,
            where=_where(application, writes=writes),
        ),
        "reading": reading_time(rows),
        "since": period_start(application, today),
        "submits": request.user.has_perm("applications.submit_application", application),
        "writes": writes,
    }
    return render(request, "applications/application_readiness.html", context)


def _where(application: Application, *, writes: bool) -> Callable[[Row, str], str]:
    """Who writes goes to the answer; who only reads, to where a colleague can be told."""
    page = "answer_edit" if writes else "comment_list"

    def address(row: Row, part: str) -> str:
        anchor = f"#{part}" if part and (writes or part == "komentarze") else ""
        return reverse(page, args=[application.pk, row.criterion.code]) + anchor

    return address

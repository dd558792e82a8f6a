"""A whole standard on one page: each of its criteria is written, and saved, by itself."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from certification import clock
from certification.applications.asked import Asked, asked_of
from certification.applications.forms.answering import AnswerForm
from certification.applications.models import Answer, Application, Citation
from certification.applications.reading import rows_of
from certification.applications.renewal.comparing import ThenAndNow, compare
from certification.applications.writing import way_through
from certification.permitted import permitted
from certification.standards.models import Criterion
from institutions.models import User
from institutions.requests import SignedInRequest

from .answering import form_of


@dataclass(frozen=True)
class Sheet:
    """One criterion on the page, the form of its answer, and what the answer cites; what a
    request asks of it, and what it was taken over from, where there is such a thing.
    """

    criterion: Criterion
    answer: Answer | None
    form: AnswerForm
    citations: list[Citation]
    asked: Asked | None
    then: ThenAndNow | None


@require_GET
def standard_edit(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    application = permitted(
        Application.objects.with_names(), request.user, "applications.save_answer", pk=pk
    )
    way = way_through(application, here=code)
    criteria = list(application.unlocked().filter(standard__code=code))
    if not criteria:
        return _closed(request, application, code)
    standards = list(dict.fromkeys(step.criterion.standard for step in way.steps if step.is_open))
    index, padded = standards.index(criteria[0].standard), [None, *standards, None]
    context = {
        "application": application,
        "standard": criteria[0].standard,
        "sheets": _sheets(application, criteria, reader=request.user),
        "now": clock.now(),
        "areas": way.areas,
        "previous": padded[index],
        "following": padded[index + 2],
    }
    return render(request, "applications/standard_edit.html", context)


def _closed(request: SignedInRequest, application: Application, code: str) -> HttpResponse:
    first = application.criteria().filter(standard__code=code).first()
    if first is None:
        raise Http404
    messages.info(request, _("These answers cannot be changed now. You can read them."))
    address = reverse("application_answers", args=[application.pk])
    return redirect(f"{address}?widok=calosc#{first.code}")


def _sheets(application: Application, criteria: list[Criterion], *, reader: User) -> list[Sheet]:
    rows = rows_of(application, criteria)
    prefetch_related_objects([row.answer for row in rows if row.answer], "updated_by")
    asked = asked_of(application, criteria)
    comparison = compare(application, reader=reader, rows=rows)
    then = {each.criterion.pk: each for each in comparison.criteria} if comparison else {}
    return [
        Sheet(
            row.criterion,
            row.answer,
            form_of(application, row.answer, auto_id=f"{row.criterion.code}-%s"),
            row.citations,
            asked.get(row.criterion.pk),
            then.get(row.criterion.pk),
        )
        for row in rows
    ]

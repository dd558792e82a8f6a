"""Files sent in the middle of an answer: they become evidence, and the answer cites them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from certification.applications import services
from certification.applications.forms.citing import FilesForm
from certification.applications.models import Application
from certification.standards.models import Criterion
from institutions.requests import SignedInRequest
from institutions.views.several import Row, add, sent_rows, waiting_rows

from .answering import answer_page, opened, write
from .citing_section import files_of, kind_for_all
from .typed_evidence import TypedEvidence


@require_http_methods(["GET", "POST"])
def cite_files(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """A get gives the place to drop files, with those that wait; a post adds and cites them.

    What was not added stays on the page with the reason beside it.
    """
    application, criterion = opened(request, pk, code)
    if request.method == "GET":
        return _place(request, application, criterion)
    rows = sent_rows(request, application.institution, kind_for_all(request, criterion))
    refusal = write(request, application, criterion)
    if refusal:
        return refusal
    for row in rows:
        _add_and_cite(row, request, application, criterion)
    left = [row for row in rows if not row.added]
    _tell(request, len(rows) - len(left))
    if left or not rows:
        form, rest = FilesForm(left), TypedEvidence()  # the rest is saved
        return answer_page(request, application, criterion, citing=form, evidence=rest, status=422)
    return redirect(reverse("answer_edit", args=[pk, code]) + "#dowody")


def _add_and_cite(
    row: Row, request: SignedInRequest, application: Application, criterion: Criterion
) -> None:
    """Two transactions on purpose: should the second fail, the file is safe in the library."""
    add(row, application.institution, request)
    if row.added:
        services.cite(application, criterion, row.added.latest, by=request.user)


def _place(
    request: SignedInRequest, application: Application, criterion: Criterion
) -> HttpResponse:
    if not request.htmx:  # somebody loaded a page anew that a post had given
        return redirect("answer_edit", application.pk, criterion.code)
    rows = waiting_rows(application.institution, request.user)
    context: dict[str, Any] = {
        "sending": files_of(request, application, criterion, rows),
        "application": application,
        "criterion": criterion,
    }
    return render(request, "applications/_answer_files.html", context)


def _tell(request: SignedInRequest, number: int) -> None:
    if number:
        text = ngettext(
            "%(number)s file is in the library and cited here.",
            "%(number)s files are in the library and cited here.",
            number,
        )
        messages.success(request, text % {"number": number})

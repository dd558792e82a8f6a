"""An assessor's card as files: to read, to fill in elsewhere, and back onto the card."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.applications.states import State
from certification.assessments.export import sheets, workbooks
from certification.assessments.export.plan import Outcome, Plan, plan_of
from certification.assessments.export.reading import MAX_BYTES, Reading, read_workbook
from certification.assessments.forms import RatingsFileForm
from certification.assessments.models import Assessment, ConsolidatedCard, RatingsDraft
from certification.assessments.rules import is_still_judging
from certification.assessments.services.importing import (
    PlanChanged,
    import_ratings,
    keep_ratings_draft,
)
from certification.documents.assessment import render_assessment, render_assessment_form
from certification.documents.responses import pdf_response
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest

PERMISSION = "assessments.save_rating"


def _own(request: SignedInRequest, pk: int, permission: str | None = None) -> Assessment:
    assessments = Assessment.objects.select_related(
        "assignment__application__kind",
        "assignment__application__institution",
        "assignment__application__standard_set",
        "assignment__assessor",
    )
    return permitted(assessments, request.user, permission, pk=pk)


def _is_open(assessment: Assessment) -> bool:
    return assessment.application.state == State.ASSESSMENT and not assessment.is_submitted


@require_http_methods(["GET", "POST"])
def assessment_files(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the card away as a file; send a spreadsheet, whose rows are shown before they count."""
    assessment = _own(request, pk, PERMISSION if request.method == "POST" else None)
    is_sent = request.method == "POST"
    form = RatingsFileForm(request.POST, request.FILES) if is_sent else RatingsFileForm()
    if is_sent and form.is_valid():
        sent: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            reading = read_workbook(sent.read(MAX_BYTES + 1), sent.name or "")
            draft = keep_ratings_draft(assessment, reading, filename=sent.name or "")
        except TransitionNotAllowed:
            raise
        except CannotDo as refusal:
            form.add_error("file", f"{sent.name}: {refusal}")
        else:
            return redirect("ratings_import", pk=pk, draft=draft.pk)
    context = {
        "assessment": assessment,
        "application": assessment.application,
        "form": form,
        "is_open": _is_open(assessment),
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/assessment_files.html", context, status=status)


@require_GET
def assessment_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    assessment = _own(request, pk)
    content = render_assessment(sheets.sheet_of(assessment))
    return pdf_response(content, _name(assessment, "karta oceny", "pdf"))


@require_GET
def assessment_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form to fill by hand, with what is saved in it unless it is asked for blank."""
    assessment = _own(request, pk)
    blank = request.GET.get("pusty") == "1"
    content = render_assessment_form(sheets.sheet_of(assessment, blank=blank))
    return pdf_response(content, _name(assessment, "formularz oceny", "pdf"))


@require_GET
def assessment_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    assessment = _own(request, pk)
    return _workbook(workbooks.workbook_of(assessment), _name(assessment, "karta oceny", "xlsx"))


def _name(assessment: Assessment, what: str, extension: str) -> str:
    return f"{what} {assessment.application.number}.{extension}"


def _workbook(content: bytes, filename: str) -> HttpResponse:
    disposition = content_disposition_header(True, filename.replace("/", "-"))
    return HttpResponse(
        content,
        content_type=workbooks.CONTENT_TYPE,
        headers={
            "Content-Disposition": disposition or "attachment",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


# --- the way back ---------------------------------------------------------------------------


def _draft(request: SignedInRequest, pk: int, draft: str) -> RatingsDraft:
    _own(request, pk, PERMISSION)
    return permitted(RatingsDraft, request.user, pk=draft, assessment=pk)


@require_GET
def ratings_import(request: SignedInRequest, pk: int, draft: str) -> HttpResponse:
    """What the file would change, row by row."""
    kept, assessment = _draft(request, pk, draft), _own(request, pk)
    plan = plan_of(assessment, Reading.unpacked(kept.content))
    return _preview(request, kept, assessment, plan)


@require_POST
def ratings_import_confirm(request: SignedInRequest, pk: int, draft: str) -> HttpResponse:
    """Write what was shown, unless it would be something else by now (409)."""
    kept, assessment = _draft(request, pk, draft), _own(request, pk)
    reading = Reading.unpacked(kept.content)
    over = request.POST.getlist("over")
    try:
        written = import_ratings(
            assessment, reading, by=request.user, seen=request.POST.get("seen", ""), over=over
        )
    except PlanChanged:
        plan = plan_of(assessment, reading)
        return _preview(request, kept, assessment, plan, over=over, overtaken=True)
    text = ngettext("%(n)s rating was written.", "%(n)s ratings were written.", written)
    messages.success(request, text % {"n": written} if written else _("Nothing was changed."))
    return redirect("ratings_import", pk=pk, draft=draft)


def _preview(
    request: SignedInRequest,
    draft: RatingsDraft,
    assessment: Assessment,
    plan: Plan,
    *,
    over: list[str] | None = None,
    overtaken: bool = False,
) -> HttpResponse:
    context = {
        "draft": draft,
        "assessment": assessment,
        "application": assessment.application,
        "plan": plan,
        "rows": [row for row in plan.rows if row.outcome != Outcome.SAME],
        "same": len(plan.of(Outcome.SAME)),
        "writes": len(plan.to_write),
        "stale": len(plan.of(Outcome.STALE)),
        "refused": len(plan.of(Outcome.REFUSED)),
        "over": over or [],
        "overtaken": overtaken,
        "is_open": _is_open(assessment),
    }
    status = 409 if overtaken else 200
    return render(request, "assessments/ratings_import.html", context, status=status)


# --- the consolidated card --------------------------------------------------------------------


def _card(request: SignedInRequest, pk: int) -> ConsolidatedCard:
    """For its readers; not for a third assessor who has not submitted, whatever else they are."""
    cards = ConsolidatedCard.objects.select_related(
        "application__institution", "application__standard_set", "application__kind"
    )
    card = permitted(cards, request.user, "assessments.view_card", application=pk)
    if is_still_judging(request.user, card.application):
        raise Http404
    return card


@require_GET
def card_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    card = _card(request, pk)
    name = f"karta zbiorcza {card.application.number}.pdf"
    return pdf_response(render_assessment(sheets.sheet_of_card(card)), name)


@require_GET
def card_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    card = _card(request, pk)
    content = workbooks.workbook_of_card(sheets.sheet_of_card(card))
    return _workbook(content, f"karta zbiorcza {card.application.number}.xlsx")

"""The yearly report: on a page, on paper, and as files."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from certification import clock
from certification.assessments.export.workbooks import CONTENT_TYPE
from certification.documents.responses import pdf_response
from institutions.requests import SignedInRequest

from .exports import as_csv, as_pdf, as_workbook, chart
from .figures import Report, report_of, years_known


@require_GET
def yearly_report(request: SignedInRequest, year: int) -> HttpResponse:
    report = _report(request, year)
    years = years_known(clock.today())
    context: dict[str, Any] = {
        "report": report,
        "tables": [(table, mark_safe(chart(table))) for table in report.tables],  # noqa: S308
        "tabs": [
            {
                "label": str(each),
                "url": reverse("yearly_report", args=[each]),
                "current": each == year,
                "count": None,
            }
            for each in years
        ],
    }
    return render(request, "yearly/report.html", context)


@require_GET
def yearly_pdf(request: SignedInRequest, year: int) -> HttpResponse:
    return pdf_response(as_pdf(_report(request, year)), f"sprawozdanie-{year}.pdf")


@require_GET
def yearly_csv(request: SignedInRequest, year: int) -> HttpResponse:
    content = as_csv(_report(request, year))
    return _file(content, "text/csv; charset=utf-8", f"sprawozdanie-{year}.csv")


@require_GET
def yearly_xlsx(request: SignedInRequest, year: int) -> HttpResponse:
    return _file(as_workbook(_report(request, year)), CONTENT_TYPE, f"sprawozdanie-{year}.xlsx")


def _file(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _report(request: SignedInRequest, year: int) -> Report:
    """Raises Http404 for a year of which nothing is known."""
    if not request.user.has_perm("yearly.see_report"):
        raise PermissionDenied
    today = clock.today()
    if year not in years_known(today):
        raise Http404
    return report_of(year, today)

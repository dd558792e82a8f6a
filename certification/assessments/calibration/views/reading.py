"""Lists and pages of rounds, and the agreement on real cases."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certification import clock
from certification.assessments.calibration.forms import ReplaceForm
from certification.assessments.calibration.reading import prepared, progress
from certification.assessments.calibration.results import Results, reasons
from certification.assessments.calibration.season import Season, years
from certification.assessments.calibration.states import Stage
from certification.assessments.models import CalibrationCard, CalibrationRound
from certification.permitted import permitted
from institutions.models import User
from institutions.requests import SignedInRequest
from institutions.states import Role

PAGE = 25


@require_GET
def calibration_list(request: SignedInRequest) -> HttpResponse:
    """To an assessor the rounds they are invited to, to the office every round."""
    user = request.user
    if not user.has_role(Role.ASSESSOR, Role.OFFICE):
        raise PermissionDenied
    is_office = user.has_role(Role.OFFICE)
    context: dict[str, Any] = {"is_office": is_office, "today": clock.today()}
    if user.has_role(Role.ASSESSOR):
        mine = CalibrationCard.objects.visible_to(user).select_related("round")
        context["mine"] = list(mine.order_by("-round__opened_at"))
    if is_office:
        rounds = CalibrationRound.objects.visible_to(user).order_by("-created_at", "-pk")
        page = Paginator(rounds, PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": _with_counts(list(page), user)}
    return render(request, "assessments/calibration_list.html", context)


def _with_counts(
    rounds: list[CalibrationRound], reader: User
) -> list[tuple[CalibrationRound, dict[str, int] | None]]:
    """Each round with how many were invited and have submitted; None where the reader still rates
    the round themselves.
    """
    counted: dict[int, dict[str, int]] = {
        each["round"]: dict(each)  # type: ignore[arg-type]
        for each in CalibrationCard.objects.filter(round__in=rounds)
        .order_by()
        .values("round")
        .annotate(
            invited=Count("pk"),
            submitted=Count("pk", filter=Q(submitted_at__isnull=False)),
            mine=Count("pk", filter=Q(assessor=reader.pk, submitted_at=None)),
        )
    }
    none = {"invited": 0, "submitted": 0, "mine": 0}
    return [
        (each, None if not each.is_closed and row["mine"] else row)
        for each in rounds
        for row in [counted.get(each.pk, none)]
    ]


@require_GET
def calibration_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A round as the office sees it: prepared, followed, or with its results."""
    rounds = CalibrationRound.objects.select_related("standard_set", "kind", "source__institution")
    calibration = permitted(rounds, request.user, "assessments.run_calibration", pk=pk)
    return round_page(request, calibration)


def round_page(
    request: SignedInRequest,
    calibration: CalibrationRound,
    *,
    form: ReplaceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"calibration": calibration, "form": form, "today": clock.today()}
    if calibration.stage == Stage.PREPARED:
        context |= {"rows": prepared(calibration), "form": form or ReplaceForm()}
    elif calibration.stage == Stage.OPEN:
        context["progress"] = progress(calibration, request.user)
    else:
        results, written = Results(calibration), reasons(calibration)
        spreads = [(each, written[each.criterion.pk]) for each in results.spreads]
        context |= {"results": results, "spreads": spreads}
    template = f"assessments/calibration_{calibration.stage}.html"
    return render(request, template, context, status=status)


@require_GET
def agreement_report(request: SignedInRequest) -> HttpResponse:
    """How alike assessors judged the real cases of one year."""
    if not request.user.has_perm("assessments.see_agreement"):
        raise PermissionDenied
    found = years(request.user)
    asked = request.GET.get("rok", "")
    year = int(asked) if asked.isdigit() and int(asked) in found else next(iter(found), None)
    tabs = [
        {"label": str(each), "url": f"?rok={each}", "current": each == year, "count": None}
        for each in found
    ]
    season = Season(request.user, year) if year else None
    context = {"tabs": tabs, "season": season, "year": year}
    return render(request, "assessments/agreement_report.html", context)

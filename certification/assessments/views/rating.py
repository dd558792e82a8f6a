"""The workbench of one assessor."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.assessments import services
from certification.assessments.bench import Bench, Entry
from certification.assessments.forms import RatingForm, SummaryForm
from certification.assessments.models import Assessment, Rating
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest


def _own(request: SignedInRequest, pk: int, permission: str | None = None) -> Assessment:
    """The person's own assessment: nobody else sees one, so there is no permission to read it."""
    assessments = Assessment.objects.select_related(
        "assignment__application__kind",
        "assignment__application__institution",
        "assignment__application__standard_set",
    )
    return permitted(assessments, request.user, permission, pk=pk)


def _place(assessment: Assessment, entry: Entry) -> str:
    query = urlencode({"kryterium": entry.criterion.code})
    return f"{reverse('assessment_detail', args=[assessment.pk])}?{query}"


@require_GET
def assessment_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One criterion beside its answer and evidence; the first one not rated yet by default."""
    assessment = _own(request, pk)
    bench = Bench(assessment, request.GET.get("kryterium", ""))
    form = RatingForm.of(bench.current.rating, bench.levels) if bench.is_open else None
    return _bench_page(request, bench, form)


@require_POST
def rating_save(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Save the rating of one criterion, and go on to the next when asked to."""
    assessment = _own(request, pk, "assessments.save_rating")
    bench = Bench(assessment, code)
    if bench.current.criterion.code != code:
        raise Http404
    form = RatingForm(request.POST, levels=bench.levels)
    if not form.is_valid():
        return _bench_page(request, bench, form, status=422)
    try:
        services.save_rating(
            assessment,
            bench.current.criterion,
            by=request.user,
            level=form.cleaned_data["level"],
            comment=form.cleaned_data["comment"],
            private_note=form.cleaned_data["private_note"],
            expected_version=form.cleaned_data["version"],
        )
    except Stale as stale:
        return _stale_page(request, bench, stale.current)
    messages.success(request, _("%(code)s is saved.") % {"code": code})
    if request.POST.get("then") != "next":
        return redirect(_place(assessment, bench.current))
    if bench.next is None:
        return redirect("assessment_submit", pk=pk)
    return redirect(_place(assessment, bench.next))


def _stale_page(request: SignedInRequest, bench: Bench, newer: object) -> HttpResponse:
    """Both texts: the newer one to read, the person's own in the form, ready to replace it."""
    data = request.POST.copy()
    data["version"] = str(newer.version if isinstance(newer, Rating) else 0)
    form = RatingForm(data, levels=bench.levels)
    return _bench_page(request, bench, form, newer=newer, status=409)


def _bench_page(
    request: SignedInRequest,
    bench: Bench,
    form: RatingForm | None,
    *,
    newer: object = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "bench": bench,
        "entry": bench.current,
        "assessment": bench.assessment,
        "application": bench.assessment.application,
        "form": form,
        "newer": newer,
    }
    return render(request, "assessments/assessment_detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def assessment_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """See what is ready, add overall remarks, and hand the card in for good."""
    assessment = _own(request, pk, "assessments.submit_assessment")
    form = SummaryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _submitted(request, assessment, form):
        messages.success(request, _("Your card was submitted. Thank you for your work."))
        return redirect("assessment_list")
    context = {
        "bench": Bench(assessment),
        "assessment": assessment,
        "application": assessment.application,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/assessment_submit.html", context, status=status)


def _submitted(request: SignedInRequest, assessment: Assessment, form: SummaryForm) -> bool:
    summary = form.cleaned_data["summary"]
    try:
        services.submit_assessment(assessment, by=request.user, summary=summary)
    except TransitionNotAllowed:
        raise
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return False
    return True

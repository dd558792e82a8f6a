"""An assessor rates the sample, and sees where they stand once the round is closed."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.assessments.calibration import services
from certification.assessments.calibration.reading import SampleBench
from certification.assessments.calibration.results import Standing
from certification.assessments.forms import ReasonedForm
from certification.assessments.models import CalibrationCard, CalibrationRating
from certification.assessments.views.autosaving import autosaved
from certification.assessments.views.rating import WORK, typed_over
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.permitted import permitted
from certification.standards.models import Criterion
from institutions.requests import SignedInRequest


def _own(request: SignedInRequest, pk: int, permission: str | None = None) -> CalibrationCard:
    """The person's own card in that round: nobody else's can be asked for."""
    cards = CalibrationCard.objects.select_related("round__standard_set", "round__kind")
    return permitted(cards, request.user, permission, round=pk)


def _asked(card: CalibrationCard, code: str) -> SampleBench:
    """The bench at the criterion of that code, else 404."""
    bench = SampleBench(card, code)
    if bench.current.criterion.code != code:
        raise Http404
    return bench


def _place(card: CalibrationCard, criterion: Criterion) -> str:
    return f"{card.get_absolute_url()}?{urlencode({'kryterium': criterion.code})}"


@require_GET
def calibration_bench(request: SignedInRequest, pk: int) -> HttpResponse:
    """One criterion of the sample; by default where one stopped."""
    card = _own(request, pk)
    bench = SampleBench(card, request.GET.get("kryterium", ""))
    form = ReasonedForm.of(bench.current.rating, bench.levels) if card.is_open else None
    if request.htmx.target == WORK and not request.htmx.history_restore_request:
        return render(request, "assessments/_sample_work.html", _context(bench, form))
    return render(request, "assessments/calibration_bench.html", _context(bench, form))


@require_POST
def calibration_save(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Save the rating of one criterion, and go on to the next when asked to."""
    card = _own(request, pk, "assessments.save_calibration_rating")
    bench = _asked(card, code)
    here = bench.current.criterion
    if request.POST.get("take") == "theirs":
        return redirect(_place(card, here))
    form = ReasonedForm(request.POST, levels=bench.levels)
    if not form.is_valid():
        return _refused(request, bench, form, status=422)
    try:
        _save_typed(request, bench, form)
    except Stale as stale:
        return _stale_page(request, bench, stale.current)
    messages.success(request, _("%(code)s is saved.") % {"code": code})
    if request.POST.get("then") != "next":
        return redirect(_place(card, here))
    if bench.next is None:
        return redirect("calibration_submit", pk=pk)
    return redirect(_place(card, bench.next))


@never_cache
@require_http_methods(["GET", "POST"])
def calibration_autosave(request: SignedInRequest, pk: int, code: str) -> JsonResponse:
    """As `rating_autosave`, of a sample."""
    card = _own(request, pk, "assessments.save_calibration_rating")
    bench = _asked(card, code)
    form = ReasonedForm(request.POST, levels=bench.levels)

    def save() -> tuple[CalibrationRating, dict[str, Any]]:
        rating = _save_typed(request, bench, form, unasked=True)
        return rating, {"done": card.ratings.complete().count(), "total": bench.total}

    return autosaved(request, form, stands=lambda: bench.current.rating, save=save)


def _save_typed(
    request: SignedInRequest, bench: SampleBench, form: ReasonedForm, *, unasked: bool = False
) -> CalibrationRating:
    """Save what a valid form holds. Raises Stale."""
    return services.save_calibration_rating(
        bench.card,
        bench.current.criterion,
        by=request.user,
        level=form.cleaned_data["level"],
        **form.texts,
        expected_version=form.cleaned_data["version"],
        unasked=unasked,
        unsure=request.POST.getlist("unsure"),
    )


def _stale_page(request: SignedInRequest, bench: SampleBench, newer: object) -> HttpResponse:
    """Both texts: the newer one to read, the person's own in the form, ready to replace it."""
    typed = request.POST.copy()
    typed["version"] = str(typed_over(newer))
    form = ReasonedForm(typed, levels=bench.levels)
    return _refused(request, bench, form, newer=newer, status=409)


def _refused(
    request: SignedInRequest,
    bench: SampleBench,
    form: ReasonedForm,
    *,
    newer: object = None,
    status: int,
) -> HttpResponse:
    context = _context(bench, form, newer)
    return render(request, "assessments/calibration_bench.html", context, status=status)


def _context(
    bench: SampleBench, form: ReasonedForm | None, newer: object = None
) -> dict[str, object]:
    here = [bench.round.pk, bench.current.criterion.code]
    return {
        "bench": bench,
        "entry": bench.current,
        "card": bench.card,
        "calibration": bench.round,
        "form": form,
        "newer": newer,
        "marks": {},  # a sample describes its evidence: there are no places to cite
        "kept_as": f"kalibracja-{bench.round.pk}",
        "save_url": reverse("calibration_save", args=here),
        "autosave_url": reverse("calibration_autosave", args=here),
    }


@require_http_methods(["GET", "POST"])
def calibration_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """See what is ready, and hand the ratings in for good."""
    card = _own(request, pk, "assessments.submit_card")
    refused = ""
    if request.method == "POST":
        try:
            services.submit_card(card, by=request.user)
        except TransitionNotAllowed:
            raise
        except CannotDo as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Your ratings are submitted. Thank you."))
            return redirect("calibration_list")
    context = {
        "bench": SampleBench(card),
        "card": card,
        "calibration": card.round,
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "assessments/calibration_submit.html", context, status=status)


@require_GET
def calibration_standing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where one stands beside the others; before the round is closed, back to the bench."""
    card = _own(request, pk)
    if not card.round.is_closed or not card.is_submitted:
        return redirect(reverse("calibration_bench", args=[pk]))
    standing = Standing(card)
    context = {"calibration": card.round, "standing": standing, "results": standing.results}
    return render(request, "assessments/calibration_standing.html", context)

"""The office prepares a sample case."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from certification.applications.models import Application
from certification.applications.states import ENDED
from certification.assessments.calibration import services
from certification.assessments.calibration.forms import (
    AboutForm,
    ReplaceForm,
    RoundForm,
    SampleForm,
)
from certification.assessments.calibration.states import Stage, Verb
from certification.assessments.models import CalibrationRound, SampleAnswer
from certification.errors import Stale, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest

from .reading import round_page


def office_round(
    request: SignedInRequest, pk: int, verb: Verb | None = None, *stages: Stage
) -> CalibrationRound:
    """The round, for the office; 409 where it has left the stages in which `verb` is done."""
    rounds = CalibrationRound.objects.select_related("standard_set", "kind", "source__institution")
    found = permitted(rounds, request.user, "assessments.run_calibration", pk=pk)
    if verb and found.stage not in stages:
        raise TransitionNotAllowed(verb, found.stage)
    return found


@require_http_methods(["GET", "POST"])
def calibration_create(request: SignedInRequest) -> HttpResponse:
    """Begin a round from an ended case, or from nothing."""
    if not request.user.has_perm("assessments.run_calibration"):
        raise PermissionDenied
    cases = Application.objects.open_to_staff(request.user).filter(state__in=ENDED)
    cases = cases.exclude(submitted_at=None).select_related("institution").order_by("-state_since")
    form = RoundForm(request.POST if request.method == "POST" else None, cases=cases)
    if request.method == "POST" and form.is_valid():
        created = _created(request, form.cleaned_data)
        messages.success(request, _("The sample is begun. Read it through before you open it."))
        return redirect(created)
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/calibration_create.html", {"form": form}, status=status)


def _created(request: SignedInRequest, data: dict[str, Any]) -> CalibrationRound:
    if data["basis"] == RoundForm.COPY:
        return services.copy_case(data["source"], by=request.user, title=data["title"])
    return services.create_round(
        by=request.user,
        title=data["title"],
        standard_set=data["standard_set"],
        kind=data["kind"],
    )


@require_http_methods(["GET", "POST"])
def calibration_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The title, and what stands above the sample."""
    calibration = office_round(request, pk, Verb.EDIT, Stage.PREPARED)
    form = AboutForm(request.POST if request.method == "POST" else None, instance=calibration)
    status, newer = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                services.edit_round(
                    calibration,
                    by=request.user,
                    title=data["title"],
                    about=data["about"],
                    expected_version=data["version"],
                )
            except Stale as stale:
                newer, status = stale.current, 409
                form = AboutForm(_over(request, newer), instance=calibration)
            else:
                messages.success(request, _("The description is saved."))
                return redirect(calibration)
    context = {"calibration": calibration, "form": form, "newer": newer}
    return render(request, "assessments/calibration_edit.html", context, status=status)


def _over(request: SignedInRequest, newer: Any) -> Any:
    """What was typed, ready to replace the newer version knowingly."""
    typed = request.POST.copy()
    typed["version"] = str(newer.version)
    return typed


@require_http_methods(["GET", "POST"])
def sample_edit(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """What the sample says about one criterion."""
    calibration = office_round(request, pk, Verb.EDIT_SAMPLE, Stage.PREPARED)
    sample = calibration.sample.select_related("criterion__standard__area")
    answer = get_object_or_404(sample, criterion__code=code)
    answer.round = calibration
    levels = calibration.questions().levels
    form = SampleForm(
        request.POST if request.method == "POST" else None, answer=answer, levels=levels
    )
    if request.method == "GET":
        return _sample_page(request, answer, form)
    if not form.is_valid():
        return _sample_page(request, answer, form, status=422)
    data = form.cleaned_data
    try:
        services.edit_sample(
            answer,
            by=request.user,
            text=data["text"],
            evidence=data["evidence"],
            self_rating=data["self_rating"],
            is_rated=data["is_rated"],
            expected_version=data["version"],
        )
    except Stale as stale:
        form = SampleForm(_over(request, stale.current), answer=answer, levels=levels)
        return _sample_page(request, answer, form, newer=stale.current, status=409)
    messages.success(request, _("%(code)s is saved.") % {"code": code})
    following = _following(answer)
    if request.POST.get("then") == "next" and following:
        return redirect("sample_edit", pk=pk, code=following)
    return redirect(f"{reverse('calibration_detail', args=[pk])}#{code}")


def _following(answer: SampleAnswer) -> str:
    codes = list(answer.round.sample.values_list("criterion__code", flat=True))
    after = codes.index(answer.criterion.code) + 1
    return codes[after] if after < len(codes) else ""


def _sample_page(
    request: SignedInRequest,
    answer: SampleAnswer,
    form: SampleForm,
    *,
    newer: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = {"calibration": answer.round, "answer": answer, "form": form, "newer": newer}
    return render(request, "assessments/sample_edit.html", context, status=status)


@require_POST
def calibration_replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put one text for another all over the sample."""
    calibration = office_round(request, pk, Verb.REPLACE, Stage.PREPARED)
    form = ReplaceForm(request.POST)
    if not form.is_valid():
        return round_page(request, calibration, form=form, status=422)
    old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    places = services.replace(calibration, by=request.user, old=old, new=new)
    if not places:
        form.add_error("old", _("This does not occur in the sample. Capitals matter."))
        return round_page(request, calibration, form=form, status=422)
    told = ngettext("Replaced in %(n)s place.", "Replaced in %(n)s places.", places)
    messages.success(request, told % {"n": places})
    return redirect(calibration)


@require_http_methods(["GET", "POST"])
def calibration_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drop a round that nobody was invited to yet."""
    calibration = office_round(request, pk, Verb.DISCARD, Stage.PREPARED)
    if request.method == "POST":
        services.discard_round(calibration, by=request.user)
        messages.success(request, _("The round is dropped."))
        return redirect("calibration_list")
    context = {
        "title": _("Drop this round"),
        "text": _(
            "The sample “%(title)s” will be deleted. The case it may come from stays as it is."
        )
        % {"title": calibration.title},
        "label": _("Drop the round"),
        "cancel_url": calibration.get_absolute_url(),
        "danger": True,
    }
    return render(request, "components/confirm.html", context)

"""An assessor corrects a rating that was submitted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.applications.states import State
from certification.assessments import services
from certification.assessments.effective import Counted, counted
from certification.assessments.forms import CorrectionForm
from certification.assessments.marks.texts import marks_of
from certification.assessments.models import ConsolidatedCard, Rating
from certification.assessments.states import Verb
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from institutions.models import User
from institutions.requests import SignedInRequest

from .consolidating import card_of


@require_http_methods(["GET", "POST"])
def rating_correct(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """One's own rating of one criterion, to be said otherwise with a reason."""
    card = card_of(request, pk, "assessments.correct_rating")
    if card.is_closed or card.application.state != State.ASSESSMENT:
        raise TransitionNotAllowed(Verb.CORRECT, card.application.state)
    mine = _mine(card, request.user, code)
    levels = list(card.application.standard_set.levels.all())
    status, newer = 200, None
    form = CorrectionForm(initial=_initial(mine), levels=levels)
    if request.method == "POST":
        form, status = CorrectionForm(request.POST, levels=levels), 422
        if form.is_valid():
            try:
                _correct(card, mine, form, by=request.user)
            except Stale:
                status, newer = 409, mine
                typed = request.POST.copy()
                typed["seen"] = str(_seen(mine))
                form = CorrectionForm(typed, levels=levels)
            except TransitionNotAllowed:
                raise
            except CannotDo as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Your correction stands beside what you submitted."))
                return redirect("card_criterion", pk, code)
    original = mine.original
    marks = marks_of([original.assessment])
    context = {
        "card": card,
        "application": card.application,
        "mine": mine,
        "marks": marks.get((original.assessment_id, original.criterion_id), {}),
        "criterion": original.criterion,
        "form": form,
        "newer": newer,
    }
    return render(request, "assessments/rating_correct.html", context, status=status)


def _mine(card: ConsolidatedCard, user: User, code: str) -> Counted:
    ratings = Rating.objects.asked().filter(
        assessment__in=card.assessments(),
        assessment__assignment__assessor=user,
        criterion__code=code,
    )
    found = counted(
        ratings.without_private_notes().select_related("level", "criterion__standard__area")
    )
    if not found:
        raise Http404
    return found[0]


def _seen(mine: Counted) -> int:
    return mine.original.corrections.count()


def _initial(mine: Counted) -> dict[str, Any]:
    return {
        "seen": _seen(mine),
        "level": mine.rating.level_id,
        "strengths": mine.rating.strengths,
        "weaknesses": mine.rating.weaknesses,
    }


def _correct(card: ConsolidatedCard, mine: Counted, form: CorrectionForm, *, by: User) -> None:
    said = form.cleaned_data
    services.correct_rating(
        card,
        mine.original.criterion,
        by=by,
        level=said["level"],
        strengths=said["strengths"],
        weaknesses=said["weaknesses"],
        reason=said["reason"],
        expected_corrections=said["seen"],
    )

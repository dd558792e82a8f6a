"""What a bench saves by itself, and asks about: static/js/answer-saving.js."""

from collections.abc import Callable
from typing import Any

from django.http import JsonResponse
from django.template.defaultfilters import date as formatted
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.assessments.bench import mark_of
from certification.assessments.desk import Desk
from certification.assessments.forms import RatingForm, ReasonedForm
from certification.assessments.marks.texts import Marks
from certification.assessments.models import Assessment, CalibrationRating, Rating
from certification.assessments.pace import Pace
from certification.errors import CannotDo, Stale
from institutions.requests import SignedInRequest

from .rating import asked, own, save_typed, typed_over

AnyRating = Rating | CalibrationRating


@never_cache
@require_http_methods(["GET", "POST"])
def rating_autosave(request: SignedInRequest, pk: int, code: str) -> JsonResponse:
    """A POST saves what is typed now and says what became of it; a GET says how it stands.

    The states are those of `answer_autosave`.
    """
    assessment = own(request, pk, "assessments.save_rating")
    desk = Desk(assessment, asked(assessment, code))
    form = RatingForm(request.POST, levels=desk.levels)

    def save() -> tuple[Rating, dict[str, Any]]:
        rating = save_typed(request, desk, form, unasked=True)
        return rating, _progress(assessment)

    stands, marks = (lambda: desk.entry.rating), (lambda: desk.marks)
    return autosaved(request, form, stands=stands, save=save, marks=marks)


def autosaved(
    request: SignedInRequest,
    form: ReasonedForm,
    *,
    stands: Callable[[], AnyRating | None],
    save: Callable[[], tuple[AnyRating, dict[str, Any]]],
    marks: Callable[[], Marks] = dict,
) -> JsonResponse:
    """What the page is told, at the bench of a case and of a sample alike.

    `stands` reads the rating as it is; `save` saves what the form holds, once it is valid, and
    gives the rating and how far the whole card is.
    """
    if request.method == "GET" or request.POST.get("take") == "theirs":
        state = "current" if request.method == "GET" else "saved"
        return JsonResponse({"state": state, **_facts(form, stands())})
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        return JsonResponse({"state": "somebody_else"}, status=403)
    if not form.is_valid():
        reasons = [str(reason) for field in form.errors.values() for reason in field]
        return JsonResponse({"state": "refused", "reason": " ".join(reasons)}, status=422)
    try:
        saved, progress = save()
    except Stale as stale:
        return JsonResponse(_conflict(request, stale.current, marks()), status=409)
    except CannotDo as refusal:
        return JsonResponse({"state": "refused", "reason": str(refusal)}, status=422)
    return JsonResponse({"state": "saved", **_facts(form, saved), **progress})


def _facts(form: ReasonedForm, rating: AnyRating | None) -> dict[str, Any]:
    texts = rating.texts if rating else dict.fromkeys(form.TEXTS, "")
    level = rating.level_id if rating else None
    at = timezone.localtime(rating.updated_at if rating else clock.now())
    return {
        "version": rating.version if rating else 0,
        "values": texts | {"level": str(level or "")},
        "mark": mark_of(rating),
        "at": formatted(at, "H:i"),
    }


def _progress(assessment: Assessment) -> dict[str, Any]:
    """How far the whole card is, for the head of the page."""
    assessment.refresh_from_db(fields=["seconds_spent"])
    done, total = assessment.ratings.complete().count(), len(assessment.criteria())
    pace = Pace(assessment.seconds_spent, done, total)
    return {"done": done, "total": total, "spent": pace.spent, "left": pace.left}


def _conflict(request: SignedInRequest, newer: object, marks: Marks) -> dict[str, Any]:
    context = {"newer": newer, "marks": marks}
    html = render_to_string("assessments/_rating_newer.html", context, request)
    return {"state": "conflict", "version": typed_over(newer), "html": html}

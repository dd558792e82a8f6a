"""What the page of an answer saves by itself, and asks about: static/js/answer-saving.js."""

from datetime import timedelta
from typing import Any

from django.http import JsonResponse
from django.template.defaultfilters import date as formatted
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.applications.merging import edits
from certification.applications.models import Answer
from certification.errors import CannotDo, Stale
from certification.markup import to_html
from institutions.models import User
from institutions.requests import SignedInRequest

from .answering import opened, typed_form
from .choosing import choice_of, save_typed

LATELY = timedelta(minutes=2)  # who wrote since then is writing now


@never_cache
@require_http_methods(["GET", "POST"])
def answer_autosave(request: SignedInRequest, pk: int, code: str) -> JsonResponse:
    """A POST saves what is typed now and says what became of it; a GET says how it stands.

    `state` of the answer is saved, conflict (409: with the choice to show), refused (422: the
    text stays with the person), somebody_else (403: another person signed in meanwhile) or,
    to a GET, current.
    """
    application, criterion = opened(request, pk, code)
    if request.method == "GET":
        answers = Answer.objects.select_related("updated_by")
        answer = answers.filter(application=application, criterion=criterion).first()
        others = _writing_now(answer, request.user) if answer else []
        return JsonResponse({"state": "current", "others": others, **_facts(answer)})
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        return JsonResponse({"state": "somebody_else"}, status=403)
    form = typed_form(application, request.POST)
    if not form.is_valid():
        reasons = [str(reason) for field in form.errors.values() for reason in field]
        return JsonResponse({"state": "refused", "reason": " ".join(reasons)}, status=422)
    try:
        answer = save_typed(request, application, criterion, form, unasked=True)
    except Stale as stale:
        choice = choice_of(stale.current, form.cleaned_data)  # type: ignore[arg-type]
        return JsonResponse(_conflict(request, choice), status=409)
    except CannotDo as refusal:
        return JsonResponse({"state": "refused", "reason": str(refusal)}, status=422)
    changes = edits(form.cleaned_data["text"], answer.text)
    told = {"state": "saved", "edits": changes, **_facts(answer)}
    if changes:
        told["others"] = _writing_now(answer, request.user)
    return JsonResponse(told)


def _facts(answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {"version": 0, "values": _values("", None), "html": "", "by": ""}
    return {
        "version": answer.version,
        "values": _values(answer.text, answer.self_rating_id),
        "html": to_html(answer.text),
        "by": str(answer.updated_by),
        "at": formatted(timezone.localtime(answer.updated_at), "H:i"),
    }


def _values(text: str, rating: int | None) -> dict[str, str]:
    """As the fields of the form hold them."""
    return {"text": text, "self_rating": str(rating or "")}


def _writing_now(answer: Answer, reader: User) -> list[str]:
    """The names of others who wrote here within the last minutes."""
    since = clock.now() - LATELY
    recent = answer.versions.filter(written_at__gte=since).select_related("written_by")
    writers = {version.written_by for version in recent.defer("text")}
    if answer.updated_at >= since and answer.version:
        writers.add(answer.updated_by)
    return sorted(str(writer) for writer in writers - {reader})


def _conflict(request: SignedInRequest, choice: dict[str, Any]) -> dict[str, Any]:
    return {
        "state": "conflict",
        "version": choice["newer"].version,
        "by": str(choice["newer"].updated_by),
        "joined": choice["joined"],
        "html": render_to_string("applications/_answer_choice.html", {"choice": choice}, request),
    }

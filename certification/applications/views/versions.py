"""Earlier texts of an answer, and bringing one back."""

from datetime import timedelta
from itertools import pairwise

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certification import differences
from certification.applications import services
from certification.applications.models import Answer, AnswerVersion
from certification.markup import to_plain
from institutions.requests import SignedInRequest

from .answering import opened

PAUSE = timedelta(minutes=10)  # between two stretches of writing


@require_GET
def answer_versions(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Who wrote what when; ?wersja=12 shows that one, and what the newest has instead."""
    application, criterion = opened(request, pk, code)
    answers = Answer.objects.select_related("updated_by", "self_rating")
    answer = get_object_or_404(answers, application=application, criterion=criterion)
    versions = answer.versions.select_related("written_by", "self_rating")
    wanted = request.GET.get("wersja", "")
    shown = get_object_or_404(versions, number=wanted) if wanted.isdecimal() else versions.first()
    context = {
        "application": application,
        "criterion": criterion,
        "answer": answer,
        "versions": _last_of_each_stretch(list(versions.defer("text"))),
        "shown": shown,
        "difference": shown and differences.words(to_plain(shown.text), to_plain(answer.text)),
        "is_open": application.unlocked().filter(pk=criterion.pk).exists(),
    }
    return render(request, "applications/answer_versions.html", context)


def _last_of_each_stretch(versions: list[AnswerVersion]) -> list[AnswerVersion]:
    """Of what one person saved with no pause, the last; newest first, as they came."""
    return [
        version
        for later, version in pairwise([None, *versions])
        if version
        and (
            later is None
            or later.written_by_id != version.written_by_id
            or later.written_at - version.written_at > PAUSE
        )
    ]


@require_POST
def version_bring_back(request: SignedInRequest, pk: int, code: str, number: int) -> HttpResponse:
    application, criterion = opened(request, pk, code)
    versions = AnswerVersion.objects.select_related("answer__application", "answer__criterion")
    version = get_object_or_404(
        versions, answer__application=application, answer__criterion=criterion, number=number
    )
    services.bring_back(version, by=request.user)
    messages.success(request, _("The earlier text is back. The one it replaced is kept as well."))
    return redirect("answer_edit", application.pk, criterion.code)

"""Two texts of one answer whose changes touch: a person chooses, and neither is lost."""

from typing import Any

from certification.applications import services
from certification.applications.forms.answering import AnswerForm
from certification.applications.merging import joined
from certification.applications.models import Answer, Application
from certification.applications.services.answering import version_of
from certification.standards.models import Criterion
from institutions.requests import SignedInRequest


def choice_of(newer: Answer, typed: dict[str, Any]) -> dict[str, Any]:
    """The context of applications/_answer_choice.html; `typed` is what a form held, cleaned."""
    base = version_of(newer, typed["version"])
    return {
        "newer": newer,
        "mine": {"text": typed["text"], "self_rating": typed["self_rating"]},
        "joined": joined(base.text if base else "", typed["text"], newer.text),
    }


def save_typed(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    form: AnswerForm,
    *,
    unasked: bool = False,
) -> Answer:
    """Save what a valid form holds, or what the person takes of two texts.

    Who takes the other's text has their own kept as an earlier one. Raises Stale.
    """
    typed, take = form.cleaned_data, request.POST.get("take")
    answer = services.save_answer(
        application,
        criterion,
        by=request.user,
        self_rating=typed["self_rating"],
        text=typed["joined"] if take == "both" else typed["text"],
        expected_version=typed["version"],
        unasked=unasked,
        unsure=request.POST.getlist("unsure"),
    )
    theirs = answer.versions.filter(number=typed["version"]).first() if take == "theirs" else None
    if theirs and answer.version == theirs.number + 1:  # nobody came in between
        return services.bring_back(theirs, by=request.user)
    return answer

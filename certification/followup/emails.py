"""Messages about cases that lie, and about how they came out: one function a message."""

from collections.abc import Iterable

from django.urls import reverse

from certification.applications.models import Application
from certification.assessments.models import ConsolidatedCard
from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices import notify
from institutions.states import Role

from .stuck import Stuck


def case_stuck(stuck: Stuck, people: Iterable[User]) -> None:
    """What the case waits for and for how long; names no assessor."""
    notify(
        people,
        "case_stuck",
        kind=Kind.STUCK,
        about=stuck.application,
        key=_key("case_stuck", stuck),
        url=stuck.application.get_absolute_url(),
        application=stuck.application,
        stuck=stuck,
    )


def nobody_to_remind(stuck: Stuck) -> int:
    """To the administrators, who may appoint people; how many. Names no case."""
    people = list(User.objects.acting_as(Role.ADMINISTRATOR))
    notify(
        people,
        "nobody_to_remind",
        kind=Kind.STUCK,
        key=_key("nobody_to_remind", stuck),
        url=reverse("person_list"),
        stuck=stuck,
    )
    return len(people)


def _key(name: str, stuck: Stuck) -> str:
    return f"{name}:{stuck.application.pk}:{stuck.stage}:{stuck.since}:{stuck.turn}"


def case_decided(application: Application, by: User) -> None:
    """To the assessors whose ratings the card was made of: how the case came out."""
    _to_assessors(application, "assessed_case_decided")


def certificate_issued(application: Application, by: User) -> None:
    _to_assessors(application, "assessed_case_certified")


def _to_assessors(application: Application, name: str) -> None:
    """Each is led to what became of their own card."""
    card = ConsolidatedCard.objects.filter(application=application).first()
    if card is None:
        return
    for assessment in card.assessments().select_related("assignment__assessor"):
        notify(
            [assessment.assignment.assessor],
            name,
            kind=Kind.WORK,
            about=application,
            url=reverse("assessment_outcome", args=[assessment.pk]),
            application=application,
        )

"""Cases that come before the Committee, with two assessors' ratings and a closed card."""

from typing import Any

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import (
    Assessment,
    Assignment,
    ConsolidatedCard,
    ConsolidatedRating,
    Rating,
)
from certification.decisions.models import Decision
from certification.decisions.states import Outcome
from institutions.states import Role
from tests.factories import days_from_today, level, make_application, make_user


def make_card(application: Application, **values: int | None) -> ConsolidatedCard:
    """A closed card on which every criterion is met but for `values`, e.g. `A1_2=0`."""
    by = make_user(Role.ASSESSOR)
    wanted = {code.replace("_", "."): value for code, value in values.items()}
    for number in (1, 2):
        _assess(application, wanted, number)
    card = ConsolidatedCard.objects.create(application=application)
    for criterion in application.criteria():
        rating = level(application.standard_set, wanted.get(criterion.code, 2))
        ConsolidatedRating.objects.create(card=card, criterion=criterion, level=rating)
    card.closed_by, card.closed_at = by, clock.now()
    card.save()
    return card


def _assess(application: Application, wanted: dict[str, int | None], number: int) -> None:
    assignment = Assignment.objects.create(
        application=application,
        assessor=make_user(Role.ASSESSOR),
        due_on=days_from_today(7),
        assigned_by=make_user(Role.OFFICE),
        declared_at=clock.now(),
    )
    assessment = Assessment.objects.create(assignment=assignment)
    for criterion in application.criteria():
        Rating.objects.create(
            assessment=assessment,
            criterion=criterion,
            level=level(application.standard_set, wanted.get(criterion.code, 2)),
            strengths=f"Zaleta {number} w {criterion.code}.",
            weaknesses=f"Uwaga {number} do {criterion.code}.",
            private_note="notatka-tylko-dla-mnie",
        )
    assessment.submitted_at = clock.now()
    assessment.save()


def make_case(state: State = State.COMMITTEE, *, unmet: Any = None, **fields: Any) -> Application:
    """An application in that state with its closed card; decided where it must be."""
    application = make_application(state, **fields)
    make_card(application, **(unmet or {}))
    if state in {State.BOARD, State.CERTIFIED}:
        make_decision(application)
    return application


def make_decision(application: Application, **fields: Any) -> Decision:
    fields.setdefault("outcome", Outcome.GRANTED)
    fields.setdefault("session_on", clock.today())
    fields.setdefault("decided_by", make_user(Role.COMMITTEE_CHAIR))
    return Decision.objects.create(application=application, **fields)

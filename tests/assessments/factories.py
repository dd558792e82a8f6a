"""What tests of the assessment stand on. Rows are written straight, as in tests/factories.py."""

from typing import Any

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import Assessment, Assignment, ConsolidatedCard, Rating
from certification.assessments.services import open_card
from certification.standards.models import RatingLevel
from institutions.models import User
from institutions.states import Role
from tests.factories import days_from_today, level, make_application, make_user


def make_case(state: State = State.ASSESSMENT, **fields: Any) -> Application:
    return make_application(state, **fields)


def make_assignment(
    application: Application, assessor: User | None = None, *, declared: bool = True, **fields: Any
) -> Assignment:
    """An assignment; a declared one comes with its assessment."""
    fields.setdefault("due_on", days_from_today(30))
    fields.setdefault("assigned_by", application.opened_by)
    assignment = Assignment.objects.create(
        application=application,
        assessor=assessor or make_user(Role.ASSESSOR),
        declared_at=clock.now() if declared else None,
        **fields,
    )
    if declared:
        Assessment.objects.create(assignment=assignment)
    return assignment


def make_assessment(application: Application | None = None, **fields: Any) -> Assessment:
    return make_assignment(application or make_case(), **fields).assessment


def rate_all(
    assessment: Assessment,
    value: int | None = 2,
    *,
    comment: str = "Komentarz.",
    private_note: str = "",
    **by_code: int | None,
) -> None:
    """A level and a comment for every criterion; `A1_2=0` gives another level to A1.2."""
    levels: dict[int | None, RatingLevel] = {
        each.value: each for each in assessment.application.standard_set.levels.all()
    }
    given = {code.replace("_", "."): number for code, number in by_code.items()}
    for criterion in assessment.application.criteria():
        Rating.objects.create(
            assessment=assessment,
            criterion=criterion,
            level=levels[given.get(criterion.code, value)],
            comment=comment,
            private_note=private_note,
        )


def submit(assessment: Assessment) -> Assessment:
    Assessment.objects.filter(pk=assessment.pk).update(submitted_at=clock.now())
    assessment.refresh_from_db()
    return assessment


def make_card(
    application: Application | None = None,
    second: dict[str, int | None] | None = None,
    **first: Any,
) -> ConsolidatedCard:
    """An open card of two assessors; `second` says where the second one differs."""
    application = application or make_case()
    for differing in ({}, second or {}):
        assessment = make_assessment(application)
        rate_all(assessment, **{**first, **differing})
        submit(assessment)
    return open_card(application, by=application.opened_by)


def criterion(application: Application, code: str) -> Any:
    return application.criteria().get(code=code)


def of_value(application: Application, value: int | None) -> RatingLevel:
    return level(application.standard_set, value)

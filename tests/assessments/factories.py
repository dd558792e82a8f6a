"""What tests of the assessment stand on. Rows are written straight, as in tests/factories.py."""

from collections.abc import Sequence
from typing import Any

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.export.reading import Reading, Row
from certification.assessments.models import (
    Assessment,
    AssessorProfile,
    Assignment,
    ConsolidatedCard,
    Rating,
    RatingsDraft,
)
from certification.assessments.services import open_card, sign_card
from certification.standards.models import RatingLevel
from institutions.models import User
from institutions.states import Role
from tests.factories import days_from_today, level, make_application, make_user


def make_case(state: State = State.ASSESSMENT, **fields: Any) -> Application:
    return make_application(state, **fields)


def make_assignment(
    application: Application,
    assessor: User | None = None,
    *,
    declared: bool = True,
    codes: Sequence[str] = (),
    **fields: Any,
) -> Assignment:
    """An assignment, of the criteria of these codes or of all; a declared one comes with its
    assessment.
    """
    fields.setdefault("due_on", days_from_today(30))
    fields.setdefault("assigned_by", application.opened_by)
    assignment = Assignment.objects.create(
        application=application,
        assessor=assessor or make_user(Role.ASSESSOR),
        declared_at=clock.now() if declared else None,
        **fields,
    )
    assignment.criteria.set(application.criteria().filter(code__in=codes))
    if declared:
        Assessment.objects.create(assignment=assignment)
    return assignment


def make_profile(assessor: User, *regions: str, **fields: Any) -> AssessorProfile:
    """What an assessor said of themselves."""
    profile = AssessorProfile.objects.create(user=assessor, version=1, **fields)
    for code in regions:
        profile.regions.create(voivodeship=code)
    return profile


def make_assessment(application: Application | None = None, **fields: Any) -> Assessment:
    return make_assignment(application or make_case(), **fields).assessment


def rate_all(
    assessment: Assessment,
    value: int | None = 2,
    *,
    strengths: str = "Komentarz.",
    private_note: str = "",
    texts: dict[str, str] | None = None,
    **by_code: int | None,
) -> None:
    """A level and a reason for each criterion on the card; `A1_2=0` gives another to A1.2."""
    levels: dict[int | None, RatingLevel] = {
        each.value: each for each in assessment.application.standard_set.levels.all()
    }
    given = {code.replace("_", "."): number for code, number in by_code.items()}
    for criterion in assessment.criteria():
        Rating.objects.create(
            assessment=assessment,
            criterion=criterion,
            level=levels[given.get(criterion.code, value)],
            **{"strengths": strengths, "private_note": private_note, **(texts or {})},
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


def sign_all(card: ConsolidatedCard) -> ConsolidatedCard:
    """Let everybody whose card it is sign it, which closes it."""
    for person in card.signers():
        card.refresh_from_db()
        sign_card(card, by=person, expected_version=card.version)
    card.refresh_from_db()
    return card


def make_ratings_draft(assessment: Assessment, **cells: str) -> RatingsDraft:
    """A spreadsheet that was sent, of one row; by default of A1.1."""
    row = Row(2, cells or {"code": "A1.1", "level": "2", "strengths": "Z pliku."})
    return RatingsDraft.objects.create(
        assessment=assessment, filename="karta.xlsx", content=Reading([row]).packed()
    )


def criterion(application: Application, code: str) -> Any:
    return application.criteria().get(code=code)


def of_value(application: Application, value: int | None) -> RatingLevel:
    return level(application.standard_set, value)

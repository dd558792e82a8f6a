"""A certificate whose consolidated card says what a test wants it to say."""

from datetime import date

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import ConsolidatedCard, ConsolidatedRating
from certification.certificates.models import Certificate
from certification.decisions.models import Decision, Resolution
from certification.decisions.states import Outcome
from certification.documents.models import StoredDocument
from certification.documents.services import store
from certification.standards.models import (
    Area,
    Criterion,
    RatingLevel,
    Standard,
    StandardSet,
)
from institutions.models import Institution, User
from institutions.states import Role
from tests.factories import make_institution, make_member, make_user


def make_rated_set(levels: dict[str, int | None]) -> StandardSet:
    """A draft set with one criterion a standard: `{"C1": 2}` names the standards."""
    standard_set = StandardSet.objects.create(
        code=f"set-{StandardSet.objects.count()}", name_pl="Zestaw", edition="1"
    )
    for value in (0, 1, 2, 3, None):
        RatingLevel.objects.create(standard_set=standard_set, value=value, name_pl=str(value))
    area = Area.objects.create(
        standard_set=standard_set, code="A", name_pl="Obszar", name_en="", position=0
    )
    for position, code in enumerate(levels):
        standard = Standard.objects.create(
            area=area, code=code, name_pl=code, position=position, sourced=True
        )
        Criterion.objects.create(
            standard=standard, code=f"{code}.1", text_pl=code, position=0, sourced=True
        )
    return standard_set


def make_certificate(
    levels: dict[str, int | None], *, institution: Institution | None = None, **fields: object
) -> Certificate:
    """A certificate issued in 2016 on a card with these levels; rows written straight."""
    institution = institution or make_institution()
    applicant = make_member(institution)
    board: User = make_user(Role.BOARD_MEMBER)
    standard_set = make_rated_set(levels)
    application = Application.objects.create(
        institution=institution,
        kind=institution.kind,
        standard_set=standard_set,
        state=State.CERTIFIED,
        number=f"CAL/W/{Application.objects.count() + 1}/2016",
        opened_by=applicant,
        submitted_by=applicant,
        submitted_at=clock.now(),
    )
    card = ConsolidatedCard.objects.create(application=application)
    for criterion in Criterion.objects.of_set(standard_set).select_related("standard"):
        ConsolidatedRating.objects.create(
            card=card,
            criterion=criterion,
            level=standard_set.levels.get(value=levels[criterion.standard.code]),
        )
    decision = Decision.objects.create(
        application=application,
        outcome=Outcome.GRANTED,
        session_on=date(2016, 4, 20),
        decided_by=board,
    )
    number = Certificate.objects.count() + 1
    resolution = Resolution.objects.create(
        decision=decision, number=f"{number}/2016", adopted_on=date(2016, 5, 4), recorded_by=board
    )
    return Certificate.objects.create(
        **{
            "application": application,
            "institution": institution,
            "resolution": resolution,
            "number": f"CAL/OSL/{number}/2016",
            "holder_name": institution.name,
            "reason": "za wdrażanie Modelu Organizowania Społeczności Lokalnej",
            "valid_from": date(2016, 5, 12),
            "valid_to": date(2021, 5, 11),
            "label": "na lata 2016–2021",
            "place": "Warszawa",
            "issued_on": date(2016, 5, 12),
            "first_signatory": "Maria Przykładna",
            "first_function": "Prezes Zarządu",
            "second_signatory": "Jan Wzorowy",
            "second_function": "Członek Zarządu",
            "document": store(
                StoredDocument.Kind.CERTIFICATE, f"{number}", f"%PDF {number}".encode(), by=board
            ),
            "issued_by": board,
            **fields,
        }
    )

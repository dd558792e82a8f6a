"""An evening of assessors: cases of 54 criteria with some 300 citations each."""

from dataclasses import dataclass

from django.test import Client

from certification import clock
from certification.applications.models import Answer, Application, Citation
from certification.applications.states import State
from certification.assessments.models import Assessment, Assignment, Rating
from certification.standards.models import Criterion, InstitutionKind, RatingLevel, StandardSet
from certification.standards.reading import OWN_CATALOGUE, load
from certification.standards.services import import_standards, publish
from institutions.models import Appointment, Evidence, EvidenceRevision, Institution, User
from institutions.states import Role

CASES = 10  # each with two assessors
CITED = 6  # pieces of evidence by each answer
SENTENCE = "Spotykamy się z mieszkańcami co miesiąc i razem planujemy, co zrobić dalej. "
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Seat:
    """One assessor at the bench, signed in."""

    assessment: Assessment
    codes: list[str]
    level: int
    session: str
    token: str


def seats(cases: int = CASES) -> list[Seat]:
    """Two assessors a case; of each card half is rated."""
    publish(import_standards(load(OWN_CATALOGUE)), by=None)
    found = []
    for number in range(cases):
        case = _case(number)
        found += [_seat(case, f"{number}-{place}") for place in (1, 2)]
    return found


def _case(number: int) -> Application:
    kind = InstitutionKind.objects.get(code="social_assistance")
    custodian = User.objects.create_user(f"opiekun{number}@example.org", full_name="Opiekunka")
    institution = Institution.objects.create(
        name=f"Ośrodek {number}", kind=kind, gender="m", town="Łódź", voivodeship="10"
    )
    now = clock.now()
    case = Application.objects.create(
        institution=institution,
        standard_set=StandardSet.objects.get(),
        kind=kind,
        state=State.ASSESSMENT,
        number=f"CAL/W/{number}/2026",
        opened_by=custodian,
        submitted_by=custodian,
        submitted_at=now,
    )
    library = _library(institution, custodian)
    level = RatingLevel.objects.get(value=2)
    for place, criterion in enumerate(case.criteria()):
        answer = Answer.objects.create(
            application=case,
            criterion=criterion,
            self_rating=level,
            text=SENTENCE * 8,
            updated_by=custodian,
        )
        cited = [library[(place + step) % len(library)] for step in range(CITED)]
        Citation.objects.bulk_create(
            Citation(answer=answer, revision=one, added_by=custodian) for one in cited
        )
    return case


def _library(institution: Institution, by: User) -> list[EvidenceRevision]:
    kind = StandardSet.objects.get().areas.first().standards.first().criteria.first()  # type: ignore[union-attr]
    evidence_type = kind.evidence_types.first()  # type: ignore[union-attr]
    pieces = Evidence.objects.bulk_create(
        Evidence(
            institution=institution,
            title=f"Notatka {number}",
            type=evidence_type,
            form="note",
            added_by=by,
        )
        for number in range(60)
    )
    return EvidenceRevision.objects.bulk_create(
        EvidenceRevision(evidence=one, number=1, text=SENTENCE * 4, sha256="0" * 64, added_by=by)
        for one in pieces
    )


def _seat(case: Application, name: str) -> Seat:
    assessor = User.objects.create_user(f"oceniajaca{name}@example.org", full_name=f"Ocena {name}")
    today = clock.today()
    Appointment.objects.create(user=assessor, role=Role.ASSESSOR, since=today)
    assignment = Assignment.objects.create(
        application=case,
        assessor=assessor,
        due_on=today,
        assigned_by=assessor,
        declared_at=clock.now(),
    )
    assessment = Assessment.objects.create(assignment=assignment)
    criteria: list[Criterion] = assessment.criteria()
    level = RatingLevel.objects.get(value=2)
    Rating.objects.bulk_create(
        Rating(assessment=assessment, criterion=each, level=level, strengths=SENTENCE * 3)
        for each in criteria[: len(criteria) // 2]
    )
    client = Client()
    client.force_login(assessor, backend=BACKEND)
    client.get(assessment.get_absolute_url())
    cookies = client.cookies
    codes = [criterion.code for criterion in criteria]
    return Seat(assessment, codes, level.pk, cookies["sessionid"].value, cookies["csrftoken"].value)

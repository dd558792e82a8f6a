"""What stands before a story begins: the catalogue, the bank of paragraphs, people, a paper."""

import io
from datetime import timedelta

from pypdf import PdfReader

from certification import clock
from certification.applications.models import Application
from certification.applications.services import cite, save_answer
from certification.assessments.models import Assessment
from certification.assessments.services import save_rating
from certification.documents.render import render_letter
from certification.documents.sheets import Letterhead, LetterSheet, Signatory
from certification.letters.bank import OWN_BANKS
from certification.letters.bank import read as read_bank
from certification.letters.services import import_paragraphs
from certification.standards.models import Criterion, InstitutionKind, RatingLevel
from certification.standards.reading import OWN_CATALOGUE, load
from certification.standards.services import import_standards, publish
from institutions.models import EvidenceRevision, Institution, User
from institutions.services.institution import create_institution
from institutions.states import MemberRole, Role
from tests.factories import make_member, make_user

STALOWA_WOLA = "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli"


class House:
    """The association with its people, and one institution that wants the certificate."""

    def __init__(self) -> None:
        publish(import_standards(load(OWN_CATALOGUE)), by=None)
        for bank in OWN_BANKS:
            import_paragraphs(read_bank(bank))
        self.office = make_user(Role.OFFICE, full_name="Barbara Biurowska")
        self.assessor = make_user(Role.ASSESSOR, full_name="Olga Oceńska")
        self.second = make_user(Role.ASSESSOR, full_name="Edward Ekspercki")
        self.chair = make_user(Role.COMMITTEE_CHAIR, full_name="Krystyna Komisyjna")
        self.board = make_user(
            Role.BOARD_MEMBER, full_name="Zofia Zarządzka", function="Prezes Zarządu"
        )
        self.institution = found(STALOWA_WOLA, self.office)
        self.custodian = make_member(
            self.institution, MemberRole.CUSTODIAN, full_name="Stanisława Opiekuńska"
        )


def found(name: str, by: User) -> Institution:
    """An institution of Stalowa Wola whose name nobody has confirmed yet."""
    return create_institution(
        by=by,
        name=name,
        kind=InstitutionKind.objects.get(code="social_assistance"),
        town="Stalowa Wola",
        voivodeship="18",
    )


def paper(institution: Institution, title: str, text: str) -> bytes:
    """A PDF of the institution's own, set by our print room."""
    sheet = LetterSheet(
        issuer=Letterhead(name=institution.name),
        place=institution.town,
        issued_on=clock.today() - timedelta(days=60),
        addressee=(),
        salutation=title,
        paragraphs=(text,),
        closing="Za zgodność",
        signatories=(Signatory("", "Dyrekcja"),),
        title=title,
    )
    return render_letter(sheet)


def text_of(pdf: bytes) -> str:
    """The text of a PDF in one line, as a reader would copy it."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def level(application: Application, value: int) -> RatingLevel:
    return application.standard_set.levels.get(value=value)


def answer_the_rest(
    application: Application, *, by: User, citing: EvidenceRevision | None = None
) -> None:
    """Answer, by the verbs, every criterion that has no answer yet."""
    met = level(application, 2)
    answered = application.answers.values("criterion")
    for criterion in application.criteria().exclude(pk__in=answered):
        save_answer(
            application,
            criterion,
            by=by,
            self_rating=met,
            text=f"Tak pracujemy: {criterion.text_pl}",
            expected_version=0,
        )
        if citing:
            cite(application, criterion, citing, by=by)


def rate_the_rest(assessment: Assessment, *, by: User, **values: int) -> None:
    """Rate, by the verbs, what is not rated yet; `A1_2=0` gives another level to A1.2."""
    wanted = {code.replace("_", "."): value for code, value in values.items()}
    for criterion in _unrated(assessment):
        save_rating(
            assessment,
            criterion,
            by=by,
            level=level(assessment.application, wanted.get(criterion.code, 2)),
            strengths=f"{by} widzi to tak: {criterion.code}.",
        )


def _unrated(assessment: Assessment) -> list[Criterion]:
    rated = set(assessment.ratings.values_list("criterion_id", flat=True))
    return [each for each in assessment.application.criteria() if each.pk not in rated]

"""The pages that are measured, and whose eyes they are seen with."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import Assessment, ConsolidatedCard
from certification.certificates.models import Certificate
from institutions.models import Appointment, Institution, User
from institutions.states import Role

PAGE_AIM, ASSESSMENT_AIM = 20.0, 40.0  # milliseconds


class Page(NamedTuple):
    name: str
    url: str
    client: Client
    aim: float = PAGE_AIM

    def get(self) -> None:
        response = self.client.get(self.url)
        assert response.status_code == 200, f"{self.url}: {response.status_code}"


def _client(user: User | None = None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _holder(role: Role) -> User:
    return Appointment.objects.filter(role=role).order_by("pk")[0].user


def pages() -> list[Page]:
    """Those of the database in use; the first is the trivial one the others stand beside."""
    visitor, office = _client(), _client(_holder(Role.OFFICE))
    auditor = _client(_holder(Role.ADMINISTRATOR))
    chair = _client(_holder(Role.COMMITTEE_CHAIR))
    draft = _first(State.DRAFT)
    custodian = _client(draft.opened_by)
    large = _first(State.DRAFT, after=1)  # its institution has the large library
    library, keeper = large.institution, _client(large.opened_by)
    certified = _first(State.CERTIFIED)
    certificate = certified.certificates.filter(replaces=None).get()
    number = certificate.number.removeprefix("CAL/OSL/")
    rating = Assessment.objects.filter(submitted_at=None).order_by("pk")[0]
    assessor = _client(rating.assignment.assessor)
    card = ConsolidatedCard.objects.filter(closed_at=None).order_by("pk")[0]
    settler = _client(card.application.assignments.all()[0].assessor)
    address = reverse
    return [
        Page("trivial (privacy notice)", address("privacy_notice"), visitor),
        Page("register", address("register"), visitor),
        Page("register, searched", _searched("register", q="osrodek jaworzyna"), visitor),
        Page("register, in force by name", _register_by_name(), visitor),
        Page("register, far page", _searched("register", page=_far_page()), visitor),
        Page("verification by code", _of(certificate, "verification_code"), visitor),
        Page("verification by number", _searched("verification", q=number), visitor),
        Page("catalogue", address("catalogue"), visitor),
        Page("panel, office", address("panel"), office),
        Page("panel, assessor", address("panel"), assessor),
        Page("panel, custodian", address("panel"), custodian),
        Page("panel, Committee chair", address("panel"), chair),
        Page("applications, office", address("application_list"), office),
        Page("applications, searched", _searched("application_list", q="Jaworzyna 7"), office),
        Page("applications, custodian", address("application_list"), custodian),
        Page("overview, custodian", address("application_answers", args=[draft.pk]), custodian),
        Page("full text, office", address("application_answers", args=[certified.pk]), office),
        Page("one answer, custodian", _answer_of(draft), custodian),
        Page("case, office", certified.get_absolute_url(), office),
        Page("case, custodian", draft.get_absolute_url(), custodian),
        Page("assessments, assessor", address("assessment_list"), assessor),
        Page("assessments, office", address("assessment_list"), office),
        Page("assessment", rating.get_absolute_url(), assessor, ASSESSMENT_AIM),
        Page("consolidated card", card.get_absolute_url(), settler, ASSESSMENT_AIM),
        Page("decisions", address("decision_list"), chair),
        Page("certificates", address("certificate_list"), office),
        Page("certificate", certificate.get_absolute_url(), office),
        Page("letters", address("letter_list"), office),
        Page("institutions", address("institution_list"), office),
        Page("institutions, searched", _searched("institution_list", q="Jaworzyna 1"), office),
        Page("institution", certified.institution.get_absolute_url(), office),
        Page("people", address("person_list"), office),
        Page("institutions, by number", _searched("institution_list", q="5261040828"), office),
        Page("evidence, custodian", address("evidence_list"), custodian),
        Page("library", address("evidence_list"), keeper),
        Page("library, far page", _searched("evidence_list", page=_far_piece(library)), keeper),
        Page("library, searched", _searched("evidence_list", q="łodzi planuje"), keeper),
        Page("library, found nothing", _searched("evidence_list", q="zxcvb"), keeper),
        Page("library, by title", _searched("evidence_list", kolejnosc="tytul"), keeper),
        Page("library, by time", _searched("evidence_list", kolejnosc="czas"), keeper),
        Page("library, of one tag", _searched("evidence_list", etykieta="seniorzy"), keeper),
        Page("library, not used yet", _searched("evidence_list", uzycie="nie"), keeper),
        Page("library, a piece", _piece_of(library), keeper),
        Page("one answer, large library", _answer_of(large), keeper),
        Page("journal", address("journal"), auditor),
    ]


def _first(state: State, *, after: int = 0) -> Application:
    return Application.objects.filter(state=state).order_by("pk")[after]


def _searched(name: str, **words: object) -> str:
    return f"{reverse(name)}?{urlencode(words)}"


def _register_by_name() -> str:
    return _searched("register", status="in_force", sort="holder")


def _far_page() -> int:
    return max(Certificate.objects.count() // 25 - 1, 1)


def _far_piece(library: Institution) -> int:
    return max(library.evidence.count() // 25 - 1, 1)


def _piece_of(library: Institution) -> str:
    return library.evidence.order_by("pk")[1].get_absolute_url()


def _of(certificate: Certificate, name: str) -> str:
    return reverse(name, args=[certificate.code])


def _answer_of(application: Application) -> str:
    code = application.criteria()[20].code
    return reverse("answer_edit", args=[application.pk, code])

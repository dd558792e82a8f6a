"""The pages that are measured, and whose eyes they are seen with."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import Assessment, ConsolidatedCard
from certification.certificates.models import Certificate
from institutions.models import Appointment, Institution, User
from institutions.states import Role

PAGE_AIM, ASSESSMENT_AIM, WRITING_AIM = 20.0, 40.0, 15.0  # milliseconds


class Page(NamedTuple):
    name: str
    url: str
    client: Client
    aim: float = PAGE_AIM

    def get(self) -> None:
        response = self.client.get(self.url)
        assert response.status_code == 200, f"{self.url}: {response.status_code}"


class Save(Page):
    """An answer that saves itself: each time with one more word, from the version it saw last."""

    def get(self) -> None:
        stands = _STANDS.get(self) or self.client.get(self.url).json()
        values, version = stands["values"], stands["version"]
        typed = values | {"text": f"{values['text'][:1500]} słowo{version}", "version": version}
        response = self.client.post(self.url, typed)
        assert response.status_code == 200, f"{self.url}: {response.status_code}"
        _STANDS[self] = response.json()


_STANDS: dict[Page, dict[str, Any]] = {}  # what each of them was told last


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
    renewal = Application.objects.filter(state=State.DRAFT).exclude(renews=None)[0]
    renewer = _client(renewal.opened_by)
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
        Page("one answer, custodian", _answer_of(draft), custodian, WRITING_AIM),
        Save(
            "one answer saves itself", _answer_of(draft, "answer_autosave"), custodian, WRITING_AIM
        ),
        Page("one answer of a renewal", _answer_of(renewal), renewer, WRITING_AIM),
        Page("whole standard of a renewal", _standard_of(renewal), renewer),
        Page("whole standard, custodian", _standard_of(draft), custodian),
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
        Page("one answer, large library", _answer_of(large), keeper, WRITING_AIM),
        Page("one answer, evidence searched", f"{_answer_of(large)}?szukaj=łodzi", keeper),
        Page("readiness, large library", address("application_readiness", args=[large.pk]), keeper),
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


def _answer_of(application: Application, name: str = "answer_edit") -> str:
    return reverse(name, args=[application.pk, application.criteria()[20].code])


def _standard_of(application: Application) -> str:
    standard = application.criteria()[20].standard
    return reverse("standard_edit", args=[application.pk, standard.code])

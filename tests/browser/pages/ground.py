"""The people and the cases among whom the pages are seen."""

from typing import Any

from django.core.files.base import ContentFile

from certification.applications.models import Application, Citation
from certification.applications.states import State
from certification.letters.bank import OWN_BANKS
from certification.letters.bank import read as read_bank
from certification.letters.services import import_paragraphs
from certification.standards.models import EvidenceType
from certification.standards.reading import OWN_CATALOGUE, load
from certification.standards.services import import_standards, publish
from institutions.services.evidence import add_evidence
from institutions.states import MemberRole, Role
from tests.browser.house import paper
from tests.factories import (
    answer_all,
    make_application,
    make_institution,
    make_member,
    make_standard_set,
    make_user,
)


class Ground:
    """What every area finds."""

    def __init__(self) -> None:
        self.full_set = publish(import_standards(load(OWN_CATALOGUE)), by=None)
        self.standards = make_standard_set(code="maly-zestaw")
        for bank in OWN_BANKS:
            import_paragraphs(read_bank(bank))
        self.office = make_user(Role.OFFICE)
        self.assessor = make_user(Role.ASSESSOR)
        self.chair = make_user(Role.COMMITTEE_CHAIR)
        self.board = make_user(Role.BOARD_MEMBER)
        self.administrator = make_user(Role.ADMINISTRATOR)
        self.institution = make_institution(
            name="Samorządowe Centrum Animacji, Kultury i Wspierania Inicjatyw Obywatelskich "
            "im. Heleny Radlińskiej w Ostrowcu Świętokrzyskim"
        )
        self.custodian = make_member(self.institution)
        make_member(self.institution, MemberRole.READER)
        self.evidence = add_evidence(
            self.institution,
            by=self.custodian,
            title="Statut",
            type=EvidenceType.objects.get(code="statut"),
            form="file",
            file=ContentFile(paper(self.institution, "Statut", "§ 4."), name="statut.pdf"),
        )
        self.draft = self.case(State.DRAFT)
        answer_all(self.draft, by=self.custodian)
        self.cite(self.draft)

    def case(self, state: State, **fields: Any) -> Application:
        fields.setdefault("institution", self.institution)
        return make_application(state, standard_set=self.standards, by=self.custodian, **fields)

    def cite(self, application: Application) -> None:
        answer = application.answers.order_by("criterion__position").first()
        Citation.objects.create(
            answer=answer, revision=self.evidence.latest, page=1, added_by=self.custodian
        )

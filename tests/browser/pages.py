"""Every page of the journey, in each of its states, and who looks at it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import Page, expect

from certification import clock
from certification.applications.models import Application, Citation
from certification.applications.services import request_completion
from certification.applications.states import State
from certification.letters.bank import OWN_BANK
from certification.letters.bank import read as read_bank
from certification.letters.services import approve_letter, draft_letter, import_paragraphs
from certification.standards.models import EvidenceType
from certification.standards.reading import OWN_CATALOGUE, load
from certification.standards.services import import_standards, publish
from institutions.models import EvidenceRevision, Institution, Upload, User
from institutions.services.account import key_for as address_key
from institutions.services.custody import request_custody
from institutions.services.evidence import add_evidence
from institutions.services.renaming import rename_institution
from institutions.services.units import change_parent
from institutions.states import MemberRole, Role
from tests.assessments.factories import make_assignment, make_card, rate_all
from tests.assessments.factories import submit as hand_in
from tests.certificates.factories import board_case, issue, make_award, withdraw_row
from tests.decisions.factories import make_card as make_closed_card
from tests.decisions.factories import make_case, make_decision
from tests.factories import (
    PASSWORD,
    answer_all,
    confirm_names,
    make_application,
    make_evidence,
    make_import_draft,
    make_institution,
    make_invitation,
    make_member,
    make_standard_set,
    make_upload,
    make_user,
)
from tests.institutions import documents, hostile_files
from tests.institutions.kept import keep

from .house import paper

Act = Callable[[Page], Any]


@dataclass
class Visit:
    """Somebody at an address; `act` brings the page into the state that is meant."""

    who: User | None
    address: str
    act: Act | None = None


def at(name: str, *args: Any, query: str = "") -> str:
    return reverse(name, args=args) + query


def press(button: str) -> Act:
    return lambda page: page.get_by_role("main").get_by_role("button", name=button).first.click()


def choose_files(page: Page) -> None:
    """One that is sent, and one that is refused at once."""
    files = [
        {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-"}
        for name in ("Statut.pdf", "program.exe")
    ]
    page.get_by_label("Wybierz pliki").set_input_files(files)
    expect(page.get_by_text("Przesłano w całości").first).to_be_visible()


def as_another_tab_did(field: str, text: str, button: str) -> Act:
    """Save in a second tab first, so that this one is stale."""

    def act(page: Page) -> None:
        other = page.context.new_page()
        other.goto(page.url)
        for tab, words in ((other, f"{text} (druga karta)"), (page, text)):
            tab.get_by_role("textbox", name=field).fill(words)
            tab.get_by_role("button", name=button, exact=True).last.click()
            tab.wait_for_load_state()
        other.close()

    return act


def without_session(button: str) -> Act:
    def act(page: Page) -> None:
        page.context.clear_cookies(name="sessionid")
        press(button)(page)

    return act


class Pages:
    """The people, the cases, and the visits among them."""

    def __init__(self) -> None:
        self.full_set = publish(import_standards(load(OWN_CATALOGUE)), by=None)
        self.standards = make_standard_set(code="maly-zestaw")
        import_paragraphs(read_bank(OWN_BANK))
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
        self.draft = self._case(State.DRAFT)
        answer_all(self.draft, by=self.custodian)
        self._cite(self.draft)

    def _case(self, state: State, **fields: Any) -> Application:
        fields.setdefault("institution", self.institution)
        return make_application(state, standard_set=self.standards, by=self.custodian, **fields)

    def _cite(self, application: Application) -> None:
        answer = application.answers.order_by("criterion__position").first()
        Citation.objects.create(
            answer=answer, revision=self.evidence.latest, page=1, added_by=self.custodian
        )

    def all(self) -> Iterator[Visit]:
        yield from self._public()
        yield from self._signing_in()
        yield from self._of_the_institution()
        yield from self._of_the_application()
        yield from self._of_the_office()
        yield from self._of_assessors()
        yield from self._of_committee_and_board()
        yield from self._of_certificates_and_letters()
        yield from self._of_people()
        yield from self._obstacles()

    def _public(self) -> Iterator[Visit]:
        make_award()
        for name in (
            "home",
            "accessibility_statement",
            "privacy_notice",
            "register",
            "verification",
        ):
            yield Visit(None, at(name))
        yield Visit(None, at("register", query="?q=niemaniczego"))
        yield Visit(None, at("verification", query="?q=CAL/OSL/9/1999"))
        yield Visit(None, at("verification_code", "0" * 26))
        yield Visit(None, at("catalogue"))
        yield Visit(None, at("catalogue_set", self.full_set.code))

    def _signing_in(self) -> Iterator[Visit]:
        yield Visit(None, at("account_login"))
        yield Visit(None, at("account_login"), self._wrong_password)
        yield Visit(None, at("account_reset_password"))
        yield Visit(self.office, at("account_change_password"))
        for name in ("my_account", "my_data", "my_sessions"):
            yield Visit(self.office, at(name))
        yield Visit(self.office, at("my_data"), self._without_a_name_of_mine)
        yield Visit(self.custodian, at("my_account"))
        yield Visit(self.administrator, at("my_email"), self._my_password)
        yield Visit(None, at("my_email_confirm", address_key(self.assessor, "nowy@example.org")))
        yield Visit(None, at("my_email_confirm", "nic"))
        yield from self._signed_in_elsewhere()
        yield Visit(self.office, at("account_logout"))
        yield Visit(self.office, at("session_restored"))

    def _wrong_password(self, page: Page) -> None:
        page.get_by_label("E-mail").fill(self.office.email)
        page.get_by_label("Hasło").fill("nie to hasło")
        press("Zaloguj się")(page)

    def _without_a_name_of_mine(self, page: Page) -> None:
        page.get_by_role("textbox", name="Imię i nazwisko").fill("")
        press("Zapisz")(page)

    def _my_password(self, page: Page) -> None:
        page.get_by_label("Hasło").fill(PASSWORD)
        press("Potwierdź")(page)
        page.wait_for_url("**" + at("my_email"))

    def _signed_in_elsewhere(self) -> Iterator[Visit]:
        """Two devices, so that there is one to sign out."""
        somebody = make_user()

        def sign_in_twice(page: Page) -> None:
            for _turn in range(2):
                page.context.clear_cookies(name="sessionid")
                page.goto(at("account_login"))
                page.get_by_label("E-mail").fill(somebody.email)
                page.get_by_label("Hasło").fill(PASSWORD)
                press("Zaloguj się")(page)
                page.wait_for_url("**" + at("panel"))
            page.goto(at("my_sessions"))

        yield Visit(None, at("account_login"), sign_in_twice)

    def _invitations(self) -> Iterator[Visit]:
        """Each face of the page behind the link, and the list of who was invited."""
        mine = make_invitation(self.institution, email=self.assessor.email)
        new = make_invitation(self.institution, full_name="Nowa Osoba")
        old = make_invitation(self.institution, expires_at=clock.now() - timedelta(days=1))
        for who in (None, self.assessor, self.custodian):
            yield Visit(who, at("invitation", mine.secret))
        yield Visit(None, at("invitation", new.secret))
        yield Visit(None, at("invitation", new.secret), press("Załóż konto"))
        yield Visit(None, at("invitation", old.secret))
        yield Visit(None, at("invitation", "nic"))
        yield Visit(self.custodian, at("institution_detail", self.institution.pk))

    def _custody(self) -> Iterator[Visit]:
        alone = make_institution()
        gone = make_member(alone)
        yield Visit(self.office, at("custody_request", alone.pk))
        yield Visit(self.office, at("custody_request", alone.pk), press("Przyjmij pismo"))
        request_custody(
            alone,
            by=self.office,
            signatories="Jan Nowak, dyrektor",
            received_on=clock.today(),
            file=ContentFile(paper(alone, "Wniosek", "Wnioskujemy."), name="wniosek.pdf"),
            email="nowa@example.org",
            full_name="Nowa Opiekunka",
            note="Podpisy zgodne z uchwałą.",
        )
        User.objects.filter(pk=gone.pk).update(is_active=False)
        yield Visit(self.office, at("institution_detail", alone.pk))

    def _of_the_institution(self) -> Iterator[Visit]:
        institution, custodian = self.institution.pk, self.custodian
        yield Visit(custodian, at("institution_list"))
        for name in ("institution_detail", "institution_contact", "name_forms", "member_invite"):
            yield Visit(custodian, at(name, institution))
        yield Visit(custodian, at("name_forms", institution), press("Zatwierdź formy"))
        yield Visit(custodian, at("member_invite", institution), press("Wyślij zaproszenie"))
        yield from self._invitations()
        yield from self._custody()
        membership = self.institution.memberships.get(role=MemberRole.READER)
        yield Visit(custodian, at("membership_end", institution, membership.pk))
        yield Visit(custodian, at("membership_role", institution, membership.pk))
        mine = self.institution.memberships.get(user=custodian)
        yield Visit(custodian, at("membership_end", institution, mine.pk))
        yield Visit(custodian, at("evidence_list"))
        yield Visit(make_member(make_institution()), at("evidence_list"))
        for form in ("plik", "link", "notatka"):
            yield Visit(custodian, at("evidence_add", institution, query=f"?forma={form}"))
        note = at("evidence_add", institution, query="?forma=notatka")
        yield Visit(custodian, note, press("Dodaj dowód"))
        yield from self._of_sending()
        for name in ("evidence_detail", "evidence_revise", "evidence_change", "evidence_delete"):
            yield Visit(custodian, at(name, self.evidence.pk))
        yield from self._of_the_library()
        yield from self._of_documents()

    def _of_sending(self) -> Iterator[Visit]:
        """Files that are chosen, refused, wait to be described, or break off."""
        custodian, institution = self.custodian, self.institution
        yield Visit(custodian, at("evidence_add", institution.pk), choose_files)
        yield Visit(custodian, at("uploads_add", institution.pk))
        for name in ("Statut.pdf", "Regulamin_organizacyjny_placówki_wsparcia_dziennego.pdf"):
            make_upload(institution, custodian, b"%PDF-", name)
        part = make_upload(institution, custodian, b"%PDF-", "Część.pdf")
        part.path.write_bytes(b"%")
        yield Visit(custodian, at("evidence_list"))
        yield Visit(custodian, at("uploads_add", institution.pk))
        describing = at("uploads_add", institution.pk)
        yield Visit(custodian, describing, press("Dodaj do biblioteki"))
        Upload.objects.all().delete()

    def _of_documents(self) -> Iterator[Visit]:
        """Evidence read in the page: every kind, with hits, without, and unreadable."""
        body = documents.paragraph("Cele", style="Nagwek1") + documents.paragraph("mapa", level=1)
        wide = documents.word_table(["nieprzerywalne" * 9] * 9)
        rows = "".join(f'<row r="{n}">{"<c><v>7</v></c>" * 30}</row>' for n in range(1, 402))
        show = documents.pptx(documents.slide("Park", "ławki"), documents.slide("Staw"))
        kinds = (
            ("pdf", documents.pdf("park", "", "park i staw"), "?szukaj=park"),
            ("pdf", documents.pdf("", ""), "?szukaj=park&strona=2&widok=duzy"),
            ("pdf", b"nic", ""),
            ("docx", documents.docx(body + wide), "?szukaj=kosmos"),
            ("xlsx", documents.xlsx(rows, rows), "?strona=2&szukaj=7"),
            ("pptx", show, ""),
            ("txt", "Zażółć gęślą jaźń\n\n".encode() * 900, ""),
            ("mp4", hostile_files.mp4(), ""),
            ("mp3", hostile_files.mp3(), ""),
            ("png", hostile_files.picture("PNG"), ""),
        )
        for kind, data, query in kinds:
            revision = keep(self.institution, kind, data, title="Papier")
            yield Visit(self.custodian, at("revision_view", revision.pk, query=query))

    def _of_the_library(self) -> Iterator[Visit]:
        """Evidence with tags and versions, one of which seems to hold personal numbers."""
        custodian = self.custodian
        note = make_evidence(
            self.institution,
            title="Nieprzerywalnedługiesłowobezodstępówwtytuledowodu " * 3,
            tags=["rada osiedla", "nieprzerywalna" * 3, "2016"],
        ).evidence
        EvidenceRevision.objects.create(
            evidence=note,
            number=2,
            text="x",
            sha256="0" * 64,
            personal_numbers=3,
            added_by=custodian,
        )
        for query in ("?od=2015&do=2014&uzycie=tak", "?kolejnosc=tytul&etykieta=2016"):
            yield Visit(custodian, at("evidence_list", query=query))
        several = make_member(make_institution(), user=make_member(self.institution))
        yield Visit(several, at("evidence_list"))
        yield Visit(several, at("evidence_detail", note.pk, query="?wersja=1"))
        yield Visit(custodian, at("evidence_detail", note.pk))
        yield Visit(custodian, at("evidence_delete", note.pk))
        for number in (1, 2):
            yield Visit(custodian, at("version_delete", note.pk, number))
        only = make_evidence(self.institution).evidence
        yield Visit(custodian, at("version_delete", only.pk, 1))

    def _of_the_application(self) -> Iterator[Visit]:
        custodian, draft = self.custodian, self.draft.pk
        yield Visit(custodian, at("panel"))
        yield Visit(make_user(), at("panel"))
        yield Visit(custodian, at("application_list"))
        yield Visit(make_member(make_institution()), at("application_list"))
        for name in ("case", "application_answers", "application_submit", "application_withdraw"):
            yield Visit(custodian, at(name, draft))
        yield Visit(custodian, at("application_answers", draft, query="?widok=calosc"))
        yield Visit(custodian, at("application_submit", draft), press("Złóż wniosek"))
        answer = at("answer_edit", draft, "A1.1")
        yield Visit(custodian, answer)
        yield Visit(custodian, answer, self._explains_nothing)
        yield Visit(custodian, answer, as_another_tab_did("Odpowiedź", "Moje słowa", "Zapisz"))
        yield Visit(custodian, answer, without_session("Zapisz"))
        empty = make_application(standard_set=self.full_set)
        for name in ("application_answers", "application_submit"):
            yield Visit(empty.opened_by, at(name, empty.pk))

    def _explains_nothing(self, page: Page) -> None:
        page.get_by_role("radio", name="nie dotyczy").check()
        page.get_by_role("textbox", name="Odpowiedź").fill("")
        press("Zapisz i")(page)

    def _of_the_office(self) -> Iterator[Visit]:
        office = self.office
        submitted = make_application(State.SUBMITTED, standard_set=self.standards)
        checked = make_application(State.FORMAL_CHECK, standard_set=self.standards)
        yield Visit(office, at("panel"))
        yield Visit(office, at("application_list"))
        yield Visit(office, at("case", submitted.pk))
        yield Visit(office, at("case", checked.pk))
        yield Visit(office, at("application_answers", checked.pk))
        yield Visit(office, at("dossier_detail", checked.pk, 1))
        yield Visit(office, at("completion_request", checked.pk))
        yield Visit(office, at("completion_request", checked.pk), press("Wyślij wezwanie"))
        yield Visit(office, at("conflict_declare", checked.pk))
        yield from self._completion()
        case = make_application(State.ASSESSMENT, standard_set=self.standards)
        yield Visit(office, at("assignment_create", case.pk))
        yield Visit(office, at("assignment_create", case.pk), press("Przydziel sprawę"))
        assignment = make_assignment(case, self.assessor, declared=False)
        yield Visit(office, at("assignment_create", case.pk))
        yield Visit(office, at("assignment_end", assignment.pk))
        yield Visit(office, at("assessment_list"))
        yield Visit(office, at("case", case.pk))
        yield Visit(self.assessor, at("assignment_declare", assignment.pk))
        yield Visit(self.assessor, at("assignment_declare", assignment.pk), press("Zgłoś konflikt"))

    def _completion(self) -> Iterator[Visit]:
        returned = make_application(State.FORMAL_CHECK, standard_set=self.standards)
        request_completion(
            returned,
            by=self.office,
            reason="Prosimy o dołączenie porozumienia.",
            criteria=list(returned.criteria()[:2]),
            deadline=clock.today() + timedelta(days=14),
        )
        custodian = returned.opened_by
        yield Visit(custodian, at("case", returned.pk))
        yield Visit(custodian, at("application_answers", returned.pk))
        yield Visit(custodian, at("application_complete", returned.pk))
        yield Visit(custodian, at("panel"))

    def _of_assessors(self) -> Iterator[Visit]:
        case = self._case(
            State.ASSESSMENT,
            institution=make_institution(name=self.institution.name, town="Ostrowiec"),
        )
        self._cite(case)
        assessor = self.assessor
        bench = make_assignment(case, assessor).assessment
        yield Visit(assessor, at("cited_view", case.pk, self.evidence.latest.pk))
        yield Visit(assessor, at("panel"))
        yield Visit(assessor, at("assessment_list"))
        yield Visit(assessor, at("assessment_list", query="?widok=zakonczone"))
        yield Visit(assessor, at("assessment_detail", bench.pk))
        yield Visit(assessor, at("assessment_submit", bench.pk))
        stale = as_another_tab_did("Komentarz", "Mój komentarz", "Zapisz")
        yield Visit(assessor, at("assessment_detail", bench.pk), stale)
        rate_all(make_assignment(case).assessment)
        bench.ratings.all().delete()
        rate_all(bench)
        yield Visit(assessor, at("assessment_submit", bench.pk))
        hand_in(bench)
        yield Visit(assessor, at("assessment_detail", bench.pk))
        yield from self._cards()

    def _cards(self) -> Iterator[Visit]:
        card = make_card(second={"A1.2": 0})
        settler = card.application.assignments.order_by("pk")[0].assessor
        yield Visit(settler, at("card_detail", card.application_id))
        yield Visit(settler, at("card_detail", card.application_id), press("Uzgodnij"))
        agreed = make_card()
        settler = agreed.application.assignments.order_by("pk")[0].assessor
        yield Visit(settler, at("card_detail", agreed.application_id))
        yield Visit(settler, at("card_close", agreed.application_id))

    def _of_committee_and_board(self) -> Iterator[Visit]:
        chair, board = self.chair, self.board
        pending = make_case(State.COMMITTEE, unmet={"A1_2": 0})
        yield Visit(chair, at("panel"))
        yield Visit(chair, at("decision_list"))
        yield Visit(make_user(Role.COMMITTEE_CHAIR), at("application_list"))
        yield Visit(chair, at("card_detail", pending.pk))
        yield Visit(chair, at("decision_create", pending.pk))
        yield Visit(chair, at("decision_create", pending.pk), press("Zapisz rozstrzygnięcie"))
        refused = make_application(State.REFUSED, standard_set=self.standards)
        make_closed_card(refused, A1_2=0)
        decision = make_decision(refused, outcome="refused", justification="Nie dość rozmów.")
        decision.reasons.create(criterion=refused.criteria()[1], text="Brak diagnozy.")
        yield Visit(refused.opened_by, at("decision_detail", decision.pk))
        yield Visit(refused.opened_by, at("case", refused.pk))
        granted = board_case()
        yield Visit(board, at("panel"))
        yield Visit(board, at("decision_detail", granted.decision.pk))
        yield Visit(board, at("certificate_issue", granted.pk))
        yield Visit(board, at("certificate_issue", granted.pk), press("Zapisz uchwałę i wydaj"))

    def _of_certificates_and_letters(self) -> Iterator[Visit]:
        office, board = self.office, self.board
        yield Visit(board, at("certificate_list"))
        yield Visit(office, at("letter_list"))
        certificate = issue(by=board)
        gone = issue(by=board)
        withdraw_row(gone, clock.today())
        yield Visit(office, at("case", certificate.application_id))
        yield Visit(board, at("certificate_list"))
        yield Visit(board, at("certificate_detail", certificate.pk))
        yield Visit(board, at("certificate_correct", certificate.pk))
        yield Visit(board, at("certificate_correct", certificate.pk), press("Wydaj"))
        yield Visit(self.chair, at("certificate_withdraw", certificate.pk))
        yield Visit(self.chair, at("certificate_detail", gone.pk))
        for code in (certificate.code, gone.code):
            yield Visit(None, at("verification_code", code))
        yield Visit(None, at("register"))
        letter = draft_letter(certificate, by=office)
        yield Visit(office, letter.get_absolute_url())
        stale = as_another_tab_did("Formuła końcowa", "Z uszanowaniem", "Zapisz list")
        yield Visit(office, letter.get_absolute_url(), stale)
        approve_letter(letter, by=office)
        yield Visit(office, letter.get_absolute_url())
        yield Visit(office, at("letter_list"))

    def _of_people(self) -> Iterator[Visit]:
        office, administrator = self.office, self.administrator
        for name in ("institution_list", "institution_create", "person_list", "person_create"):
            yield Visit(office, at(name))
        yield Visit(office, at("institution_create"), press("Dodaj"))
        yield from self._of_an_import()
        yield Visit(office, at("institution_detail", self.institution.pk))
        yield Visit(office, at("institution_edit", self.institution.pk))
        confirm_names(self.institution)
        yield Visit(office, at("name_forms", self.institution.pk))
        yield from self._of_names_and_units()
        yield Visit(administrator, at("panel"))
        yield Visit(administrator, at("journal"))
        yield Visit(administrator, at("issuer_edit"))
        yield Visit(administrator, at("issuer_edit"), self._without_a_name)
        for name in ("person_detail", "person_edit", "appointment_create", "person_deactivate"):
            yield Visit(administrator, at(name, self.assessor.pk))
        role = self.assessor.appointments.get()
        yield Visit(administrator, at("appointment_end", self.assessor.pk, role.pk))

    def _of_names_and_units(self) -> Iterator[Visit]:
        """A name that becomes a former one; a unit that is looked up, and is one already."""
        renamed = make_institution(name="Dom Kultury w Żorach", town="Żory", town_genitive="")
        rename, parent = at("institution_rename", renamed.pk), at("institution_parent", renamed.pk)
        yield Visit(self.office, rename)
        yield Visit(self.office, rename, press("Zmień nazwę"))
        new_name = "Centrum Kultury w Żorach"
        rename_institution(renamed, name=new_name, by=self.office, since=date(2020, 1, 1))
        for address in (rename, at("institution_detail", renamed.pk), at("name_forms", renamed.pk)):
            yield Visit(self.office, address)
        for query in ("", "?q=nic-takiego", f"?q={self.institution.town}"):
            yield Visit(self.office, parent + query)
        change_parent(renamed, parent=self.institution, by=self.office)
        yield Visit(self.office, parent)
        yield Visit(self.office, at("institution_parent", self.institution.pk))

    def _of_an_import(self) -> Iterator[Visit]:
        """Rows of every kind; then with nothing left but what is wrong; then overtaken."""
        name, town = self.institution.name, self.institution.town
        draft = make_import_draft(
            {"name": "GOPS w Żarach", "kind": "GOPS", "town": "Żary", "voivodeship": "lubuskie"},
            {"name": name, "town": town, "street": "Nowa 2", "regon": "331501"},
            {"name": "Sklep", "kind": "sklep", "town": "Żary", "nip": "1"},
            by=self.office,
        )
        page = at("institution_import_preview", draft.pk)
        yield Visit(self.office, at("institution_import"))
        yield Visit(self.office, at("institution_import"), press("Pokaż"))
        yield Visit(self.office, page)
        yield Visit(self.office, page, self._after_a_change)
        yield Visit(self.office, page, press("Zapisz"))

    def _after_a_change(self, page: Page) -> None:
        Institution.objects.filter(pk=self.institution.pk).update(street="Stara 1")
        press("Zapisz")(page)

    def _without_a_name(self, page: Page) -> None:
        page.get_by_role("textbox", name="Nazwa").first.fill("")
        press("Zapisz")(page)

    def _obstacles(self) -> Iterator[Visit]:
        yield Visit(None, "/nie-ma-takiej-strony/")
        yield Visit(self.office, at("case", 999_999))
        yield Visit(self.custodian, at("institution_edit", self.institution.pk))
        yield Visit(self.office, at("application_take_up", self.draft.pk))
        accepted = make_application(State.SUBMITTED, standard_set=self.standards)
        yield Visit(self.office, at("case", accepted.pk), self._too_late(accepted))

    def _too_late(self, application: Application) -> Act:
        def act(page: Page) -> None:
            Application.objects.filter(pk=application.pk).update(state=State.FORMAL_CHECK)
            press("Rozpocznij weryfikację formalną")(page)

        return act

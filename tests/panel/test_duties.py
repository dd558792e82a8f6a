"""The panel: each role sees what waits for it, and nothing that does not."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import Application, CompletionRequest, ConflictDeclaration
from certification.applications.states import State
from certification.assessments.models import Assessment, Assignment
from certification.decisions.models import Decision
from certification.decisions.states import Outcome
from certification.followup.states import Stage
from certification.letters.models import CommendationLetter
from certification.letters.services import return_letter
from certification.letters.states import Kind as LetterKind
from certification.panel.duties import waiting_for
from certification.panel.heaps import SHOWN
from institutions.models import User
from institutions.states import MemberRole, Role
from tests.applications.paper_factories import make_signed
from tests.documents.sealing import key, set_seal
from tests.factories import (
    days_from_today,
    make_application,
    make_institution,
    make_member,
    make_standard_set,
    make_user,
)
from tests.followup.factories import make_stuck
from tests.letters.factories import make_certificate

pytestmark = pytest.mark.django_db


def about(user: User) -> list[tuple[str, str]]:
    """(what it is about, the address) of everything that waits for the person."""
    return [(duty.about, duty.url) for heap in waiting_for(user) for duty in heap.duties]


def case_url(name: str, application: Application) -> str:
    return reverse(name, args=[application.pk])


@pytest.mark.parametrize(
    ("state", "address"),
    [
        (State.SUBMITTED, "case"),
        (State.FORMAL_CHECK, "formal_check"),
        (State.ASSESSMENT, "assignment_create"),
    ],
)
def test_office_gets_what_it_handles(state: State, address: str) -> None:
    application = make_application(state)
    office = make_user(Role.OFFICE)
    assert about(office) == [(application.institution.name, case_url(address, application))]


@pytest.mark.parametrize("state", [State.DRAFT, State.COMPLETION, State.COMMITTEE, State.REFUSED])
def test_office_is_not_asked_for_what_others_do(state: State) -> None:
    make_application(state)
    assert about(make_user(Role.OFFICE)) == []


def test_custodian_is_asked_to_sign_and_the_office_to_look() -> None:
    application = make_application(State.SUBMITTED)
    custodian, office = application.opened_by, make_user(Role.OFFICE)
    address = case_url("signed_paper_add", application)
    assert (application.institution.name, address) in about(custodian)
    signed = make_signed(application)
    assert address not in [url for _about, url in about(custodian)]
    assert (application.institution.name, signed.get_absolute_url()) in about(office)


def test_office_drafts_a_letter_for_a_certificate_without_one() -> None:
    certificate = make_certificate({"C1": 2})
    address = reverse("letter_set", args=[certificate.application_id])
    assert about(make_user(Role.OFFICE)) == [(certificate.holder_name, address)]


def _refused() -> Application:
    application = make_application(State.REFUSED)
    Decision.objects.create(
        application=application,
        outcome=Outcome.REFUSED,
        session_on=date(2026, 5, 4),
        justification="Nie spełniono standardu.",
        decided_by=make_user(Role.COMMITTEE_CHAIR),
    )
    return application


def _draft_of(application: Application, by: User) -> CommendationLetter:
    return CommendationLetter.objects.create(
        application=application,
        kind=LetterKind.REFUSAL,
        recipient="Dom Odmowny",
        dated_on=date(2026, 5, 4),
        drafted_by=by,
    )


def actions(user: User) -> list[str]:
    return [duty.action for heap in waiting_for(user) for duty in heap.duties]


def test_office_writes_to_whom_a_certificate_was_refused() -> None:
    application, office = _refused(), make_user(Role.OFFICE)
    assert about(office) == [(application.institution.name, case_url("letter_set", application))]
    letter = _draft_of(application, office)
    assert about(office) == [("Dom Odmowny", letter.get_absolute_url())]


def test_a_draft_waits_for_whoever_may_approve_it() -> None:
    office, board = make_user(Role.OFFICE), make_user(Role.BOARD_MEMBER)
    letter = _draft_of(_refused(), office)
    for person in (board, make_user(Role.OFFICE)):
        assert actions(person) == ["Przeczytaj i zatwierdź list"]
    assert actions(office) == ["Dokończ list; zatwierdzi go inna osoba"]
    return_letter(letter, by=board, note="Literówka.")
    assert actions(board) == []
    assert actions(office) == ["Popraw list"]


def test_office_in_conflict_is_asked_for_nothing() -> None:
    application = make_application(State.SUBMITTED)
    office = make_user(Role.OFFICE)
    ConflictDeclaration.objects.create(
        application=application,
        user=office,
        ground=ConflictDeclaration.Ground.WORKS,
        declared_by=office,
    )
    assert about(office) == []


@pytest.mark.parametrize(
    ("role", "state", "address"),
    [
        (Role.COMMITTEE_CHAIR, State.COMMITTEE, "decision_create"),
        (Role.COMMITTEE_MEMBER, State.COMMITTEE, "case"),
        (Role.BOARD_MEMBER, State.BOARD, "certificate_issue"),
        (Role.RESPONSIBLE_BOARD_MEMBER, State.BOARD, "certificate_issue"),
    ],
)
def test_committee_and_board_get_theirs(role: Role, state: State, address: str) -> None:
    application = make_application(state)
    make_application(State.SUBMITTED)
    assert about(make_user(role)) == [
        (application.institution.name, case_url(address, application))
    ]


def test_administrator_gets_no_cases() -> None:
    for state in (State.SUBMITTED, State.ASSESSMENT, State.COMMITTEE, State.BOARD):
        make_application(state)
    assert about(make_user(Role.ADMINISTRATOR)) == []


def test_assessor_declares_then_rates() -> None:
    application = make_application(State.ASSESSMENT)
    assessor = make_user(Role.ASSESSOR)
    assignment = Assignment.objects.create(
        application=application,
        assessor=assessor,
        assigned_by=assessor,
        due_on=days_from_today(-1),
    )
    (heap,) = waiting_for(assessor)
    assert heap.duties[0].url == reverse("assignment_declare", args=[assignment.pk])
    assert heap.duties[0].is_late
    Assignment.objects.filter(pk=assignment.pk).update(declared_at=clock.now())
    assessment = Assessment.objects.create(assignment=assignment)
    assert about(User.objects.get(pk=assessor.pk)) == [
        (application.institution.name, assessment.get_absolute_url())
    ]


def test_member_writes_on_and_completes() -> None:
    draft = make_application(State.DRAFT)
    custodian = draft.opened_by
    assert about(custodian) == [(draft.institution.name, case_url("application_answers", draft))]
    waiting = make_application(State.COMPLETION)
    CompletionRequest.objects.create(
        application=waiting,
        asked_in=State.FORMAL_CHECK,
        reason="Brakuje",
        deadline=days_from_today(3),
        asked_by=make_user(Role.OFFICE),
    )
    assert about(waiting.opened_by) == [(waiting.institution.name, case_url("case", waiting))]


def test_custodian_is_reminded_to_apply_but_a_reader_is_not() -> None:
    institution = make_institution()
    custodian = make_member(institution)
    reader = make_member(institution, MemberRole.READER)
    assert about(custodian) == [(institution.name, institution.get_absolute_url())]
    assert about(reader) == []


@pytest.mark.parametrize(("until", "reminded"), [(30, True), (360, True), (400, False), (-1, True)])
def test_custodian_is_reminded_to_renew(until: int, reminded: bool) -> None:
    institution = make_institution()
    make_certificate(
        {"C1": 2},
        institution=institution,
        valid_from=date(2020, 1, 1),
        valid_to=days_from_today(until),
    )
    custodian = institution.memberships.get().user
    assert bool(about(custodian)) == reminded


def test_heap_counts_beyond_what_it_shows() -> None:
    for _ in range(SHOWN + 3):
        make_application(State.SUBMITTED)
    (heap,) = waiting_for(make_user(Role.OFFICE))
    assert (len(heap.duties), heap.total) == (SHOWN, SHOWN + 3)


@pytest.mark.parametrize("count", [1, 3])
def test_panel_takes_as_many_queries_for_3_cases_as_for_1(
    signed_in: Any, django_assert_num_queries: Any, count: int
) -> None:
    office = make_user(Role.OFFICE)
    for _ in range(count):
        make_application(State.SUBMITTED)
    client = signed_in(office)
    with django_assert_num_queries(27):
        client.get(reverse("panel"))


def test_panel_without_duties_says_so(signed_in: Any) -> None:
    response = signed_in(make_user(Role.OFFICE)).get(reverse("panel"))
    assert response.context["heaps"] == []
    assert "empty-state" in response.content.decode()


def test_a_draft_edition_waits_for_the_administrator_alone():
    make_standard_set()
    draft = make_standard_set(published=False)
    address = reverse("edition_edit", args=[draft.code])

    assert [url for _about, url in about(make_user(Role.ADMINISTRATOR))] == [address]
    assert address not in [url for _about, url in about(make_user(Role.OFFICE))]


@pytest.mark.parametrize(
    "stage",
    [
        *(Stage.SUBMITTED, Stage.FORMAL_CHECK, Stage.TIME_ASKED, Stage.OVERDUE),
        *(Stage.UNASSIGNED, Stage.MORE_TIME),
    ],
)
def test_a_case_that_lies_stands_once_at_the_offices_own_duty(stage: Stage) -> None:
    make_stuck(stage, over=3)
    heaps = waiting_for(make_user(Role.OFFICE))
    (lying,) = [duty for heap in heaps for duty in heap.duties if duty.lies]
    assert (lying.lies, lying.ends and lying.ends[0]) == (3, stage)


@pytest.mark.parametrize("stage", [Stage.UNRATED, Stage.UNOPENED, Stage.COMMITTEE, Stage.BOARD])
def test_a_case_that_lies_with_others_has_a_heap_of_its_own(stage: Stage) -> None:
    case = make_stuck(stage, over=3)
    (heap,) = waiting_for(make_user(Role.OFFICE))
    (lying,) = heap.duties
    assert (lying.number, lying.lies, heap.total) == (case.number, 3, 1)


def test_a_case_that_lies_with_the_board_stands_once_for_who_oversees() -> None:
    make_stuck(Stage.BOARD)
    (heap,) = waiting_for(make_user(Role.RESPONSIBLE_BOARD_MEMBER))
    assert [duty.lies for duty in heap.duties] == [1]


def test_a_case_that_lies_and_is_not_among_the_first_still_shows() -> None:
    for _each in range(SHOWN + 1):
        make_stuck(Stage.SUBMITTED)
    others, own = waiting_for(make_user(Role.OFFICE))
    assert (len(others.duties), len(own.duties), own.total) == (1, SHOWN, SHOWN + 1)


def test_a_seal_that_ends_soon_waits_for_the_administrator(settings: Any, tmp_path: Path) -> None:
    administrator, office = make_user(Role.ADMINISTRATOR), make_user(Role.OFFICE)
    set_seal(settings, tmp_path, key("CAL – trwa", until=clock.now() + timedelta(days=61)))
    assert about(administrator) == []
    set_seal(settings, tmp_path, key("CAL – kończy się", until=clock.now() + timedelta(days=59)))
    assert [url for _title, url in about(administrator)] == ["/wystawca/"]
    assert about(office) == []
    settings.SEAL_PKCS12 += ".gone"
    assert [url for _title, url in about(administrator)] == ["/wystawca/"]

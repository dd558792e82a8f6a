"""Every move of a case is told to those whom it concerns, and to nobody else."""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils.formats import date_format

from certification import clock
from certification.applications import emails
from certification.applications.emails import MESSAGES, tell
from certification.applications.models import Application, CompletionRequest, ConflictDeclaration
from certification.applications.services import move
from certification.applications.states import TRANSITIONS, State, Verb
from certification.audit.models import key
from certification.outbox.delivery import deliver_waiting
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from certification.outbox.states import Trouble
from institutions.models import User
from institutions.states import MemberRole, Role
from tests.factories import (
    days_from_today,
    make_application,
    make_institution,
    make_member,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    """One of each kind: of the applicant, of another institution, of the certification body."""
    institution = make_institution(name="Ośrodek")
    return {
        "custodian": make_member(institution),
        "editor": make_member(institution, MemberRole.EDITOR),
        "reader": make_member(institution, MemberRole.READER),
        "stranger": make_member(make_institution()),
        "office": make_user(Role.OFFICE),
        "chair": make_user(Role.COMMITTEE_CHAIR),
        "board": make_user(Role.BOARD_MEMBER),
        "assessor": make_user(Role.ASSESSOR),
        "administrator": make_user(Role.ADMINISTRATOR),
    }


WRITERS = {"custodian", "editor"}
TOLD: dict[Verb, dict[Kind, set[str]]] = {
    Verb.SUBMIT: {Kind.WORK: {"office"}, Kind.RECEIPT: {"custodian"}},
    Verb.TAKE_UP: {Kind.PROGRESS: WRITERS},
    Verb.ACCEPT: {Kind.PROGRESS: WRITERS},
    Verb.REQUEST_COMPLETION: {Kind.COMPLETION: WRITERS},
    Verb.COMPLETE: {Kind.WORK: {"office"}, Kind.RECEIPT: {"custodian"}},
    Verb.LAPSE: {Kind.OUTCOME: WRITERS},
    Verb.WITHDRAW: {Kind.WORK: {"office"}, Kind.RECEIPT: {"custodian"}},
    Verb.REFER: {Kind.PROGRESS: WRITERS, Kind.WORK: {"chair"}},
    Verb.GRANT: {Kind.OUTCOME: WRITERS, Kind.WORK: {"board"}},
    Verb.REFUSE: {Kind.OUTCOME: WRITERS},
    Verb.CERTIFY: {Kind.OUTCOME: WRITERS},
}


def case_of(people: dict[str, User], state: State) -> Application:
    institution = people["custodian"].memberships.get().institution
    application = make_application(state, institution=institution, by=people["custodian"])
    if state == State.COMPLETION:
        CompletionRequest.objects.create(
            application=application,
            asked_in=State.FORMAL_CHECK,
            reason="Brakuje statutu.",
            deadline=days_from_today(14),
            asked_by=people["office"],
        )
    return application


def told(people: dict[str, User]) -> dict[Kind, set[str]]:
    names = {person.pk: name for name, person in people.items()}
    found: dict[Kind, set[str]] = {}
    for email in Email.objects.all():
        found.setdefault(Kind(email.kind), set()).add(names[email.person_id])
    return found


def test_every_move_is_listed() -> None:
    assert set(MESSAGES) == set(TRANSITIONS)


@pytest.mark.parametrize("verb", TOLD)
def test_move_is_told_to_these_and_nobody_else(verb: Verb, people: dict[str, User]) -> None:
    application = case_of(people, State(next(iter(TRANSITIONS[verb].targets))))
    tell(verb, application, by=make_user())
    assert told(people) == TOLD[verb]
    assert {email.case for email in Email.objects.all()} == {key(application)}


def test_move_tells_in_its_own_transaction(people: dict[str, User]) -> None:
    application = case_of(people, State.SUBMITTED)
    with transaction.atomic():
        move(application, Verb.TAKE_UP, by=people["office"])
        assert Email.objects.count() == 2
        transaction.set_rollback(True)
    assert Email.objects.count() == 0


def test_receipt_names_the_number_and_the_hash(people: dict[str, User]) -> None:
    application = case_of(people, State.SUBMITTED)
    tell(Verb.SUBMIT, application, by=people["custodian"])
    receipt = Email.objects.get(kind=Kind.RECEIPT)
    assert receipt.subject == f"Wniosek {application.number} został złożony"
    assert f"\n{application.dossiers.get().sha256}\n" in receipt.body
    assert receipt.body.startswith(f"Dzień dobry, {people['custodian'].full_name},\n")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (emails.extension_asked, {Kind.WORK: {"office"}}),
        (emails.extension_granted, {Kind.COMPLETION: WRITERS}),
        (emails.extension_refused, {Kind.COMPLETION: WRITERS}),
    ],
)
def test_more_time_is_told_to_the_other_side(
    message: Any, expected: dict[Kind, set[str]], people: dict[str, User]
) -> None:
    message(case_of(people, State.COMPLETION))
    assert told(people) == expected


def test_request_for_completion_names_its_deadline(people: dict[str, User]) -> None:
    application = case_of(people, State.COMPLETION)
    tell(Verb.REQUEST_COMPLETION, application, by=people["office"])
    day = date_format(days_from_today(14), "j E Y")
    subjects = set(Email.objects.values_list("subject", flat=True))
    assert subjects == {f"Wezwanie do uzupełnienia wniosku {application.number} do {day}"}
    assert "Brakuje statutu" not in Email.objects.first().body  # reasons stay behind the sign-in


def test_conflict_of_interest_keeps_mail_away(people: dict[str, User]) -> None:
    application = case_of(people, State.SUBMITTED)
    other = make_user(Role.OFFICE)
    conflicted(application, people["office"])
    tell(Verb.SUBMIT, application, by=people["custodian"])
    assert [email.person for email in Email.objects.filter(kind=Kind.WORK)] == [other]


def test_conflict_declared_meanwhile_stops_what_waits(people: dict[str, User]) -> None:
    application = case_of(people, State.SUBMITTED)
    tell(Verb.SUBMIT, application, by=people["custodian"])
    conflicted(application, people["office"])
    deliver_waiting(clock.now())
    assert Email.objects.get(kind=Kind.WORK).trouble == Trouble.CASE_CLOSED
    assert [message.to for message in mail.outbox] == [[people["custodian"].email]]


def test_who_left_the_institution_is_not_told(people: dict[str, User]) -> None:
    application = case_of(people, State.FORMAL_CHECK)
    tell(Verb.TAKE_UP, application, by=people["office"])
    people["editor"].memberships.update(since=days_from_today(-9), until=days_from_today(-1))
    deliver_waiting(clock.now())
    assert [message.to for message in mail.outbox] == [[people["custodian"].email]]


def conflicted(application: Application, person: User) -> None:
    ConflictDeclaration.objects.create(
        application=application, user=person, ground="advised", declared_by=person
    )

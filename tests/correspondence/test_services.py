"""Messages: written by both sides, never changed, read so far; files kept until they are sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.states import State
from certification.assessments.models import Assignment
from certification.audit.models import Event
from certification.correspondence.models import Attachment, Message, Reading, threads_of
from certification.correspondence.overview import threads, unread_in, unread_threads
from certification.correspondence.services import (
    KEPT_FOR,
    MAX_BYTES,
    MOST_FILES,
    attach,
    discard_attachment,
    forget_unsent,
    mark_read,
    send_message,
)
from certification.correspondence.states import Side, Verb
from certification.errors import CannotDo, Stale
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from institutions.models import User
from institutions.states import MemberRole, Role
from institutions.uploads import Refused
from tests.correspondence.factories import make_attachment, make_message
from tests.factories import (
    days_from_today,
    make_application,
    make_institution,
    make_member,
    make_user,
)

pytestmark = pytest.mark.django_db
TEXT = "Czy wystarczy wyciąg ze statutu?"


@pytest.fixture
def case() -> Application:
    return make_application(State.FORMAL_CHECK)


@pytest.fixture
def custodian(case: Application) -> User:
    return case.submitted_by  # type: ignore[return-value]


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


def pdf(name: str = "statut.txt") -> ContentFile:
    return ContentFile("Statut ośrodka.\n".encode(), name=name)


def told() -> set[Any]:
    return {email.person for email in Email.objects.filter(kind=Kind.MESSAGE)}


def test_institution_writes_and_the_office_is_told(
    case: Application, custodian: User, office: User
) -> None:
    message = send_message(case, by=custodian, text=TEXT, seen=0)
    assert (message.side, message.text) == (Side.INSTITUTION, TEXT)
    assert told() == {office}
    email = Email.objects.get()
    assert TEXT not in email.body + email.subject  # it stays behind the sign-in
    assert email.link.endswith(f"/wnioski/{case.pk}/wiadomosci/#wiadomosc-{message.pk}")
    [event] = Event.objects.filter(verb=Verb.SEND)
    assert event.facts == {"side": "institution", "files": 0}


def test_office_writes_and_the_whole_institution_is_told(
    case: Application, custodian: User, office: User
) -> None:
    reader = make_member(case.institution, MemberRole.READER)
    make_member(make_institution())
    assert send_message(case, by=office, text=TEXT, seen=0).side == Side.OFFICE
    assert told() == {custodian, reader}


def test_newer_message_makes_the_writer_look_first(
    case: Application, custodian: User, office: User
) -> None:
    newer = send_message(case, by=office, text="Prosimy o statut.", seen=0)
    with pytest.raises(Stale) as overtaken:
        send_message(case, by=custodian, text=TEXT, seen=0)
    assert overtaken.value.current == newer
    send_message(case, by=custodian, text=TEXT, seen=newer.pk)
    assert Message.objects.count() == 2


def test_second_click_sends_nothing_more(case: Application, custodian: User) -> None:
    first = send_message(case, by=custodian, text=TEXT, seen=0)
    assert send_message(case, by=custodian, text=TEXT, seen=0) == first
    assert Message.objects.count() == 1


def test_sent_message_and_its_file_are_for_good(case: Application, custodian: User) -> None:
    attachment = make_attachment(case, by=custodian)
    for rows in (Message.objects.all(), Attachment.objects.filter(pk=attachment.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(text="co innego")
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.update(filename="inny.pdf")


@pytest.mark.parametrize("wrong", [{"text": ""}, {"side": "komisja"}])
def test_message_says_something_on_a_known_side(case: Application, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_message(case, by=case.opened_by, **wrong)


# --- files ---------------------------------------------------------------------------------


def test_kept_files_go_with_the_message(case: Application, custodian: User, office: User) -> None:
    kept = attach(case, by=custodian, file=pdf())
    assert not Attachment.objects.visible_to(office).exists()
    message = send_message(case, by=custodian, text=TEXT, seen=0)
    assert list(message.attachments.all()) == [kept]
    assert list(Attachment.objects.visible_to(office)) == [kept]


def test_kept_file_is_its_senders_alone(case: Application, custodian: User) -> None:
    attach(case, by=custodian, file=pdf())
    colleague = make_member(case.institution)
    assert not Attachment.objects.visible_to(colleague).exists()
    message = send_message(case, by=colleague, text=TEXT, seen=0)
    assert message.attachments.count() == 0


@pytest.mark.parametrize("name", ["program.exe", "statut.pdf"])
def test_file_passes_the_checks_of_evidence(case: Application, custodian: User, name: str) -> None:
    with pytest.raises(Refused):
        attach(case, by=custodian, file=pdf(name))
    assert Attachment.objects.count() == 0


def test_file_too_large_is_refused(case: Application, custodian: User) -> None:
    file = pdf()
    file.size = MAX_BYTES + 1
    with pytest.raises(CannotDo, match="Podziel"):
        attach(case, by=custodian, file=file)


def test_message_holds_only_so_many_files(case: Application, custodian: User) -> None:
    for _ in range(MOST_FILES):
        attach(case, by=custodian, file=pdf())
    with pytest.raises(CannotDo, match="najwyżej 10"):
        attach(case, by=custodian, file=pdf())
    assert len(default_storage.listdir(f"messages/{case.pk}")[1]) == MOST_FILES


@pytest.mark.django_db(transaction=True)
def test_discarded_file_is_gone(case: Application, custodian: User) -> None:
    kept = attach(case, by=custodian, file=pdf())
    discard_attachment(kept, by=custodian)
    assert default_storage.listdir(f"messages/{case.pk}")[1] == []
    with pytest.raises(CannotDo):
        discard_attachment(kept, by=custodian)


def test_unsent_file_is_forgotten_after_a_week(case: Application, custodian: User) -> None:
    sent, kept = make_attachment(case, by=custodian), attach(case, by=custodian, file=pdf())
    assert forget_unsent(clock.now() + KEPT_FOR - timedelta(hours=1)) == ""
    assert forget_unsent(clock.now() + KEPT_FOR + timedelta(hours=1)) == "usunięto 1 plik"
    assert list(Attachment.objects.all()) == [sent]
    assert kept not in Attachment.objects.all()


# --- reading --------------------------------------------------------------------------------


def test_unread_until_read(case: Application, custodian: User, office: User) -> None:
    message = make_message(case, by=custodian)
    assert (unread_in(case, office), unread_in(case, custodian)) == (1, 0)
    mark_read(case, by=office, last=message.pk)
    mark_read(case, by=office, last=message.pk)
    assert unread_in(case, office) == 0
    assert Event.objects.filter(verb=Verb.READ).count() == 1
    later = make_message(case, by=custodian)
    mark_read(case, by=office, last=message.pk)  # an old tab
    assert unread_in(case, office) == 1
    assert Reading.objects.get().last == message
    assert list(unread_threads(office)) == [case]
    assert later.pk


def test_what_a_colleague_answered_is_read_for_the_office(
    case: Application, custodian: User, office: User
) -> None:
    asked = make_message(case, by=custodian)
    send_message(case, by=make_user(Role.OFFICE), text="Tak.", seen=asked.pk)
    assert unread_in(case, office) == 0
    assert unread_in(case, custodian) == 1


def test_threads_with_something_unread_come_first(office: User) -> None:
    cases = [make_application(State.SUBMITTED) for _ in range(3)]
    for one in cases[:2]:
        make_message(one, by=one.opened_by)
    mark_read(cases[1], by=office, last=Message.objects.last().pk)  # type: ignore[union-attr]
    found = [(one.pk, one.unread) for one in threads(office)]
    assert found == [(cases[0].pk, 1), (cases[1].pk, 0)]


# --- who sees nothing -----------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICE])
def test_other_roles_of_the_body_read_nothing(case: Application, role: Role) -> None:
    make_message(case, by=case.opened_by)
    person = make_user(role)
    Assignment.objects.create(
        application=case, assessor=person, assigned_by=person, due_on=days_from_today(9)
    )
    assert not threads_of(person).exists()


def test_conflict_of_interest_closes_the_correspondence(case: Application, office: User) -> None:
    attachment = make_attachment(case, by=case.opened_by)
    ConflictDeclaration.objects.create(
        application=case, user=office, ground="advised", declared_by=office
    )
    assert not threads(office).exists()
    assert not Message.objects.visible_to(office).exists()
    assert not Attachment.objects.visible_to(office).filter(pk=attachment.pk).exists()
    send_message(case, by=case.opened_by, text=TEXT, seen=Message.objects.latest("pk").pk)
    assert told() == set()


def test_office_that_assesses_the_case_reads_nothing_until_it_has_submitted(
    case: Application, office: User
) -> None:
    Assignment.objects.create(
        application=case, assessor=office, assigned_by=office, due_on=days_from_today(9)
    )
    assert not threads_of(office).exists()


def test_draft_has_no_correspondence(office: User) -> None:
    draft = make_application(State.DRAFT)
    assert not threads_of(draft.opened_by).exists()
    assert not threads_of(office).exists()


def test_messages_of_another_institution_are_never_seen(case: Application) -> None:
    """The canary: B's words, files and counts are nowhere for A."""
    make_attachment(case, by=case.opened_by)
    stranger = make_member(make_institution())
    other = make_application(State.SUBMITTED, institution=stranger.memberships.get().institution)
    assert not threads(stranger).exists()
    assert not Message.objects.visible_to(stranger).exists()
    assert not Attachment.objects.visible_to(stranger).exists()
    assert unread_in(case, stranger) == 0
    assert list(threads_of(stranger)) == [other]

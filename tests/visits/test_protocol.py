"""The protocol: written, confirmed by one side, answered by the other, never changed after."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from certification import clock
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.outbox.models import Email
from certification.visits import services
from certification.visits.models import (
    Protocol,
    ProtocolClosing,
    ProtocolRemark,
    SiteVisit,
    VisitNote,
)
from certification.visits.reminders import remind_of_visits
from certification.visits.states import Closing, State
from certification.working_days import add_working_days
from institutions.models import User
from institutions.states import MemberRole, Role
from tests.assessments.factories import make_assignment, make_case, submit
from tests.browser.house import text_of
from tests.factories import make_member, make_user
from tests.visits.factories import make_note, make_photo, make_protocol, make_visit, span

pytestmark = pytest.mark.django_db

TEXTS = {"attendees": "Anna K.", "course": "Obejście.", "findings": "Sala.", "documents": ""}


@pytest.fixture
def visit() -> SiteVisit:
    return make_visit(state=State.HELD, spans=[span(-1)])


@pytest.fixture
def lead(visit: SiteVisit) -> User:
    return visit.team.get()


@pytest.fixture
def host(visit: SiteVisit) -> User:
    return visit.application.opened_by


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


def pdf(document: Any) -> str:
    with document.file.open("rb") as file:
        return text_of(file.read())


def move_deadline(protocol: Protocol, days: int, travel: Any) -> None:
    """As seen that many days after the end of the time for remarks."""
    travel.move_to(protocol.presented_at + timedelta(days=days))


# --- writing and presenting ---------------------------------------------------------------------


def test_two_people_write_one_draft(visit: SiteVisit, lead: User) -> None:
    services.write_protocol(visit, by=lead, expected_version=0, **TEXTS)
    with pytest.raises(Stale) as stale:
        services.write_protocol(visit, by=lead, expected_version=0, **TEXTS)
    assert stale.value.current.course == "Obejście."


def test_an_unfinished_protocol_is_saved_and_not_presented(visit: SiteVisit, lead: User) -> None:
    draft = services.write_protocol(visit, by=lead, expected_version=0, **TEXTS | {"course": ""})
    with pytest.raises(CannotDo):
        services.present(draft, by=lead)
    visit.refresh_from_db()
    assert visit.state == State.HELD


def test_presenting_prints_what_was_marked_for_it_and_nothing_else(
    visit: SiteVisit, lead: User, host: User
) -> None:
    criterion = visit.application.criteria()[0]
    make_note(visit, by=lead, question="Ile osób?", text="Czterdzieści.", criterion=criterion,
              for_protocol=True)  # fmt: skip
    make_note(visit, by=lead, text="Tylko dla mnie.")
    SiteVisit.objects.filter(pk=visit.pk).update(state=State.AGREED)
    make_photo(visit, by=lead, people="consented", consent="Anna K., ustnie")
    SiteVisit.objects.filter(pk=visit.pk).update(state=State.HELD)
    protocol = make_protocol(visit, presented=True)
    printed = pdf(protocol.document)
    for words in ("Ile osób?", "Czterdzieści.", "Anna K., ustnie", lead.full_name, "40 osób"):
        assert words in printed
    assert "Tylko dla mnie" not in printed
    assert protocol.remarks_until == add_working_days(
        clock.today(), settings.VISIT_REMARKS_WORKING_DAYS
    )
    assert set(Email.objects.values_list("to", flat=True)) == {host.email}


def test_a_draft_changed_meanwhile_is_not_presented(visit: SiteVisit, lead: User) -> None:
    seen = make_protocol(visit)
    services.write_protocol(visit, by=lead, expected_version=1, **TEXTS)
    with pytest.raises(Stale):
        services.present(seen, by=lead)
    assert not Protocol.objects.presented().exists()


def test_a_presented_protocol_never_changes(visit: SiteVisit) -> None:
    make_protocol(visit, presented=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Protocol.objects.update(findings="Inaczej.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Protocol.objects.all().delete()


def test_correcting_keeps_what_was_presented(visit: SiteVisit, lead: User, host: User) -> None:
    protocol = make_protocol(visit, presented=True)
    services.remark(protocol, by=host, text="Sala mieści 50 osób.")
    draft = services.amend(protocol, by=lead)
    assert (draft.number, draft.findings) == (2, protocol.findings)
    with pytest.raises(TransitionNotAllowed):
        services.confirm(protocol, by=host)
    visit.refresh_from_db()
    services.write_protocol(visit, by=lead, expected_version=1, **TEXTS | {"findings": "50 osób."})
    draft.refresh_from_db()
    presented = services.present(draft, by=lead)
    closing = services.confirm(presented, by=host)
    assert "50 osób" in pdf(closing.document)
    assert Protocol.objects.presented().count() == 2


# --- the institution's answer -------------------------------------------------------------------


def test_remarks_are_kept_word_for_word_and_printed(
    visit: SiteVisit, host: User, office: User
) -> None:
    protocol = make_protocol(visit, presented=True)
    Email.objects.all().delete()
    services.remark(protocol, by=host, text="Rozmawiano także z seniorami.")
    services.remark(protocol, by=host, text="Rozmawiano także z seniorami.")  # a second click
    assert ProtocolRemark.objects.count() == 1
    assert set(Email.objects.values_list("to", flat=True)) == {office.email, visit.lead.email}
    closing = services.confirm(protocol, by=host)
    printed = pdf(closing.document)
    assert "Rozmawiano także z seniorami." in printed
    assert host.full_name in printed
    visit.refresh_from_db()
    assert visit.state == State.CONFIRMED
    with pytest.raises(TransitionNotAllowed):
        services.remark(protocol, by=host, text="Jeszcze coś.")
    for model in (ProtocolRemark, ProtocolClosing):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all().delete()


def test_the_time_for_remarks_ends(
    visit: SiteVisit, host: User, office: User, time_machine: Any
) -> None:
    protocol = make_protocol(visit, presented=True)
    with pytest.raises(CannotDo):
        services.close(protocol, by=office)
    move_deadline(protocol, 30, time_machine)
    with pytest.raises(CannotDo):
        services.remark(protocol, by=host, text="Za późno.")
    closing = services.close(protocol, by=office)
    assert closing.outcome == Closing.UNCONFIRMED
    assert "nie potwierdziła" in pdf(closing.document)
    visit.refresh_from_db()
    assert visit.state == State.UNCONFIRMED


def test_a_late_confirmation_counts_until_the_office_closes(
    visit: SiteVisit, host: User, time_machine: Any
) -> None:
    protocol = make_protocol(visit, presented=True)
    move_deadline(protocol, 30, time_machine)
    assert services.confirm(protocol, by=host).outcome == Closing.CONFIRMED


# --- who reads it -------------------------------------------------------------------------------


def test_another_assessor_reads_it_once_they_have_submitted() -> None:
    """Own judgement first: what one of them wrote of the visit is kept from the other."""
    case = make_case()
    first, second = make_assignment(case), make_assignment(case)
    visit = make_visit(case, State.HELD, team=[first.assessor, second.assessor], spans=[span(-1)])
    protocol = make_protocol(visit, presented=True)
    reads = {
        person: Protocol.objects.visible_to(person).contains(protocol)
        for person in (first.assessor, second.assessor, case.opened_by, make_user(Role.OFFICE))
    }
    assert reads == {person: person != second.assessor for person in reads}
    submit(second.assessment)
    assert Protocol.objects.visible_to(second.assessor).contains(protocol)


def test_a_draft_is_for_the_office_and_for_who_leads(visit: SiteVisit, office: User) -> None:
    draft = make_protocol(visit)
    reader = make_member(visit.application.institution, MemberRole.READER)
    other = make_assignment(visit.application)
    submit(other.assessment)
    people = {office: True, visit.lead: True, reader: False, other.assessor: False}
    found = {person: Protocol.objects.visible_to(person).contains(draft) for person in people}
    assert found == people


def test_the_page_of_a_visit_hides_it_from_whoever_still_judges(
    signed_in: Any, visit: SiteVisit
) -> None:
    other = make_assignment(visit.application)
    make_protocol(visit, presented=True, findings="Sala mieści 40 osób.")
    client = signed_in(other.assessor)
    page = client.get(visit.get_absolute_url())
    assert list(page.context["protocols"]) == []
    address = reverse("protocol_pdf", args=[visit.pk, 1])
    assert client.get(address).status_code == 404
    submit(other.assessment)
    assert client.get(address).status_code == 200


# --- the pages ----------------------------------------------------------------------------------


def test_from_the_draft_to_both_confirmations(
    signed_in: Any, visit: SiteVisit, lead: User, host: User
) -> None:
    cal, institution = signed_in(lead), signed_in(host)

    def at(name: str, *args: Any) -> str:
        return reverse(name, args=[visit.pk, *args])

    assert cal.post(at("protocol_write"), TEXTS | {"expected_version": 0}).status_code == 302
    assert cal.get(at("protocol_preview"))["Content-Type"] == "application/pdf"
    assert institution.get(at("protocol_pdf", 1)).status_code == 404
    assert cal.post(at("protocol_present")).status_code == 302
    assert institution.post(at("protocol_remark"), {"text": ""}).status_code == 422
    assert institution.post(at("protocol_remark"), {"text": "Uwaga."}).status_code == 302
    page = institution.get(visit.get_absolute_url()).content.decode()
    assert at("protocol_confirm") in page
    assert institution.post(at("protocol_confirm")).status_code == 302
    assert institution.post(at("protocol_confirm")).status_code == 409
    final = institution.get(at("protocol_pdf", 1))
    assert "Uwaga." in text_of(final.content)


def test_a_stale_protocol_is_kept_beside_the_newer(
    signed_in: Any, visit: SiteVisit, lead: User
) -> None:
    client, address = signed_in(lead), reverse("protocol_write", args=[visit.pk])
    client.post(address, TEXTS | {"expected_version": 0})
    response = client.post(address, TEXTS | {"expected_version": 0, "findings": "Moje słowa."})
    assert response.status_code == 409
    assert "Moje słowa." in response.content.decode()
    assert Protocol.objects.get().findings == "Sala."
    again = client.post(address, TEXTS | {"expected_version": 1, "findings": "Moje słowa."})
    assert again.status_code == 302
    assert Protocol.objects.get().findings == "Moje słowa."


# --- reminders ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "days", "to"),
    [
        (State.PROPOSED, 14, {"host"}),
        (State.COUNTERED, 14, {"office"}),
        (State.AGREED, 9, {"host", "lead"}),  # the day before
        (State.HELD, 30, {"office", "lead"}),
        (State.CANCELLED, 30, set()),
    ],
)
def test_whoever_is_waited_for_is_reminded_once(
    state: State, days: int, to: set[str], time_machine: Any, office: User
) -> None:
    visit = make_visit(state=state)
    people = {"host": visit.application.opened_by, "lead": visit.lead, "office": office}
    assert remind_of_visits(clock.now()) == ""
    time_machine.move_to(clock.now() + timedelta(days=days))
    for _ in range(2):
        remind_of_visits(clock.now())
    told = list(Email.objects.values_list("to", flat=True))
    assert sorted(told) == sorted(people[one].email for one in to)


def test_the_end_of_the_time_is_reminded_of(
    visit: SiteVisit, office: User, host: User, time_machine: Any
) -> None:
    protocol = make_protocol(visit, presented=True)
    Email.objects.all().delete()
    until = protocol.remarks_until
    assert until is not None
    time_machine.move_to(clock.now() + (until - clock.today()))
    remind_of_visits(clock.now())
    assert list(Email.objects.values_list("to", flat=True)) == [host.email]
    time_machine.move_to(clock.now() + timedelta(days=1))
    remind_of_visits(clock.now())
    assert set(Email.objects.values_list("to", flat=True)) == {host.email, office.email}
    assert not VisitNote.objects.exists()


# --- own judgement first --------------------------------------------------------------------------


def test_who_leads_reads_no_note_of_another_before_having_submitted(signed_in: Any) -> None:
    """Neither while writing, nor in what is printed; and what was presented is what is closed."""
    case = make_case()
    first, second = make_assignment(case), make_assignment(case)
    lead, other = first.assessor, second.assessor
    visit = make_visit(case, State.AGREED, team=[lead, other], lead=lead, spans=[span(-1)])
    make_note(visit, by=lead, text="Moja uwaga.", for_protocol=True)
    make_note(visit, by=other, text="Cudza uwaga.", for_protocol=True)
    make_photo(visit, by=other, caption="Cudze zdjęcie")
    SiteVisit.objects.filter(pk=visit.pk).update(state=State.HELD)
    protocol = make_protocol(visit)
    client = signed_in(lead)
    page = client.get(reverse("protocol_write", args=[visit.pk])).content.decode()
    printed = text_of(client.get(reverse("protocol_preview", args=[visit.pk])).content)
    for text in (page, printed):
        assert "Moja uwaga." in text
        assert "Cudz" not in text
    presented = services.present(protocol, by=lead)
    submit(first.assessment)
    closing = services.confirm(presented, by=case.opened_by)
    assert "Cudz" not in pdf(presented.document) + pdf(closing.document)


def test_the_notes_of_all_come_in_once_the_lead_has_submitted() -> None:
    case = make_case()
    first, second = make_assignment(case), make_assignment(case)
    team = [first.assessor, second.assessor]
    visit = make_visit(case, State.HELD, team=team, spans=[span(-1)])
    make_note(visit, by=second.assessor, text="Cudza uwaga.", for_protocol=True)
    submit(first.assessment)
    assert "Cudza uwaga." in pdf(make_protocol(visit, presented=True).document)


def test_a_photo_that_went_since_is_still_named(visit: SiteVisit, lead: User, host: User) -> None:
    SiteVisit.objects.filter(pk=visit.pk).update(state=State.AGREED)
    photo = make_photo(visit, by=lead, caption="Sala spotkań")
    SiteVisit.objects.filter(pk=visit.pk).update(state=State.HELD)
    protocol = make_protocol(visit, presented=True)
    services.remove_photo(photo, by=lead, reason="Cofnięta zgoda.")
    printed = pdf(services.confirm(protocol, by=host).document)
    assert "Sala spotkań" in printed
    assert "Cofnięta zgoda." in printed

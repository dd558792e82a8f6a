"""The verbs of accounts, roles and members."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo
from institutions.models import Appointment, Membership, User
from institutions.services.invitations import accept_invitation
from institutions.services.members import end_membership
from institutions.services.people import (
    appoint_user,
    change_account,
    create_account,
    deactivate_account,
    end_appointment,
    invite,
    reactivate_account,
)
from institutions.states import MemberRole, Role, Verb
from tests.factories import (
    days_from_today,
    make_invitation,
    make_member,
    make_user,
)
from tests.institutions.journal import verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR)


# --- accounts -------------------------------------------------------------------------------


def test_account_has_no_password_and_its_owner_is_invited(
    administrator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        person = create_account(
            by=administrator, email=" Anna@Example.org ", full_name="Anna  Nowak"
        )
        assert mail.outbox == []
    assert (person.email, person.full_name) == ("anna@example.org", "Anna Nowak")
    assert not person.has_usable_password()
    assert verbs() == [Verb.CREATE_ACCOUNT]
    [message] = mail.outbox
    assert message.to == ["anna@example.org"]
    assert "Anna Nowak" in message.body


def test_account_stands_when_the_mail_server_is_down(
    administrator, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.institutions.no_mail.Backend"
    with django_capture_on_commit_callbacks(execute=True):
        person = create_account(by=administrator, email="anna@example.org", full_name="Anna Nowak")
    assert User.objects.filter(pk=person.pk).exists()


def test_second_account_of_an_address_is_refused(administrator):
    make_user(email="anna@example.org")
    with pytest.raises(CannotDo):
        create_account(by=administrator, email="ANNA@example.org", full_name="Anna")


def test_invitation_goes_again_until_the_first_sign_in(
    administrator, django_capture_on_commit_callbacks
):
    person = make_user()
    with django_capture_on_commit_callbacks(execute=True):
        invite(person, by=administrator)
    assert len(mail.outbox) == 1
    person.last_login = clock.now()
    with pytest.raises(CannotDo):
        invite(person, by=administrator)
    assert verbs() == [Verb.INVITE]


def test_change_of_name_and_function(administrator):
    person = change_account(
        make_user(), by=administrator, full_name="Jan  Kowalski", function="Prezes"
    )
    person.refresh_from_db()
    assert (person.full_name, person.function) == ("Jan Kowalski", "Prezes")
    assert verbs() == [Verb.CHANGE_ACCOUNT]


def test_deactivated_account_holds_nothing_and_comes_back(administrator, signed_in):
    person = make_user(Role.OFFICE)
    client = signed_in(person)
    assert client.get("/instytucje/").status_code == 200
    deactivate_account(person, by=administrator)
    assert client.get("/instytucje/").status_code == 302  # out, in a browser already signed in
    assert User.objects.get(pk=person.pk).roles == frozenset()
    reactivate_account(person, by=administrator)
    assert User.objects.get(pk=person.pk).has_role(Role.OFFICE)
    assert verbs() == [Verb.DEACTIVATE_ACCOUNT, Verb.REACTIVATE_ACCOUNT]


def test_switching_twice_is_refused(administrator):
    person = make_user()
    with pytest.raises(CannotDo):
        reactivate_account(person, by=administrator)
    deactivate_account(person, by=administrator)
    with pytest.raises(CannotDo):
        deactivate_account(person, by=administrator)
    for verb in (
        invite,
        lambda one, by: appoint_user(one, by=by, role=Role.OFFICE, since=clock.today()),
    ):
        with pytest.raises(CannotDo):
            verb(User.objects.get(pk=person.pk), by=administrator)


def test_only_administrator_stays(administrator):
    other = make_user(Role.OFFICE)
    with pytest.raises(CannotDo):
        deactivate_account(administrator, by=other)
    with pytest.raises(CannotDo):
        end_appointment(administrator.appointments.get(), by=other, until=clock.today())
    make_user(Role.ADMINISTRATOR)
    deactivate_account(administrator, by=other)


# --- roles ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_role_holds_from_its_first_day_through_its_last(role, administrator):
    person = make_user()
    appoint_user(
        person,
        by=administrator,
        role=role,
        since=clock.today(),
        until=days_from_today(1),
        resolution="7/2026",
    )
    for day, holds in ((-1, False), (0, True), (1, True), (2, False)):
        with clock.set_to(clock.now() + timedelta(days=day)):
            assert User.objects.get(pk=person.pk).has_role(role) is holds
    event = Event.objects.get()
    assert (event.verb, event.facts["role"], event.facts["resolution"]) == (
        Verb.APPOINT,
        role,
        "7/2026",
    )


def test_ended_role_is_gone_and_stays_on_record(administrator):
    person = make_user(Role.ASSESSOR)
    end_appointment(person.appointments.get(), by=administrator, until=days_from_today(-1))
    assert not User.objects.get(pk=person.pk).has_role(Role.ASSESSOR)
    assert person.appointments.count() == 1
    with pytest.raises(CannotDo):
        end_appointment(person.appointments.get(), by=administrator, until=clock.today())
    appoint_user(person, by=administrator, role=Role.ASSESSOR, since=clock.today())
    assert User.objects.get(pk=person.pk).has_role(Role.ASSESSOR)


@pytest.mark.parametrize("until", [None, days_from_today(5)])
def test_role_held_already_is_refused(until, administrator):
    person = make_user(Role.ASSESSOR)
    with pytest.raises(CannotDo):
        appoint_user(person, by=administrator, role=Role.ASSESSOR, since=clock.today(), until=until)


def test_last_day_before_the_first_is_refused(administrator):
    person = make_user(Role.ASSESSOR)
    with pytest.raises(CannotDo):
        appoint_user(
            person,
            by=administrator,
            role=Role.OFFICE,
            since=clock.today(),
            until=days_from_today(-1),
        )
    with pytest.raises(CannotDo):
        end_appointment(person.appointments.get(), by=administrator, until=days_from_today(-999))


# --- members --------------------------------------------------------------------------------


def test_removed_member_loses_access_at_once(institution):
    custodian, editor = make_member(institution), make_member(institution, MemberRole.EDITOR)
    end_membership(editor.memberships.get(), by=custodian)
    assert User.objects.get(pk=editor.pk).institution_ids == frozenset()
    assert editor.memberships.get().until == days_from_today(-1)
    with pytest.raises(CannotDo):
        end_membership(editor.memberships.get(), by=custodian)
    assert verbs() == [Verb.END_MEMBERSHIP]


def test_member_who_came_today_by_mistake_is_removed_at_once(institution):
    custodian = make_member(institution)
    invitation = make_invitation(institution, invited_by=custodian)
    person = make_user(email=invitation.email)
    end_membership(accept_invitation(invitation, by=person), by=custodian)
    assert User.objects.get(pk=person.pk).institution_ids == frozenset()
    assert verbs() == [Verb.ADD_MEMBER, Verb.END_MEMBERSHIP]


# --- what the database refuses -----------------------------------------------------------------


def test_database_refuses_an_address_in_other_capitals():
    make_user(email="anna@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create(email="Anna@example.org", full_name="Anna")


@pytest.mark.parametrize("model", [Appointment, Membership])
def test_database_refuses_an_end_before_the_start(model, institution):
    person = make_member(institution, user=make_user(Role.OFFICE))
    with pytest.raises(IntegrityError):
        model.objects.filter(user=person).update(until=days_from_today(-999))


def test_database_refuses_a_second_open_appointment():
    person = make_user(Role.OFFICE)
    with pytest.raises(IntegrityError):
        Appointment.objects.create(user=person, role=Role.OFFICE, since=clock.today())


def test_database_refuses_a_second_open_membership(institution):
    person = make_member(institution)
    with pytest.raises(IntegrityError):
        make_member(institution, MemberRole.READER, user=person)

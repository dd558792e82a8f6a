"""The verbs of invitations: sent, sent again, cancelled, accepted; once, in time, by its owner."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo
from institutions.models import Invitation, Membership, User
from institutions.models.invitation import hash_of
from institutions.services.invitations import (
    accept_invitation,
    accept_with_new_account,
    cancel_invitation,
    invite_member,
    inviters_of,
    resend_invitation,
)
from institutions.services.members import end_membership
from institutions.services.people import deactivate_account
from institutions.states import MemberRole, Role, Verb
from tests.factories import (
    days_from_today,
    make_institution,
    make_invitation,
    make_member,
    make_user,
)
from tests.institutions.journal import verbs

pytestmark = pytest.mark.django_db

EDITOR, READER, CUSTODIAN = MemberRole.EDITOR, MemberRole.READER, MemberRole.CUSTODIAN


@pytest.fixture
def institution():
    return make_institution(name="Dom Kultury „Zorza”")


@pytest.fixture
def custodian(institution):
    return make_member(institution, full_name="Stanisława Opiekuńska")


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def secret_in(message):
    [secret] = re.findall(r"/zaproszenie/([^/\s]+)/", message.body)
    return secret


# --- sending --------------------------------------------------------------------------------


def test_invitation_says_who_invites_whom_to_what_and_until_when(
    institution, custodian, after_commit
):
    with after_commit():
        invitation = invite_member(
            institution, by=custodian, email=" Nowa@Example.org ", role=EDITOR
        )
        assert mail.outbox == []
    [message] = mail.outbox
    assert message.to == ["nowa@example.org"]
    assert message.subject == "Zaproszenie: Dom Kultury „Zorza”"
    assert "Stanisława Opiekuńska" in message.body
    assert "Redaktor" in message.body
    assert invitation.expires_at - invitation.invited_at == timedelta(days=7)
    assert verbs() == [Verb.INVITE_MEMBER]


def test_only_the_hash_of_the_secret_is_kept(institution, custodian, after_commit):
    with after_commit():
        invitation = invite_member(institution, by=custodian, email="n@example.org", role=EDITOR)
    secret = secret_in(mail.outbox[0])
    assert invitation.token_sha256 == hash_of(secret)
    stored = str(Invitation.objects.values().get()) + str(list(Event.objects.values()))
    assert secret not in stored
    assert list(Invitation.objects.with_secret(secret)) == [invitation]


def test_nobody_belongs_or_gets_an_account_by_being_invited(institution, custodian):
    known = make_user()
    for email in (known.email, "obca@example.org"):
        invite_member(institution, by=custodian, email=email, role=EDITOR)
    assert institution.memberships.count() == 1
    assert not User.objects.filter(email="obca@example.org").exists()


def test_newer_invitation_replaces_the_open_one(institution, custodian):
    first = invite_member(institution, by=custodian, email="n@example.org", role=EDITOR)
    second = invite_member(institution, by=custodian, email="N@example.org", role=READER)
    first.refresh_from_db()
    assert first.cancelled_by == custodian
    assert list(institution.invitations.awaiting()) == [second]
    assert verbs() == [Verb.INVITE_MEMBER, Verb.CANCEL_INVITATION, Verb.INVITE_MEMBER]


def test_member_is_not_invited_again(institution, custodian):
    with pytest.raises(CannotDo):
        invite_member(institution, by=custodian, email=custodian.email.upper(), role=READER)


def test_invitation_stands_when_the_mail_server_is_down(
    institution, custodian, settings, after_commit
):
    settings.EMAIL_BACKEND = "tests.institutions.no_mail.Backend"
    with after_commit():
        invite_member(institution, by=custodian, email="n@example.org", role=EDITOR)
    assert institution.invitations.awaiting().count() == 1


@pytest.mark.parametrize("name", ["Dom\r\nBcc: kto@example.org", "Dom\nKultury", "x" * 300])
def test_name_of_the_institution_cannot_break_the_header(name, after_commit):
    institution = make_institution(name=name)
    with after_commit():
        invite_member(institution, by=make_member(institution), email="n@example.org", role=EDITOR)
    [message] = mail.outbox
    assert message.subject == "Zaproszenie: " + " ".join(name.split())
    assert message.recipients() == ["n@example.org"]
    assert "\nBcc" not in message.message().as_string().partition("\n\n")[0]


def test_sent_again_the_old_link_dies_and_the_week_begins_anew(institution, after_commit):
    invitation = make_invitation(institution, expires_at=clock.now() - timedelta(days=1))
    other = make_member(institution)
    with after_commit():
        resend_invitation(invitation, by=other)
    assert not Invitation.objects.with_secret(invitation.secret).exists()
    again = Invitation.objects.with_secret(secret_in(mail.outbox[0])).get()
    assert (again.pk, again.invited_by, again.is_expired) == (invitation.pk, other, False)
    assert verbs() == [Verb.RESEND_INVITATION]


@pytest.mark.parametrize("verb", [resend_invitation, cancel_invitation])
def test_settled_invitation_is_neither_sent_nor_cancelled(verb, institution, custodian):
    gone = make_invitation(institution, cancelled_by=custodian, cancelled_at=clock.now())
    with pytest.raises(CannotDo):
        verb(gone, by=custodian)


# --- accepting ------------------------------------------------------------------------------


def test_invited_account_belongs_at_once(institution):
    invitation = make_invitation(institution, email="Nowa@example.org")
    person = make_user(email="nowa@example.org")
    membership = accept_invitation(invitation, by=person)
    assert (membership.user, membership.role) == (person, EDITOR)
    assert User.objects.get(pk=person.pk).institution_ids == {institution.pk}
    assert verbs() == [Verb.ADD_MEMBER]
    assert Event.objects.get().by == person


def test_new_account_has_the_invited_address_and_the_chosen_password(institution):
    invitation = make_invitation(institution)
    membership = accept_with_new_account(
        invitation, full_name=" Nowa  Osoba ", password="zielony-rower-na-wsi"
    )
    person = membership.user
    assert (person.email, person.full_name) == (invitation.email, "Nowa Osoba")
    assert person.check_password("zielony-rower-na-wsi")
    assert verbs() == [Verb.CREATE_ACCOUNT, Verb.ADD_MEMBER]


def test_second_use_is_refused(institution):
    invitation = make_invitation(institution)
    person = make_user(email=invitation.email)
    accept_invitation(invitation, by=person)
    for again in (
        lambda: accept_invitation(invitation, by=person),
        lambda: accept_with_new_account(invitation, full_name="Ktoś", password="x"),
    ):
        with pytest.raises(CannotDo):
            again()
    assert institution.memberships.filter(user=person).count() == 1


def test_other_account_is_refused(institution):
    with pytest.raises(CannotDo):
        accept_invitation(make_invitation(institution), by=make_user())
    assert verbs() == []


def test_account_that_exists_is_not_opened_a_second_time(institution):
    invitation = make_invitation(institution)
    make_user(email=invitation.email)
    with pytest.raises(CannotDo):
        accept_with_new_account(invitation, full_name="Ktoś", password="zielony-rower")


def test_link_works_for_seven_days_and_no_longer(institution):
    invitation = make_invitation(institution)
    person = make_user(email=invitation.email)
    with (
        clock.set_to(invitation.expires_at),
        pytest.raises(CannotDo),
    ):
        accept_invitation(invitation, by=person)
    with clock.set_to(invitation.expires_at - timedelta(seconds=1)):
        accept_invitation(invitation, by=person)


def test_cancelled_link_works_no_more(institution, custodian):
    invitation = make_invitation(institution)
    cancel_invitation(invitation, by=custodian)
    with pytest.raises(CannotDo):
        accept_invitation(invitation, by=make_user(email=invitation.email))
    assert verbs() == [Verb.CANCEL_INVITATION]


def test_account_switched_off_is_refused(institution):
    invitation = make_invitation(institution)
    with pytest.raises(CannotDo):
        accept_invitation(invitation, by=make_user(email=invitation.email, is_active=False))


def test_who_lost_the_power_to_invite_lets_nobody_in(institution, custodian):
    removed, switched_off = make_member(institution), make_member(institution)
    clerk = make_user(Role.OFFICE)
    left = [make_invitation(institution, invited_by=one) for one in (removed, switched_off, clerk)]
    end_membership(removed.memberships.get(), by=custodian)
    deactivate_account(switched_off, by=make_user(Role.ADMINISTRATOR))
    clerk.appointments.update(until=days_from_today(-1))
    for invitation in left:
        with pytest.raises(CannotDo):
            accept_invitation(invitation, by=make_user(email=invitation.email))
    resend_invitation(left[0], by=custodian)  # another custodian stands behind it now
    accept_invitation(left[0], by=User.objects.get(email=left[0].email))


@pytest.mark.parametrize(
    ("present", "offered", "then"),
    [
        (READER, EDITOR, EDITOR),
        (EDITOR, READER, EDITOR),
        (CUSTODIAN, READER, CUSTODIAN),
        (EDITOR, EDITOR, EDITOR),
    ],
)
def test_member_already_there_keeps_the_stronger_role(present, offered, then, institution):
    person = make_member(institution, present)
    invitation = make_invitation(institution, email=person.email, role=offered)
    membership = accept_invitation(invitation, by=person)
    assert membership.role == then
    in_force = Membership.objects.in_force(clock.today()).filter(user=person)
    assert [one.role for one in in_force] == [then]


def test_inviters_are_those_who_have_the_permission(institution, custodian):
    people = [
        custodian,
        make_member(institution, is_active=False),
        make_member(institution, EDITOR),
        make_member(make_institution()),
        make_user(Role.OFFICE),
        make_user(Role.OFFICE, is_active=False),
        make_user(Role.ADMINISTRATOR),
    ]
    may = {one.pk for one in people if one.has_perm("institutions.invite_member", institution)}
    assert inviters_of(institution) == may


def test_invitation_to_the_former_address_stays_the_persons_own(institution):
    person = make_user(email="nowy@example.org")
    invitation = make_invitation(institution, email="stary@example.org", meant_for=person)
    assert accept_invitation(invitation, by=person).user == person


# --- what the database refuses --------------------------------------------------------------


def test_database_refuses_a_second_open_invitation(institution):
    make_invitation(institution, email="n@example.org")
    with pytest.raises(IntegrityError):
        make_invitation(institution, email="N@example.org")


def test_database_refuses_an_acceptance_by_nobody(institution):
    invitation = make_invitation(institution)
    with pytest.raises(IntegrityError):
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=clock.now())


def test_database_refuses_accepted_and_cancelled(institution):
    invitation, person = make_invitation(institution), make_user()
    with pytest.raises(IntegrityError):
        Invitation.objects.filter(pk=invitation.pk).update(
            accepted_at=clock.now(), accepted_by=person, cancelled_at=clock.now()
        )

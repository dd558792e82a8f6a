"""Roles of an institution's people; there is always a custodian."""

from datetime import timedelta

import pytest
from django.urls import reverse

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo
from institutions.models import Institution, Membership, User
from institutions.people_section import people_of
from institutions.services.members import change_member_role, end_membership
from institutions.services.people import deactivate_account
from institutions.states import MemberRole, Role, Verb
from tests.factories import (
    days_from_today,
    make_institution,
    make_invitation,
    make_member,
    make_user,
)

pytestmark = pytest.mark.django_db

EDITOR, READER, CUSTODIAN = MemberRole.EDITOR, MemberRole.READER, MemberRole.CUSTODIAN


@pytest.fixture
def custodian(institution):
    return make_member(institution)


def in_force(institution):
    return Membership.objects.in_force(clock.today()).filter(institution=institution)


# --- roles ----------------------------------------------------------------------------------


def test_new_role_works_from_today_and_the_former_stays_on_record(institution, custodian):
    editor = make_member(institution, EDITOR)
    former = editor.memberships.get()
    change_member_role(former, by=custodian, role=CUSTODIAN)
    rows = editor.memberships.order_by("since").values_list("role", "since", "until")
    assert list(rows) == [
        (EDITOR, former.since, days_from_today(-1)),
        (CUSTODIAN, clock.today(), None),
    ]
    event = Event.objects.get()
    assert event.verb == Verb.CHANGE_MEMBER_ROLE
    assert event.facts == {"member": editor.pk, "role": "custodian", "was": "editor"}


def test_role_changed_twice_a_day_leaves_one_row_a_day(institution, custodian):
    editor = make_member(institution, EDITOR)
    changed = change_member_role(editor.memberships.get(), by=custodian, role=READER)
    change_member_role(changed, by=custodian, role=CUSTODIAN)
    rows = editor.memberships.order_by("since").values_list("role", "until")
    assert list(rows) == [(EDITOR, days_from_today(-1)), (CUSTODIAN, None)]


def test_last_day_that_was_set_before_is_kept(institution, custodian):
    editor = make_member(institution, EDITOR)
    editor.memberships.update(until=days_from_today(30))
    changed = change_member_role(editor.memberships.get(), by=custodian, role=READER)
    assert changed.until == days_from_today(30)


def test_same_role_and_ended_membership_are_refused(institution, custodian):
    editor = make_member(institution, EDITOR).memberships.get()
    with pytest.raises(CannotDo):
        change_member_role(editor, by=custodian, role=EDITOR)
    end_membership(editor, by=custodian)
    with pytest.raises(CannotDo):
        change_member_role(editor, by=custodian, role=READER)


def test_only_custodian_is_neither_demoted_nor_removed(institution, custodian):
    make_member(institution, is_active=False)  # one who cannot sign in does not count
    make_member(institution, EDITOR)
    only = custodian.memberships.get()
    with pytest.raises(CannotDo):
        change_member_role(only, by=custodian, role=EDITOR)
    with pytest.raises(CannotDo):
        end_membership(only, by=custodian)
    make_member(institution)
    change_member_role(only, by=custodian, role=EDITOR)
    assert in_force(institution).get(user=custodian).role == EDITOR


def test_custodian_leaves_once_another_is_there(institution, custodian, signed_in):
    other = make_member(institution)
    address = reverse("membership_end", args=[institution.pk, custodian.memberships.get().pk])
    client = signed_in(custodian)
    assert client.get(address).context["is_me"]
    assert client.post(address).url == reverse("institution_list")
    assert [one.user for one in in_force(institution)] == [other]


def test_leaving_names_the_invitations_that_stop_working(institution, custodian, signed_in):
    make_member(institution)
    mine = make_invitation(institution, invited_by=custodian)
    make_invitation(institution)
    address = reverse("membership_end", args=[institution.pk, custodian.memberships.get().pk])
    assert list(signed_in(custodian).get(address).context["sent"]) == [mine]


# --- pages ----------------------------------------------------------------------------------


def test_custodian_changes_a_role(institution, custodian, signed_in):
    editor = make_member(institution, EDITOR)
    address = reverse("membership_role", args=[institution.pk, editor.memberships.get().pk])
    client = signed_in(custodian)
    assert client.get(address).status_code == 200
    assert client.post(address, {"role": "king"}).status_code == 422
    assert client.post(address, {"role": "editor"}).status_code == 422  # has it already
    assert client.post(address, {"role": "reader"}).url == institution.get_absolute_url()
    assert in_force(institution).get(user=editor).role == READER


def test_others_change_no_role(institution, custodian, signed_in):
    address = reverse("membership_role", args=[institution.pk, custodian.memberships.get().pk])
    for who, status in (
        (make_member(institution, EDITOR), 403),
        (make_user(Role.BOARD_MEMBER), 403),
        (make_member(make_institution()), 404),
    ):
        assert signed_in(who).post(address, {"role": "reader"}).status_code == status
    foreign = make_member(make_institution()).memberships.get()
    elsewhere = reverse("membership_role", args=[institution.pk, foreign.pk])
    assert signed_in(custodian).post(elsewhere, {"role": "reader"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_people_of_the_page_cost_the_same(rows, institution, django_assert_num_queries):
    clerk, sender = make_user(Role.OFFICE), make_member(institution)
    for _n in range(rows):
        make_member(institution, EDITOR)
        make_invitation(institution, invited_by=sender)
    with django_assert_num_queries(6):  # members, roles, invitations, inviters twice, requests
        shown = people_of(institution, clerk)
    assert len(shown["invitations"]) == rows
    assert len(shown["members"]) == rows + 1


# --- an institution without a custodian -----------------------------------------------------


def test_institution_that_lost_its_custodian_is_found(institution, custodian):
    never_had_one = make_institution()
    make_member(never_had_one, EDITOR)
    assert list(Institution.objects.that_lost_custodian(clock.today())) == []
    deactivate_account(custodian, by=make_user(Role.ADMINISTRATOR))
    assert list(Institution.objects.that_lost_custodian(clock.today())) == [institution]
    make_member(institution)
    assert list(Institution.objects.that_lost_custodian(clock.today())) == []


def test_page_says_that_there_is_no_custodian(institution, custodian, signed_in):
    office = signed_in(make_user(Role.OFFICE))
    assert office.get(institution.get_absolute_url()).context["people"]["has_custodian"]
    User.objects.filter(pk=custodian.pk).update(is_active=False)
    response = office.get(institution.get_absolute_url())
    assert not response.context["people"]["has_custodian"]
    assert "Instytucja bez opiekuna" in response.content.decode()


def test_office_finds_it_among_what_waits(institution, custodian, signed_in):
    User.objects.filter(pk=custodian.pk).update(is_active=False)
    for role, heaps in ((Role.OFFICE, 1), (Role.ADMINISTRATOR, 0)):
        page = signed_in(make_user(role)).get(reverse("panel"))
        found = [heap for heap in page.context["heaps"] if heap.title == "Instytucje bez opiekuna"]
        assert len(found) == heaps
    make_invitation(
        institution, role=CUSTODIAN, invited_by=make_user(Role.OFFICE)
    )  # the next step is the invited person's
    page = signed_in(make_user(Role.OFFICE)).get(reverse("panel"))
    assert page.context["heaps"] == []


def test_expired_invitation_brings_it_back(institution, custodian, signed_in):
    User.objects.filter(pk=custodian.pk).update(is_active=False)
    make_invitation(
        institution,
        role=CUSTODIAN,
        invited_by=make_user(Role.OFFICE),
        expires_at=clock.now() - timedelta(minutes=1),
    )
    page = signed_in(make_user(Role.OFFICE)).get(reverse("panel"))
    assert len(page.context["heaps"]) == 1

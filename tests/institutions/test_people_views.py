"""Pages of people: accounts, roles, and an institution's own people."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from certification import clock
from institutions.models import User
from institutions.states import MemberRole, Role
from tests.factories import days_from_today, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(signed_in):
    return signed_in(make_user(Role.ADMINISTRATOR))


@pytest.fixture
def person():
    return make_user(full_name="Łucja Żak")


# --- the list -------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(rows, office, django_assert_num_queries):
    for _n in range(rows - 1):  # the clerk is one
        make_member(make_institution(), user=make_user(Role.ASSESSOR))
    with django_assert_num_queries(8):
        response = office.get(reverse("person_list"))
    assert len(response.context["page"].object_list) == rows


def test_list_shows_roles_and_institutions_of_today_only(office):
    person = make_user(Role.ASSESSOR, Role.BOARD_MEMBER, full_name="Anna Aaa")
    make_member(make_institution(name="Dawna Instytucja"), user=person)
    person.memberships.update(until=days_from_today(-1))
    person.appointments.filter(role=Role.BOARD_MEMBER).update(until=days_from_today(-1))
    row = office.get(reverse("person_list")).context["page"].object_list[0]
    assert [one.role for one in row.roles_today] == [Role.ASSESSOR]
    assert row.institutions_today == []


@pytest.mark.parametrize(
    "chosen", [{"q": "łucja"}, {"q": "żak lu"}, {"role": "assessor"}, {"account": "inactive"}]
)
def test_list_is_narrowed(chosen, office):
    found = make_user(Role.ASSESSOR, full_name="Łucja Żak", email="lu@example.org", is_active=False)
    make_user(Role.COMMITTEE_CHAIR)
    response = office.get(reverse("person_list"), chosen)
    assert [one.pk for one in response.context["page"].object_list] == [found.pk]


@pytest.mark.parametrize("name", ["person_list", "person_create"])
@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.BOARD_MEMBER, Role.COMMITTEE_CHAIR])
def test_people_are_not_for_everybody(name, role, signed_in):
    assert signed_in(make_user(role)).get(reverse(name)).status_code == 403
    assert signed_in(make_member(make_institution())).get(reverse(name)).status_code == 403


# --- one person -----------------------------------------------------------------------------


def test_person_page_separates_roles_held_from_past(administrator):
    person = make_user(Role.ASSESSOR, Role.OFFICE)
    person.appointments.filter(role=Role.OFFICE).update(until=days_from_today(-1))
    response = administrator.get(person.get_absolute_url())
    assert [one.role for one in response.context["appointments"]] == [Role.ASSESSOR]
    assert [one.role for one in response.context["past_appointments"]] == [Role.OFFICE]


def test_office_sees_a_person_and_changes_nothing(office, person):
    response = office.get(person.get_absolute_url())
    may = response.context["may"]
    assert [verb for verb, allowed in may.items() if allowed] == ["invite"]


PERSON_PAGES = [
    "person_edit",
    "appointment_create",
    "person_deactivate",
    "person_reactivate",
]


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_what_an_administrator_does_others_may_not(name, office, person, signed_in):
    address = reverse(name, args=[person.pk])
    assert office.post(address).status_code == 403
    for outsider in (make_user(Role.ASSESSOR), make_member(make_institution())):
        assert signed_in(outsider).post(address).status_code == 404
        assert signed_in(outsider).get(person.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["appointment_create", "person_deactivate"])
def test_administrators_neither_promote_nor_remove_themselves(name, signed_in):
    administrator = make_user(Role.ADMINISTRATOR)
    address = reverse(name, args=[administrator.pk])
    assert signed_in(administrator).post(address).status_code == 403


def test_invited_person_sets_a_password_and_signs_in(office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(
            reverse("person_create"), {"full_name": "Anna Nowak", "email": "anna@example.org"}
        )
    person = User.objects.get(email="anna@example.org")
    assert response.url == person.get_absolute_url()
    [link] = re.findall(r"http://127\.0\.0\.1:8000(/konto/\S+/key/\S+-\S+/)", mail.outbox[0].body)
    visitor = Client()
    page = visitor.get(link, follow=True)
    chosen = {"password1": "wielce-tajne-haslo", "password2": "wielce-tajne-haslo"}
    visitor.post(page.redirect_chain[-1][0], chosen)
    assert visitor.post(
        reverse("account_login"), {"login": "anna@example.org", "password": chosen["password1"]}
    ).url == reverse("panel")
    assert Client().get(link, follow=True).context["token_fail"]


@pytest.mark.parametrize(
    "wrong", [{"email": "x"}, {"full_name": ""}, {"email": "JEST@example.org"}]
)
def test_bad_account_comes_back(wrong, office):
    make_user(email="jest@example.org")
    typed = {"full_name": "Anna Nowak", "email": "anna@example.org", "function": "Ekspertka"}
    response = office.post(reverse("person_create"), typed | wrong)
    assert response.status_code == 422
    assert response.context["form"]["function"].value() == "Ekspertka"


def test_extra_fields_give_no_power(office, django_capture_on_commit_callbacks):
    office.post(
        reverse("person_create"),
        {
            "full_name": "Anna Nowak",
            "email": "anna@example.org",
            "is_superuser": "1",
            "role": "administrator",
            "password": "x",
        },
    )
    person = User.objects.get(email="anna@example.org")
    assert not person.is_superuser
    assert not person.has_usable_password()
    assert person.roles == frozenset()


def test_administrator_changes_the_name_and_not_the_address(administrator, person):
    response = administrator.post(
        reverse("person_edit", args=[person.pk]),
        {"full_name": "Łucja Maj", "function": "", "email": "moj@example.org"},
    )
    assert response.status_code == 302
    changed = User.objects.get(pk=person.pk)
    assert (changed.full_name, changed.email) == ("Łucja Maj", person.email)
    bad = administrator.post(reverse("person_edit", args=[person.pk]), {"full_name": ""})
    assert bad.status_code == 422


def test_administrator_gives_and_ends_a_role(administrator, person):
    typed = {"role": "assessor", "since": clock.today().isoformat(), "resolution": "3/2026"}
    address = reverse("appointment_create", args=[person.pk])
    assert administrator.post(address, typed).url == person.get_absolute_url()
    assert administrator.post(address, typed).status_code == 422  # held already
    assert administrator.post(address, typed | {"role": "king"}).status_code == 422
    end = reverse("appointment_end", args=[person.pk, person.appointments.get().pk])
    assert administrator.get(end).status_code == 200
    too_early = {"until": days_from_today(-5).isoformat()}
    assert administrator.post(end, too_early).status_code == 422
    response = administrator.post(end, {"until": clock.today().isoformat()})
    assert response.url == person.get_absolute_url()
    assert person.appointments.get().until == clock.today()


def test_appointment_of_another_person_does_not_exist_here(administrator, person):
    foreign = make_user(Role.OFFICE).appointments.get()
    address = reverse("appointment_end", args=[person.pk, foreign.pk])
    assert administrator.get(address).status_code == 404


def test_account_is_switched_off_after_asking_and_on_again(administrator, person):
    address = reverse("person_deactivate", args=[person.pk])
    assert administrator.get(address).status_code == 200
    assert User.objects.get(pk=person.pk).is_active
    administrator.post(address)
    assert not User.objects.get(pk=person.pk).is_active
    assert administrator.get(person.get_absolute_url()).status_code == 200
    administrator.post(reverse("person_reactivate", args=[person.pk]))
    assert User.objects.get(pk=person.pk).is_active


def test_invitation_is_sent_again(office, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(reverse("person_invite", args=[person.pk]))
    assert response.url == person.get_absolute_url()
    assert [message.to for message in mail.outbox] == [[person.email]]


# --- an institution's own people --------------------------------------------------------------


@pytest.fixture
def custodian(institution, signed_in):
    return signed_in(make_member(institution))


def test_custodian_removes_a_person_after_asking(custodian, institution):
    editor = make_member(institution, MemberRole.EDITOR)
    address = reverse("membership_end", args=[institution.pk, editor.memberships.get().pk])
    assert custodian.get(address).status_code == 200
    assert editor.memberships.get().until is None
    assert custodian.post(address).url == institution.get_absolute_url()
    assert custodian.post(address).status_code == 404  # gone already


def test_only_custodian_is_told_what_to_do_first(custodian, institution):
    address = reverse("membership_end", args=[institution.pk, institution.memberships.get().pk])
    response = custodian.post(address)
    assert response.status_code == 422
    assert reverse("member_invite", args=[institution.pk]) in response.content.decode()


def test_others_neither_invite_nor_remove(institution, signed_in):
    member = make_member(institution)
    addresses = [
        reverse("member_invite", args=[institution.pk]),
        reverse("membership_end", args=[institution.pk, member.memberships.get().pk]),
    ]
    editor = signed_in(make_member(institution, MemberRole.EDITOR))
    board = signed_in(make_user(Role.BOARD_MEMBER))
    foreign = signed_in(make_member(make_institution()))
    for address in addresses:
        assert editor.post(address).status_code == 403
        assert board.post(address).status_code == 403
        assert foreign.post(address).status_code == 404


def test_membership_of_another_institution_does_not_exist_here(custodian, institution):
    foreign = make_member(make_institution()).memberships.get()
    address = reverse("membership_end", args=[institution.pk, foreign.pk])
    assert custodian.post(address).status_code == 404

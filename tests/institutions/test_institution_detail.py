"""The page of one institution: who sees it, what it offers, what it costs."""

import pytest
from django.urls import reverse

from certification.sections import Section
from institutions.sections import on_institution
from institutions.states import MemberRole, Role
from tests.factories import confirm_names, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "role", [Role.OFFICE, Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER, Role.ADMINISTRATOR]
)
def test_detail_opens_for_staff(role, signed_in):
    institution = make_institution()
    response = signed_in(make_user(role)).get(institution.get_absolute_url())
    assert response.status_code == 200


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.COMMITTEE_MEMBER, Role.COMMITTEE_CHAIR])
def test_detail_does_not_exist_for_outsiders(role, signed_in):
    institution = make_institution()
    assert signed_in(make_user(role)).get(institution.get_absolute_url()).status_code == 404
    foreigner = signed_in(make_member(make_institution()))
    assert foreigner.get(institution.get_absolute_url()).status_code == 404


def test_detail_costs_the_same_however_many_people_and_units(
    office, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(on_institution, "makers", [])  # this page's own cost
    institution = make_institution()
    confirm_names(institution)
    for _n in range(3):
        make_member(institution)
        make_institution(parent=institution)
    with django_assert_num_queries(16):
        response = office.get(institution.get_absolute_url())
    assert response.status_code == 200


def test_detail_offers_a_reader_nothing_to_change(signed_in):
    institution = make_institution()
    reader = signed_in(make_member(institution, MemberRole.READER))
    response = reader.get(institution.get_absolute_url())
    assert not any(response.context["may"].values())
    for name in ("institution_edit", "institution_contact", "name_forms", "member_invite"):
        assert reverse(name, args=[institution.pk]) not in response.content.decode()


def test_detail_shows_what_other_layers_registered(office, monkeypatch):
    monkeypatch.setattr(on_institution, "makers", [])
    institution = make_institution()

    on_institution.register(
        lambda user, shown: Section("components/script_texts.html", {"text": f"Nr {shown.pk}"})
    )
    on_institution.register(lambda user, shown: None)
    response = office.get(institution.get_absolute_url())
    assert response.context["sections"] == [
        Section("components/script_texts.html", {"text": f"Nr {institution.pk}"})
    ]

"""Changing the data of an institution, and its contact data alone."""

import pytest
from django.urls import reverse

from certification.audit.models import Event
from institutions.models import Institution
from institutions.services.institution import data_version
from institutions.states import MemberRole, Verb
from tests.factories import confirm_names, make_institution, make_member

from .typed import OTHER_NIP, data

pytestmark = pytest.mark.django_db


def test_new_town_needs_its_forms_and_the_short_name_seen_again(office):
    institution = make_institution(name="Ośrodek Pomocy Społecznej")
    confirm_names(institution, short={"nom": "OPS w Miasteczku"}, full={"gen": "Ośrodka"})
    office.post(
        reverse("institution_edit", args=[institution.pk]), data(town="Wrocław", voivodeship="02")
    )
    institution.refresh_from_db()
    assert (institution.town_genitive, institution.in_town) == ("Wrocławia", "we Wrocławiu")
    assert institution.town_confirmed_at is None
    confirmed = institution.name_forms.confirmed()
    assert [(form.variant, form.case) for form in confirmed] == [("full", "gen")]
    event = Event.objects.get(verb=Verb.CHANGE_INSTITUTION)
    assert event.facts == {"fields": "town, voivodeship"}


def test_name_is_not_changed_with_the_data(office):
    institution = make_institution(town="Próba")
    office.post(reverse("institution_edit", args=[institution.pk]), data(name="Podstawiona"))
    assert Institution.objects.get(pk=institution.pk).name == institution.name


def test_room_for_evidence_is_typed_in_gigabytes(office):
    institution = make_institution(town="Próba")
    page = reverse("institution_edit", args=[institution.pk])
    office.post(page, data(evidence_quota="2,5"))
    institution.refresh_from_db()
    assert institution.evidence_quota == 5 * 1024**3 // 2
    assert str(office.get(page).context["form"]["evidence_quota"].value()) == "2.50"
    office.post(page, data(evidence_quota=""))
    institution.refresh_from_db()
    assert institution.evidence_quota is None


@pytest.mark.parametrize("room", ["0", "-1", "1001", "dużo"])
def test_room_that_cannot_be_comes_back(room, office):
    institution = make_institution(town="Próba")
    page = reverse("institution_edit", args=[institution.pk])
    response = office.post(page, data(evidence_quota=room))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["evidence_quota"]


def test_town_where_the_name_is_listed_already_is_refused(office):
    there = make_institution(town="Próba")
    institution = make_institution(name=there.name, town="Inna")
    page = reverse("institution_edit", args=[institution.pk])
    response = office.post(page, data(town="Próba"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["town"]


def test_other_data_leave_the_confirmed_forms_alone(office):
    institution = make_institution()
    confirm_names(institution)
    typed = data(name=institution.name, town=institution.town, street="Wolności 1")
    response = office.post(reverse("institution_edit", args=[institution.pk]), typed)
    assert response.url == institution.get_absolute_url()
    institution.refresh_from_db()
    assert institution.street == "Wolności 1"
    assert institution.name_forms.confirmed().count() == 28


def test_saving_the_same_data_leaves_no_event(office):
    institution = make_institution()
    office.post(
        reverse("institution_edit", args=[institution.pk]),
        data(name=institution.name, town=institution.town),
    )
    assert not Event.objects.filter(verb=Verb.CHANGE_INSTITUTION).exists()


def test_stale_tab_answers_409_and_can_then_replace(office):
    institution = make_institution()
    seen = data_version(institution)
    Institution.objects.filter(pk=institution.pk).update(street="Nowsza 2")
    typed = data(name=institution.name, town=institution.town, street="Moja 1", seen=seen)
    response = office.post(reverse("institution_edit", args=[institution.pk]), typed)
    assert response.status_code == 409
    assert response.context["form"]["street"].value() == "Moja 1"
    assert [value for _label, value in response.context["newer"]] == ["Nowsza 2"]
    again = typed | {"seen": response.context["form"]["seen"].value()}
    assert office.post(response.request["PATH_INFO"], again).status_code == 302
    institution.refresh_from_db()
    assert institution.street == "Moja 1"


def test_custodian_changes_contact_data_and_nothing_else(signed_in):
    institution = make_institution()
    client = signed_in(make_member(institution))
    assert client.get(reverse("institution_edit", args=[institution.pk])).status_code == 403
    response = client.post(
        reverse("institution_contact", args=[institution.pk]),
        {"street": "Nowa 3", "email": "sekretariat@example.org", "name": "Inna", "nip": OTHER_NIP},
    )
    assert response.status_code == 302
    changed = Institution.objects.get(pk=institution.pk)
    assert (changed.street, changed.email) == ("Nowa 3", "sekretariat@example.org")
    assert (changed.name, changed.nip) == (institution.name, "")


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.READER])
def test_other_members_change_no_contact_data(role, signed_in):
    institution = make_institution()
    client = signed_in(make_member(institution, role))
    response = client.post(reverse("institution_contact", args=[institution.pk]), {"street": "X"})
    assert response.status_code == 403


def test_contact_of_a_foreign_institution_does_not_exist(signed_in):
    client = signed_in(make_member(make_institution()))
    address = reverse("institution_contact", args=[make_institution().pk])
    assert client.get(address).status_code == 404


def test_bad_contact_data_come_back(signed_in):
    institution = make_institution()
    client = signed_in(make_member(institution))
    response = client.post(
        reverse("institution_contact", args=[institution.pk]), {"email": "x", "street": "Nowa 3"}
    )
    assert response.status_code == 422
    assert response.context["form"]["street"].value() == "Nowa 3"

"""Adding an institution: what the form asks, suggests and refuses."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from certification.audit.models import Event
from institutions.models import Institution
from institutions.states import Role, Verb
from tests.factories import make_institution, make_user

from .typed import NIP, REGON, data

pytestmark = pytest.mark.django_db


def test_office_adds_an_institution_with_suggested_forms(office):
    response = office.post(
        reverse("institution_create"),
        data(nip="526-104 08 28", postcode="37450", edelivery="pl-12345-67890-abcde-12"),
    )
    institution = Institution.objects.get()
    assert response.url == reverse("name_forms", args=[institution.pk])
    assert institution.nip == NIP
    assert institution.postcode == "37-450"
    assert institution.edelivery == "AE:PL-12345-67890-ABCDE-12"
    assert institution.gender == "m"
    assert institution.name_forms.get(variant="full", case="dat").text == (
        "Ośrodkowi Pomocy Społecznej w Próbie"
    )
    assert not institution.name_forms.confirmed().exists()
    event = Event.objects.get(verb=Verb.CREATE_INSTITUTION)
    assert event.by == institution.created_by


def test_unit_gets_its_institution_and_may_share_its_nip(office):
    parent = make_institution(nip=NIP)
    address = reverse("institution_create") + f"?jednostka={parent.pk}"
    assert office.get(address).context["form"]["town"].value() == parent.town
    response = office.post(address, data(name="Zespół nr 1", nip=NIP))
    assert response.status_code == 302
    assert Institution.objects.get(name="Zespół nr 1").parent == parent


def test_unit_of_a_unit_is_not_possible(office):
    unit = make_institution(parent=make_institution())
    address = reverse("institution_create") + f"?jednostka={unit.pk}"
    assert office.get(address).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nip", "5261040829"),
        ("regon", "123"),
        ("krs", "abc"),
        ("teryt", "1818019"),
        ("teryt", "1413011"),  # lies in another voivodeship
        ("postcode", "3745"),
        ("edelivery", "AE:PL-1"),
        ("email", "nikt"),
        ("name", ""),
    ],
)
def test_bad_data_come_back_with_what_was_typed(field, value, office):
    response = office.post(
        reverse("institution_create"), data(**{"street": "Wolności 1", field: value})
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert len(response.context["form"].errors[field]) == 1
    assert response.context["form"]["street"].value() == "Wolności 1"
    assert not Institution.objects.exists()


@pytest.mark.parametrize(("field", "number"), [("nip", NIP), ("regon", REGON)])
def test_duplicate_number_names_the_institution_that_has_it(field, number, office):
    there = make_institution(**{field: number})
    response = office.post(reverse("institution_create"), data(**{field: number}))
    assert response.status_code == 422
    assert there.name in response.context["form"].errors[field][0]


def test_same_name_in_the_same_town_is_refused(office):
    there = make_institution()
    response = office.post(
        reverse("institution_create"), data(name=f" {there.name}  ", town=there.town)
    )
    assert response.status_code == 422
    assert Institution.objects.count() == 1


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOARD_MEMBER, Role.ASSESSOR])
def test_only_the_office_adds(role, signed_in):
    client = signed_in(make_user(role))
    assert client.get(reverse("institution_create")).status_code == 403
    assert client.post(reverse("institution_create"), data()).status_code == 403


def test_parent_that_is_no_number_is_no_parent(office):
    for nonsense in ("²", "9" * 5000, "-1", "\0"):
        response = office.get(reverse("institution_create"), {"jednostka": nonsense})
        assert response.status_code == 200
        assert response.context["parent"] is None


@pytest.mark.parametrize(
    "same", [{"nip": NIP}, {"regon": REGON}, {"name": "Ta Sama", "town": "Tu"}]
)
def test_database_refuses_duplicates(same):
    make_institution(**same)
    with pytest.raises(IntegrityError):
        make_institution(**same)

"""Whose unit an institution is: set, changed and removed later; never more than two levels."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from certification.audit.models import Event
from certification.errors import CannotDo
from institutions.models import Institution
from institutions.services.units import change_parent
from institutions.states import MemberRole, Role, Verb
from tests.factories import make_institution, make_member, make_user

pytestmark = pytest.mark.django_db

NIP, OTHER_NIP = "5261040828", "8670003563"


@pytest.fixture
def clerk():
    return make_user(Role.OFFICE)


@pytest.fixture
def office(signed_in, clerk):
    return signed_in(clerk)


def page(institution):
    return reverse("institution_parent", args=[institution.pk])


# --- the verb ---------------------------------------------------------------------------------


def test_unit_is_set_changed_and_removed(clerk):
    unit, first, second = make_institution(), make_institution(), make_institution()
    for parent in (first, second, None):
        assert change_parent(unit, parent=parent, by=clerk).parent == parent
    events = Event.objects.filter(verb=Verb.CHANGE_PARENT).order_by("seq")
    assert [event.facts["parent"] for event in events] == [first.pk, second.pk, None]


def test_the_same_parent_leaves_no_event(clerk):
    parent = make_institution()
    change_parent(make_institution(parent=parent), parent=parent, by=clerk)
    assert not Event.objects.filter(verb=Verb.CHANGE_PARENT).exists()


def test_no_institution_is_its_own_unit(clerk):
    institution = make_institution()
    with pytest.raises(CannotDo):
        change_parent(institution, parent=institution, by=clerk)


def test_unit_has_no_units(clerk):
    parent = make_institution()
    unit = make_institution(parent=parent)
    with pytest.raises(CannotDo):  # three levels
        change_parent(make_institution(), parent=unit, by=clerk)
    with pytest.raises(CannotDo):  # a circle, and three levels
        change_parent(parent, parent=unit, by=clerk)
    with pytest.raises(CannotDo):  # it would take its units along
        change_parent(parent, parent=make_institution(), by=clerk)
    assert not Institution.objects.filter(pk=parent.pk).exclude(parent=None).exists()


def test_unit_keeps_its_institutions_nip_and_nobody_elses(clerk):
    parent, other = make_institution(nip=NIP), make_institution()
    unit = make_institution(parent=parent, nip=NIP)
    for elsewhere in (other, None):
        with pytest.raises(CannotDo) as refused:
            change_parent(unit, parent=elsewhere, by=clerk)
        assert parent.name in str(refused.value)
    with_own_nip = make_institution(nip=OTHER_NIP)
    assert change_parent(with_own_nip, parent=other, by=clerk).nip == OTHER_NIP


def test_database_refuses_an_institution_as_its_own_unit():
    institution = make_institution()
    with pytest.raises(IntegrityError):
        Institution.objects.filter(pk=institution.pk).update(parent=institution)


# --- the page ---------------------------------------------------------------------------------


def test_office_looks_the_institution_up_and_chooses_it(office):
    unit, parent = make_institution(), make_institution(name="Ośrodek Główny", town="Łódź")
    assert office.get(page(unit)).context["found"] == []
    assert office.get(page(unit), {"q": "lodz osrodek"}).context["found"] == [parent]
    response = office.post(page(unit), {"parent": parent.pk})
    assert response.url == unit.get_absolute_url()
    unit.refresh_from_db()
    assert unit.parent == parent
    assert parent.name in office.get(unit.get_absolute_url()).content.decode()
    assert unit.name in office.get(parent.get_absolute_url()).content.decode()
    assert office.post(page(unit), {"parent": ""}).status_code == 302
    unit.refresh_from_db()
    assert unit.parent is None


def test_choice_offers_neither_units_nor_itself_and_twenty_at_most(
    office, django_assert_num_queries
):
    for number in range(22):
        make_institution(name=f"Klub Zbiorowy {number}")
    unit = make_institution(name="Klub Zbiorowy", parent=make_institution())
    with django_assert_num_queries(7):
        context = office.get(page(unit), {"q": "klub zbiorowy"}).context
    assert (len(context["found"]), context["more"]) == (20, True)
    assert unit not in context["found"]


def test_refusal_comes_back_with_its_reason(office):
    unit, parent = make_institution(parent=make_institution()), make_institution()
    response = office.post(page(parent), {"parent": unit.pk})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["parent"]
    assert office.post(page(parent), {"parent": "0"}).status_code == 422


def test_institution_with_units_is_told_why_not(office):
    parent = make_institution()
    make_institution(parent=parent)
    content = office.get(page(parent)).content.decode()
    assert "ma własne jednostki" in content
    assert 'type="search"' not in content


def test_only_the_office_may(signed_in):
    institution, parent = make_institution(), make_institution()
    for role in MemberRole:
        client = signed_in(make_member(institution, role))
        assert client.post(page(institution), {"parent": parent.pk}).status_code == 403
    outsider = signed_in(make_member(parent))
    assert outsider.post(page(institution), {"parent": parent.pk}).status_code == 404
    institution.refresh_from_db()
    assert institution.parent is None

"""The list of institutions: who sees what, what a search finds, what it costs."""

import pytest
from django.urls import reverse

from tests.factories import confirm_names, make_institution, make_kind, make_member

from .typed import NIP

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(rows, office, django_assert_num_queries):
    for _n in range(rows):
        make_institution()
    with django_assert_num_queries(7):
        response = office.get(reverse("institution_list"))
    assert len(response.context["page"].object_list) == rows


def test_list_shows_members_their_own_only(signed_in):
    own, foreign = make_institution(), make_institution(name="Kanarek w Klatce")
    response = signed_in(make_member(own)).get(reverse("institution_list"))
    assert [one.pk for one in response.context["page"].object_list] == [own.pk]
    assert foreign.name not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        *("śląskich", "slaskich", "PIEKARY", "MBP Piekary", "biblioteka śląskie"),
        *("526-104-08-28", "526 104 08 28", "5261040828", "61040", "biblioteką", "PL5261040828"),
    ],
)
def test_search_finds_by_name_town_acronym_and_number(query, office):
    found = make_institution(
        name="Miejska Biblioteka Publiczna w Piekarach Śląskich", town="Piekary Śląskie", nip=NIP
    )
    confirm_names(found, acronym={"nom": "MBP"}, generic={"inst": "biblioteką"})
    make_institution()
    response = office.get(reverse("institution_list"), {"q": query})
    assert [one.pk for one in response.context["page"].object_list] == [found.pk]


def test_filters_narrow_by_voivodeship_and_kind(office):
    found = make_institution(voivodeship="24", kind=make_kind("library"))
    make_institution(voivodeship="24")
    make_institution(voivodeship="18", kind=make_kind("library"))
    response = office.get(reverse("institution_list"), {"voivodeship": "24", "kind": "library"})
    assert [one.pk for one in response.context["page"].object_list] == [found.pk]


def test_nonsense_in_the_filters_narrows_nothing(office):
    make_institution()
    response = office.get(
        reverse("institution_list"), {"voivodeship": "99", "kind": "x", "page": "x"}
    )
    assert len(response.context["page"].object_list) == 1


def test_list_says_whether_the_full_name_is_confirmed(office):
    ready, waiting = make_institution(), make_institution()
    confirm_names(ready)
    confirm_names(waiting, full={"nom": waiting.name})
    rows = office.get(reverse("institution_list")).context["page"].object_list
    assert {one.pk: one.confirmed_cases for one in rows} == {ready.pk: 7, waiting.pk: 1}


def test_pages_of_the_list_hold_25(office):
    for _n in range(26):
        make_institution()
    assert len(office.get(reverse("institution_list")).context["page"].object_list) == 25
    second = office.get(reverse("institution_list"), {"page": 2})
    assert len(second.context["page"].object_list) == 1

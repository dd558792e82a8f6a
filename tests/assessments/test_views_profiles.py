"""What an assessor can take: told by themselves, and by the office for them."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from certification.assessments.models import MOST, AssessorProfile
from certification.assessments.services import change_profile
from certification.assessments.states import Verb
from certification.audit.models import Event
from certification.errors import CannotDo, Stale
from institutions.states import Role
from tests.assessments.factories import make_profile
from tests.factories import days_from_today, make_user

pytestmark = pytest.mark.django_db
MINE = "/oceny/dyspozycyjnosc/"


def typed(**changed: Any) -> dict[str, Any]:
    data = {"regions": ["18", "06"], "most_at_once": 4, "version": 0}
    data |= {"away_from": "2030-07-01", "away_until": "2030-07-31"}
    return data | changed


def told(person: Any, **changed: Any) -> AssessorProfile:
    facts: dict[str, Any] = {"regions": ["02"], "most_at_once": 2}
    facts |= {"away_from": None, "away_until": None}
    return change_profile(person, by=person, **facts | changed)


def test_an_assessor_says_what_they_can_take(signed_in: Any) -> None:
    me = make_user(Role.ASSESSOR)
    response = signed_in(me).post(MINE, typed())
    assert response["Location"] == reverse("my_account")
    profile = AssessorProfile.objects.get()
    assert (profile.user, profile.updated_by, profile.most_at_once) == (me, me, 4)
    assert profile.voivodeships() == ["06", "18"]
    assert profile.region_names() == ["lubelskie", "podkarpackie"]
    assert Event.objects.get(verb=Verb.CHANGE_PROFILE).facts == {"assessor": me.pk, "version": 1}


def test_the_office_says_it_for_them_and_sees_it_on_their_page(signed_in: Any) -> None:
    person, clerk = make_user(Role.ASSESSOR), make_user(Role.OFFICE)
    client = signed_in(clerk)
    response = client.post(reverse("assessor_profile", args=[person.pk]), typed())
    assert response["Location"] == person.get_absolute_url()
    assert AssessorProfile.objects.get(user=person).updated_by == clerk
    page = client.get(person.get_absolute_url()).content.decode()
    assert "lubelskie, podkarpackie" in page
    assert "1 lipca 2030" in page


def test_one_finds_it_on_ones_account(signed_in: Any) -> None:
    assert f'href="{MINE}"' in signed_in(make_user(Role.ASSESSOR)).get("/konto/").content.decode()
    assert MINE not in signed_in(make_user(Role.OFFICE)).get("/konto/").content.decode()


def test_before_anything_is_said_the_form_says_what_holds(signed_in: Any) -> None:
    form = signed_in(make_user(Role.ASSESSOR)).get(MINE).context["form"]
    assert (form["most_at_once"].value(), form["version"].value()) == (MOST, 0)
    assert not AssessorProfile.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"regions": ["99"]}, "regions"),
        ({"most_at_once": "-1"}, "most_at_once"),
        ({"most_at_once": "kilka"}, "most_at_once"),
        ({"away_until": ""}, "away_until"),
        ({"away_from": ""}, "away_until"),
        ({"away_until": "2030-06-30"}, "__all__"),
        ({"away_from": "w lipcu"}, "away_from"),
    ],
)
def test_what_makes_no_sense_comes_back(wrong: dict[str, Any], field: str, signed_in: Any) -> None:
    response = signed_in(make_user(Role.ASSESSOR)).post(MINE, typed(**wrong))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not AssessorProfile.objects.exists()


def test_the_later_of_two_gets_409_and_keeps_what_was_typed(signed_in: Any) -> None:
    me = make_user(Role.ASSESSOR)
    client = signed_in(me)
    told(me)
    response = client.post(MINE, typed(most_at_once=9))
    assert response.status_code == 409
    assert response.context["form"]["most_at_once"].value() == "9"
    assert "dolnośląskie" in response.content.decode()
    again = typed(most_at_once=9, version=response.context["form"]["version"].value())
    assert client.post(MINE, again).status_code == 302
    assert AssessorProfile.objects.get().most_at_once == 9


def test_the_verb_refuses_what_is_stale_and_who_is_no_assessor() -> None:
    me = make_user(Role.ASSESSOR)
    told(me)
    with pytest.raises(Stale):
        told(me)
    with pytest.raises(CannotDo):
        told(make_user(Role.OFFICE))


@pytest.mark.parametrize(
    "days",
    [
        {"away_from": days_from_today(2)},
        {"away_until": days_from_today(2)},
        {"away_from": days_from_today(2), "away_until": days_from_today(1)},
    ],
)
def test_the_database_keeps_both_days_in_order(days: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_profile(make_user(Role.ASSESSOR), **days)

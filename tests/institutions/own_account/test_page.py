"""The page of one's own account, and one's data."""

import pytest
from django.urls import reverse

from institutions.models import User
from institutions.states import Verb
from tests.factories import make_institution, make_member
from tests.institutions.journal import verbs

pytestmark = pytest.mark.django_db


def test_page_shows_roles_and_institutions_of_today(me, client):
    institution = make_institution(name="Dom Kultury w Miasteczku")
    make_member(institution, user=me)
    page = client.get(reverse("my_account")).content.decode()
    for shown in (me.full_name, me.email, "Dom Kultury w Miasteczku", "Opiekun"):
        assert shown in page
    assert client.get("/konto/").status_code == 200


def test_people_change_their_own_name_and_nothing_else(me, client):
    typed = {"full_name": "Ja  Sama", "function": "Dyrektorka", "is_active": "", "email": "x@y.pl"}
    assert client.post(reverse("my_data"), typed).url == reverse("my_account")
    changed = User.objects.get(pk=me.pk)
    assert (changed.full_name, changed.function) == ("Ja Sama", "Dyrektorka")
    assert (changed.email, changed.is_active) == (me.email, True)
    assert verbs() == [Verb.CHANGE_ACCOUNT]
    for bad in ({"full_name": ""}, {"full_name": "http://przyklad.pl"}):
        assert client.post(reverse("my_data"), typed | bad).status_code == 422

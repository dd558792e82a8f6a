"""The language one chooses, here and at the next sign-in."""

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import User
from institutions.states import Verb
from tests.institutions.journal import verbs

from .browsers import device

pytestmark = pytest.mark.django_db


def test_chosen_language_works_here_at_once_and_elsewhere_at_the_next_sign_in(me, client):
    elsewhere = device(me)
    client.post(reverse("my_language"), {"language": "en"})
    assert b'<html lang="en">' in client.get(reverse("my_account")).content
    assert b'<html lang="pl">' in elsewhere.get(reverse("my_account")).content
    assert b'<html lang="en">' in device(me).get(reverse("my_account")).content
    assert verbs() == [Verb.CHANGE_LANGUAGE]


def test_switch_on_every_page_saves_for_who_is_signed_in(me, client):
    response = client.post(reverse("set_language"), {"language": "en", "next": "/rejestr/"})
    assert response.url == "/rejestr/"
    assert User.objects.get(pk=me.pk).language == "en"
    Client().post(reverse("set_language"), {"language": "en"})  # a visitor: the cookie alone


@pytest.mark.parametrize("name", ["my_language", "set_language"])
@pytest.mark.parametrize("language", ["xx", "", "pl\r\nSet-Cookie: a=b"])
def test_unknown_language_changes_nothing(name, language, me, client):
    assert client.post(reverse(name), {"language": language}).status_code == 302
    assert User.objects.get(pk=me.pk).language == ""


def test_looking_at_the_switch_changes_nothing(me, client):
    client.get(reverse("set_language"), {"language": "en"})
    assert User.objects.get(pk=me.pk).language == ""

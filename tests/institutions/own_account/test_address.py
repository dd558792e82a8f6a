"""One's own address: a new one takes the place of the old once its link is opened."""

import re
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification.errors import CannotDo
from institutions.models import User
from institutions.services.account import ask_for_email, change_email
from institutions.states import Verb
from tests.factories import PASSWORD, make_institution, make_invitation, make_user
from tests.institutions.journal import verbs

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "zielony-rower-na-wsi"


def confirm_password(client):
    there = client.get(reverse("my_email"))
    assert there.status_code == 302
    back = client.post(there.url, {"password": PASSWORD})
    assert back.url == reverse("my_email")


def link_in(message):
    [link] = re.findall(r"http://127\.0\.0\.1:8000(/konto/email/\S+/)", message.body)
    return link


@pytest.fixture
def ask(client, django_capture_on_commit_callbacks):
    confirm_password(client)

    def post(email):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("my_email"), {"email": email})

    return post


def test_password_is_asked_for_before_the_address_changes(client):
    address = reverse("my_email")
    for response in (client.get(address), client.post(address, {"email": "nowy@example.org"})):
        assert response.url.startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []


def test_typed_address_is_not_lost_when_the_password_is_asked_for(
    me, client, django_capture_on_commit_callbacks
):
    there = client.post(reverse("my_email"), {"email": "nowy@example.org"})
    with django_capture_on_commit_callbacks(execute=True):
        back = client.post(there.url, {"password": PASSWORD})
    assert back.url == reverse("my_account")
    assert ["nowy@example.org"] in [message.to for message in mail.outbox]


def test_wrong_password_changes_nothing(client):
    there = client.post(reverse("my_email"), {"email": "nowy@example.org"})
    assert client.post(there.url, {"password": "nie to"}).status_code == 200
    assert client.get(reverse("my_email")).status_code == 302
    assert mail.outbox == []


def test_new_address_replaces_the_old_once_its_link_is_opened(
    me, ask, client, django_capture_on_commit_callbacks
):
    assert ask(" Nowy@Example.org ").url == reverse("my_account")
    to_new, to_old = sorted(mail.outbox, key=lambda one: one.to != ["nowy@example.org"])
    assert (to_new.to, to_old.to) == (["nowy@example.org"], ["ja@example.org"])
    assert "nowy@example.org" not in to_old.body
    assert User.objects.get(pk=me.pk).email == "ja@example.org"
    link = link_in(to_new)
    visitor = Client()  # the letter may be read on a telephone that nobody signed in on
    assert visitor.get(link).status_code == 200
    assert User.objects.get(pk=me.pk).email == "ja@example.org"  # looking changes nothing
    with django_capture_on_commit_callbacks(execute=True):
        assert visitor.post(link).status_code == 302
    assert User.objects.get(pk=me.pk).email == "nowy@example.org"
    assert mail.outbox[-1].to == ["ja@example.org"]
    assert verbs() == [Verb.ASK_FOR_EMAIL, Verb.CHANGE_EMAIL]
    assert visitor.get(link).status_code == 404  # once
    sign_in = reverse("account_login")
    signed = {"password": PASSWORD}
    assert Client().post(sign_in, signed | {"login": "ja@example.org"}).status_code == 200
    assert Client().post(sign_in, signed | {"login": "nowy@example.org"}).status_code == 302
    assert client.get(reverse("my_account")).status_code == 200  # still signed in


def test_answer_is_the_same_for_an_address_that_has_an_account(me, ask, client):
    other = make_user(email="cudzy@example.org")
    answers = []
    for email in (other.email, "wolny@example.org"):
        response = ask(email)
        page = client.get(response.url).content.decode()
        said = re.findall(r'class="message".*?</div>', page, re.S)
        answers.append((response.url, [one.replace(email, "ADRES") for one in said]))
    assert answers[0] == answers[1]
    to_other = [message for message in mail.outbox if message.to == [other.email]]
    assert len(to_other) == 1
    assert "/konto/email/" not in to_other[0].body


def test_address_taken_meanwhile_stays_its_owners(me, ask):
    ask("nowy@example.org")
    link = link_in(next(one for one in mail.outbox if one.to == ["nowy@example.org"]))
    make_user(email="NOWY@example.org")
    assert Client().post(link).status_code == 422
    assert User.objects.get(pk=me.pk).email == "ja@example.org"


def test_own_address_and_a_bad_one_come_back(ask):
    for email in ("ja@example.org", "JA@example.org", "x", "a@b.pl\nBcc: c@d.pl"):
        assert ask(email).status_code == 422
    assert mail.outbox == []


@pytest.mark.parametrize("change", ["password", "deactivation", "time", "forgery"])
def test_link_stops_working(change, me, ask):
    ask("nowy@example.org")
    link = link_in(next(one for one in mail.outbox if one.to == ["nowy@example.org"]))
    if change == "password":
        me.set_password(NEW_PASSWORD)
        me.save()
    elif change == "deactivation":
        User.objects.filter(pk=me.pk).update(is_active=False)
    elif change == "forgery":
        link = link[:-3] + "xx/"
    if change == "time":
        later = timezone.now().timestamp() + 3 * 24 * 3600 + 1
        with mock.patch("django.core.signing.time.time", return_value=later):
            assert Client().post(link).status_code == 404
    else:
        assert Client().post(link).status_code == 404
    assert User.objects.get(pk=me.pk).email == "ja@example.org"


def test_old_address_signs_in_and_resets_no_more(me, django_capture_on_commit_callbacks):
    """allauth looks an account up by its own list of addresses, too."""
    EmailAddress.objects.create(user=me, email=me.email, verified=True, primary=True)
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_email(me, by=me, email="nowy@example.org")
    key = link_in(next(one for one in mail.outbox if one.to == ["nowy@example.org"]))
    change_email(key.split("/")[3])
    mail.outbox.clear()
    Client().post(reverse("account_reset_password"), {"email": "ja@example.org"})
    assert mail.outbox == []
    assert EmailAddress.objects.count() == 0


def test_invitation_to_the_old_address_keeps_working(me, ask, client):
    institution = make_institution()
    invitation = make_invitation(institution, email=me.email)
    ask("nowy@example.org")
    Client().post(link_in(next(one for one in mail.outbox if one.to == ["nowy@example.org"])))
    response = client.post(reverse("invitation", args=[invitation.secret]))
    assert response.url == institution.get_absolute_url()
    assert User.objects.get(pk=me.pk).institution_ids == {institution.pk}


def test_allauth_lists_no_addresses_of_its_own(client):
    """Its pages of the same address are out of reach: a second list would contradict ours."""
    confirm_password(client)
    for action in ("action_add", "action_primary", "action_remove", "action_send"):
        client.post("/konto/email/", {action: "", "email": "nowy@example.org"})
    assert EmailAddress.objects.count() == 0


def test_own_address_cannot_be_asked_for(me):
    with pytest.raises(CannotDo):
        ask_for_email(me, by=me, email=me.email.upper())

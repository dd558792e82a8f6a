"""One's own account: name, address, devices, language."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo
from institutions.accounts import sessions
from institutions.accounts.devices import device_of
from institutions.accounts.sessions import sessions_of
from institutions.models import User
from institutions.services.account import ask_for_email, change_email
from institutions.services.people import deactivate_account
from institutions.states import Role, Verb
from tests.factories import PASSWORD, make_institution, make_invitation, make_member, make_user

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "zielony-rower-na-wsi"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()
    sessions._note.cache_clear()


@pytest.fixture
def me():
    return make_user(email="ja@example.org")


@pytest.fixture
def client(me):
    return device(me)


def device(person, agent="Mozilla/5.0 (Windows NT 10.0) Firefox/128.0", ip="192.0.2.7"):
    """A browser in which the person signed in through the form."""
    browser = Client(headers={"user-agent": agent}, REMOTE_ADDR=ip)
    done = browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert done.status_code == 302
    return browser


def verbs():
    return list(Event.objects.order_by("seq").values_list("verb", flat=True))


# --- the page -------------------------------------------------------------------------------


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


# --- the address ----------------------------------------------------------------------------


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


# --- devices --------------------------------------------------------------------------------

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1"


def listed(client):
    return client.get(reverse("my_sessions")).context["sessions"]


def is_in(client):
    return client.get(reverse("my_account")).status_code == 200


def test_devices_are_listed_in_plain_words_with_their_place(me, client):
    device(me, PHONE, "192.0.2.9")
    device(make_user())
    shown = [(one.device, one.row.ip, one.is_current) for one in listed(client)]
    assert shown == [
        ("Firefox, Windows", "192.0.2.7", True),
        ("Safari, iPhone", "192.0.2.9", False),
    ]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Safari/605.1", "Safari, macOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko Firefox/128.0", "Firefox, Linux"),
        ("curl/8", "nierozpoznane urządzenie"),
        ("", "nierozpoznane urządzenie"),
        ("<script>alert(1)</script>", "nierozpoznane urządzenie"),
    ],
)
def test_device_in_plain_words(agent, words):
    assert device_of(agent) == words


def test_one_other_device_is_signed_out(me, client):
    phone, tablet = device(me, PHONE), device(me)
    row = next(one.row for one in listed(client) if one.device == "Safari, iPhone")
    assert client.post(reverse("session_end", args=[row.pk])).url == reverse("my_sessions")
    assert [is_in(one) for one in (client, phone, tablet)] == [True, False, True]
    assert verbs() == [Verb.END_SESSIONS]


def test_all_other_devices_are_signed_out(me, client):
    others = [device(me), device(me)]
    stranger = device(make_user())
    client.post(reverse("other_sessions_end"))
    assert [is_in(one) for one in (client, *others, stranger)] == [True, False, False, True]
    assert len(listed(client)) == 1


def test_session_of_another_person_does_not_exist_here(me, client):
    other = make_user()
    browser = device(other)
    foreign = UserSession.objects.get(user=other)
    assert client.post(reverse("session_end", args=[foreign.pk])).status_code == 404
    assert is_in(browser)


def test_new_password_ends_the_other_sessions(me, client):
    other = device(me)
    typed = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(reverse("account_change_password"), typed)
    assert [is_in(client), is_in(other)] == [True, False]
    assert [one.is_current for one in listed(client)] == [True]
    assert verbs() == [Verb.CHANGE_PASSWORD]


def test_account_switched_off_loses_its_sessions_for_good(me, client):
    administrator = make_user(Role.ADMINISTRATOR)
    deactivate_account(me, by=administrator)
    User.objects.filter(pk=me.pk).update(is_active=True)
    assert not is_in(client)
    assert UserSession.objects.filter(user=me).count() == 0


def test_session_past_its_time_is_not_listed(me, client):
    device(me, PHONE)
    row = next(one.row for one in listed(client) if not one.is_current)
    Session.objects.filter(session_key=row.session_key).update(
        expire_date=clock.now() - timedelta(seconds=1)
    )
    assert len(listed(client)) == 1


def test_listing_writes_nothing_and_costs_the_same(me, client, django_assert_num_queries):
    listed(client)
    with django_assert_num_queries(5):  # session, user, rows, living ones; the page's frame
        listed(client)
    for _n in range(3):
        device(me)
    with django_assert_num_queries(5):
        assert len(listed(client)) == 4


def test_last_use_is_noted_now_and_then(me, client, django_assert_num_queries):
    row = UserSession.objects.get(user=me)
    long_ago = clock.now() - timedelta(hours=1)
    UserSession.objects.update(last_seen_at=long_ago)
    sessions._note.cache_clear()
    is_in(client)
    row.refresh_from_db()
    assert row.last_seen_at > long_ago
    UserSession.objects.update(last_seen_at=long_ago)
    is_in(client)  # the same ten minutes
    row.refresh_from_db()
    assert row.last_seen_at == long_ago


def test_noting_does_not_lengthen_the_session(me, client):
    before = Session.objects.get().expire_date
    with clock.set_to(clock.now() + timedelta(hours=1)):
        is_in(client)
    assert Session.objects.get().expire_date == before


def test_page_goes_out_when_the_use_cannot_be_noted(me, client):
    sessions._note.cache_clear()

    def fail(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "usersession" in sql:
            raise OperationalError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        assert is_in(client)


def test_page_without_a_session_asks_nothing_more(me, client, django_assert_num_queries):
    sessions._note.cache_clear()
    with django_assert_num_queries(1):
        client.get(reverse("healthz"))


def test_sessions_of_gives_nothing_to_a_stranger(me, client):
    assert sessions_of(make_user(), current=None) == []


# --- language -------------------------------------------------------------------------------


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


def test_own_address_cannot_be_asked_for(me):
    with pytest.raises(CannotDo):
        ask_for_email(me, by=me, email=me.email.upper())

"""Where one is signed in, in plain words, and signing out there."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.urls import reverse

from certification import clock
from institutions.accounts import sessions
from institutions.accounts.devices import device_of
from institutions.accounts.sessions import sessions_of
from institutions.models import User
from institutions.services.people import deactivate_account
from institutions.states import Role, Verb
from tests.factories import PASSWORD, make_user
from tests.institutions.journal import verbs

from .browsers import device

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "zielony-rower-na-wsi"
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

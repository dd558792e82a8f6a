"""Inviting from the institution's page, and what the bearer of a link sees."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certification import clock
from certification.logs import WithoutSecrets
from institutions.models import Invitation, User
from institutions.states import MemberRole, Role
from tests.factories import PASSWORD, make_institution, make_invitation, make_member, make_user

pytestmark = pytest.mark.django_db
NEW = {"full_name": "Nowa Osoba", "password": "zielony-rower-na-wsi"}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def custodian(institution, signed_in):
    return signed_in(make_member(institution))


def link(invitation):
    return reverse("invitation", args=[invitation.secret])


def text(response):
    return response.content.decode()


# --- the institution's side -----------------------------------------------------------------

INVITED = {"email": "nowa@example.org", "full_name": "Nowa Osoba", "role": "editor"}


def test_custodian_invites_and_nobody_is_in_yet(custodian, institution):
    address = reverse("member_invite", args=[institution.pk])
    assert custodian.get(address).status_code == 200
    assert custodian.post(address, INVITED).url == institution.get_absolute_url()
    invitation = institution.invitations.get()
    assert (invitation.email, invitation.role) == ("nowa@example.org", "editor")
    assert institution.memberships.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"email": "x"}, {"role": "office"}, {"role": ""}, {"full_name": "Kup na www.przyklad.pl"}],
)
def test_bad_invitation_comes_back(wrong, custodian, institution):
    response = custodian.post(reverse("member_invite", args=[institution.pk]), INVITED | wrong)
    assert response.status_code == 422
    assert institution.invitations.count() == 0


def test_form_answers_alike_whether_or_not_the_address_has_an_account(custodian, institution):
    """A custodian must not learn from it who has an account here, or in which role."""
    assessor = make_user(Role.ASSESSOR, email="znana@example.org")
    inactive = make_user(email="wylaczona@example.org", is_active=False)
    address = reverse("member_invite", args=[institution.pk])
    answers = set()
    for email in (assessor.email, inactive.email, "obca@example.org"):
        response = custodian.post(address, INVITED | {"email": email}, follow=True)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(response))
        page = re.sub(r"zaproszenia/\d+", "zaproszenia/N", page.replace(email, "ADRES"))
        institution.invitations.all().delete()
        answers.add(re.sub(r"\s+", " ", page.split('class="invited"')[1].split("</ul>")[0]))
    assert len(answers) == 1


def test_invitations_are_listed_to_who_may_send_them(custodian, institution, signed_in):
    waiting = make_invitation(institution, email="czeka@example.org")
    make_invitation(
        institution, email="dawna@example.org", expires_at=clock.now() - timedelta(days=1)
    )
    page = custodian.get(institution.get_absolute_url())
    states = {one["row"].email: one["state"] for one in page.context["people"]["invitations"]}
    assert states == {"czeka@example.org": "waiting", "dawna@example.org": "expired"}
    for outsider in (make_member(institution, MemberRole.EDITOR), make_user(Role.BOARD_MEMBER)):
        assert waiting.email not in text(signed_in(outsider).get(institution.get_absolute_url()))


def test_invitation_is_sent_again_and_cancelled(
    custodian, institution, django_capture_on_commit_callbacks
):
    invitation = make_invitation(institution)
    with django_capture_on_commit_callbacks(execute=True):
        response = custodian.post(
            reverse("invitation_resend", args=[institution.pk, invitation.pk])
        )
    assert response.url == institution.get_absolute_url()
    assert [message.to for message in mail.outbox] == [[invitation.email]]
    cancel = reverse("invitation_cancel", args=[institution.pk, invitation.pk])
    assert custodian.get(cancel).status_code == 405
    assert custodian.post(cancel).url == institution.get_absolute_url()
    assert custodian.post(cancel).status_code == 422  # settled already


@pytest.mark.parametrize("name", ["invitation_resend", "invitation_cancel"])
def test_others_neither_send_again_nor_cancel(name, institution, signed_in):
    invitation = make_invitation(institution)
    address = reverse(name, args=[institution.pk, invitation.pk])
    elsewhere = make_institution()
    assert signed_in(make_member(institution, MemberRole.EDITOR)).post(address).status_code == 403
    assert signed_in(make_user(Role.BOARD_MEMBER)).post(address).status_code == 403
    assert signed_in(make_member(elsewhere)).post(address).status_code == 404
    foreign = reverse(name, args=[elsewhere.pk, invitation.pk])
    assert signed_in(make_member(elsewhere)).post(foreign).status_code == 404


# --- the bearer of the link -----------------------------------------------------------------


def test_page_says_who_invites_to_what_and_until_when(client, institution):
    invitation = make_invitation(institution, invited_by=make_member(institution, full_name="Ewa"))
    page = text(client.get(link(invitation)))
    for said in (institution.name, "Ewa", invitation.email, "Redaktor", "pisze wnioski"):
        assert said in page


def test_looking_at_the_link_writes_nothing(client, institution):
    invitation = make_invitation(institution)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(link(invitation))
    wrote = [one["sql"] for one in queries if not one["sql"].lstrip().startswith("SELECT")]
    assert wrote == []
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_person_without_an_account_opens_one_and_is_in(client, institution):
    invitation = make_invitation(institution)
    client.get(reverse("home"))
    client.session["anything"] = 1
    response = client.post(link(invitation), NEW | {"email": "inna@example.org", "role": "x"})
    assert response.url == institution.get_absolute_url()
    person = User.objects.get(email=invitation.email)
    assert not User.objects.filter(email="inna@example.org").exists()
    assert person.institution_ids == {institution.pk}
    assert client.get(response.url).status_code == 200  # signed in already
    again = Client().post(
        reverse("account_login"), {"login": person.email, "password": NEW["password"]}
    )
    assert again.url == reverse("panel")


def test_session_begins_anew_with_the_account(client, institution):
    client.cookies["sessionid"] = "z" * 32
    client.post(link(make_invitation(institution)), NEW)
    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != "z" * 32


@pytest.mark.parametrize(
    "wrong",
    [{"password": "krotkie"}, {"password": "password1234"}, {"password": ""}, {"full_name": ""}],
)
def test_bad_new_account_comes_back(wrong, client, institution):
    invitation = make_invitation(institution)
    response = client.post(link(invitation), NEW | wrong)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == wrong.keys()
    assert not User.objects.filter(email=invitation.email).exists()
    invitation.refresh_from_db()
    assert invitation.is_awaiting


def test_password_like_the_address_is_refused(client, institution):
    invitation = make_invitation(institution, email="stanislawa.nowak@example.org")
    response = client.post(link(invitation), NEW | {"password": "stanislawa.nowak"})
    assert response.status_code == 422


def test_person_with_an_account_signs_in_and_comes_back_to_accept(institution):
    invitation = make_invitation(institution)
    person = make_user(email=invitation.email)
    visitor = Client()
    page = text(visitor.get(link(invitation)))
    assert f"{reverse('account_login')}?next={link(invitation)}" in page
    assert 'type="password"' not in page
    assert visitor.post(link(invitation), NEW).status_code == 422  # no second account
    sent = {"login": person.email, "password": PASSWORD, "next": link(invitation)}
    assert visitor.post(reverse("account_login"), sent).url == link(invitation)
    assert visitor.post(link(invitation)).url == institution.get_absolute_url()
    assert User.objects.get(pk=person.pk).institution_ids == {institution.pk}


def test_somebody_else_is_offered_to_sign_out(institution, signed_in):
    invitation = make_invitation(institution)
    other = make_user()
    client = signed_in(other)
    page = text(client.get(link(invitation)))
    assert other.email in page
    assert f'name="next" value="{link(invitation)}"' in page
    assert client.post(link(invitation), NEW).status_code == 422
    assert User.objects.get(pk=other.pk).institution_ids == frozenset()
    out = client.post(reverse("account_logout"), {"next": link(invitation)})
    assert out.url == link(invitation)


@pytest.mark.parametrize(
    "roles", [(Role.ASSESSOR,), (Role.OFFICE,), (Role.COMMITTEE_CHAIR, Role.BOARD_MEMBER)]
)
def test_person_of_the_certification_body_is_warned_before(roles, institution, signed_in):
    invitation = make_invitation(institution)
    person = make_user(*roles, email=invitation.email)
    assert signed_in(person).get(link(invitation)).context["closes_cases"]
    page = Client().get(link(invitation))  # whoever else holds the link does not learn of it
    assert not page.context["closes_cases"]
    plain = make_invitation(institution)
    assert not signed_in(make_user(email=plain.email)).get(link(plain)).context["closes_cases"]


def test_garbage_and_a_cancelled_link_get_the_same_answer(institution):
    cancelled = make_invitation(institution, email="a@example.org")
    orphan = make_invitation(institution, email="b@example.org")
    orphan.invited_by.memberships.update(until=clock.today() - timedelta(days=1))
    Invitation.objects.filter(pk=cancelled.pk).update(cancelled_at=clock.now())
    make_user(email="a@example.org")
    for method in ("get", "post"):
        answers = set()
        for address in (link(cancelled), link(orphan), reverse("invitation", args=["cokolwiek"])):
            response = getattr(Client(), method)(address, NEW)
            page = re.sub(r'value="\w{64}"', "", text(response)).replace(address, "")
            answers.add((response.status_code, page))
        assert len(answers) == 1
        assert answers.pop()[0] == 404


def test_used_and_expired_links_say_what_to_do(client, institution):
    used = make_invitation(institution)
    Client().post(link(used), NEW)
    old = make_invitation(institution, expires_at=clock.now() - timedelta(days=1))
    for invitation, why in ((used, "used"), (old, "expired")):
        for method in (client.get, client.post):
            response = method(link(invitation))
            assert (response.status_code, response.context["why"]) == (410, why)


def test_many_tries_from_one_address_are_slowed_down(client, institution):
    address = reverse("invitation", args=["cokolwiek"])
    answers = [client.post(address).status_code for _n in range(31)]
    assert answers == [404] * 30 + [429]


@pytest.mark.parametrize(
    "path",
    ["/zaproszenie/tajne123/", "/konto/email/tajne123/", "/konto/password/reset/key/tajne123/"],
)
def test_log_keeps_no_secret_of_a_link(path):
    record = logging.LogRecord("x", 30, "", 0, "%s: %s", ("Not Found", path), None)
    assert WithoutSecrets().filter(record)
    assert "tajne123" not in record.getMessage()
    assert record.getMessage().startswith("Not Found: /")


def test_every_handler_leaves_the_secrets_out():
    handlers = django_settings.LOGGING["handlers"].values()
    assert all("without_secrets" in handler["filters"] for handler in handlers)

"""A form sent too late is not lost, a refusal is a page, an absent database is a 503."""

import re
import sqlite3
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from certification.panel import views
from certification.panel.error_pages import is_database_gone
from institutions.states import Role
from tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.panel.obstacles")]

OURS = {"sec-fetch-site": "same-origin"}
URLENCODED = "application/x-www-form-urlencoded"
LONG = "Pierwszy akapit o partnerstwie.\nDrugi <b>akapit</b> & „cudzysłów”."


def token_in(response: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())
    assert found is not None
    return found[1]


def held_text(response: Any) -> str:
    found = re.search(r'<textarea[^>]*name="text"[^>]*>\n(.*?)</textarea>', page(response), re.S)
    assert found is not None
    return unescape(found[1])


def page(response: Any) -> str:
    return str(response.content.decode())


def sign_in(client: Client, email: str) -> None:
    token = token_in(client.get("/konto/login/"))
    data = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post("/konto/login/", data).status_code == 302


# --- who may come in ------------------------------------------------------------------------


def test_page_without_sign_in_leads_to_the_sign_in(client: Client) -> None:
    response = client.get("/proba/pisz/?a=1")
    assert response.status_code == 302
    assert response["Location"] == "/konto/login/?next=/proba/pisz/%3Fa%3D1"


def test_page_part_without_sign_in_sends_the_whole_page_there(client: Client) -> None:
    response = client.get("/proba/pisz/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (
        204,
        "/konto/login/?next=/proba/pisz/",
    )


def test_public_page_does_not_look_up_the_user(client: Client) -> None:
    client.cookies["sessionid"] = "x" * 32
    with connection.execute_wrapper(fail):
        assert client.get("/healthz").status_code == 503


def fail(*_args: Any) -> None:
    raise OperationalError("database is locked")


# --- a lost session -------------------------------------------------------------------------


def test_form_sent_after_the_session_ended_holds_the_text(client: Client) -> None:
    secrets = {"password": "tajne", "code": "123456", "csrfmiddlewaretoken": "x"}
    data = {"text": LONG, "title": "Krótki", "postcode": "37-450", **secrets}
    response = client.post("/proba/pisz/?k=2", data, headers=OURS)
    assert response.status_code == 403
    assert held_text(response) == LONG
    assert '<input type="hidden" name="title" value="Krótki">' in page(response)
    assert 'action="/proba/pisz/?k=2"' in page(response)
    assert '<input type="hidden" name="postcode" value="37-450">' in page(response)
    assert "tajne" not in page(response)
    assert "123456" not in page(response)


def test_form_of_a_lost_session_can_be_sent_again_after_signing_in() -> None:
    client, user = Client(enforce_csrf_checks=True), make_user()
    data = {"text": LONG, "csrfmiddlewaretoken": token_in(client.get("/konto/login/"))}
    held = client.post("/proba/pisz/", data, headers=OURS)
    assert (held.status_code, held_text(held)) == (403, LONG)

    sign_in(client, user.email)  # in a second tab; the token of the first is now old
    fresh = client.get("/sesja/znacznik/").json()
    assert fresh["signed_in"] is True
    again = {"text": held_text(held), "csrfmiddlewaretoken": fresh["token"]}
    assert page(client.post("/proba/pisz/", again, headers=OURS)) == LONG


def test_form_of_a_lost_session_without_script_needs_one_more_press() -> None:
    client, user = Client(enforce_csrf_checks=True), make_user()
    old = token_in(client.get("/konto/login/"))
    sign_in(client, user.email)
    data = {"text": LONG, "csrfmiddlewaretoken": old}
    once_more = client.post("/proba/pisz/", data, headers=OURS)
    assert (once_more.status_code, held_text(once_more)) == (403, LONG)
    again = {"text": held_text(once_more), "csrfmiddlewaretoken": token_in(once_more)}
    assert page(client.post("/proba/pisz/", again, headers=OURS)) == LONG


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
    ],
)
@pytest.mark.parametrize("checks", [True, False])
def test_text_sent_by_another_site_is_not_shown(headers: dict[str, str], checks: bool) -> None:
    client = Client(enforce_csrf_checks=checks)
    response = client.post("/proba/pisz/", {"text": LONG}, headers=headers)
    assert response.status_code == 403
    assert "akapit" not in page(response)
    assert "data-resend" not in page(response)


def test_origin_of_our_own_is_enough_for_a_browser_without_fetch_metadata(client: Client) -> None:
    response = client.post("/proba/pisz/", {"text": LONG}, headers={"origin": "http://testserver"})
    assert held_text(response) == LONG


def test_file_must_be_chosen_again(client: Client) -> None:
    data = {"text": LONG, "scan": SimpleUploadedFile('skan"<x>.pdf', b"%PDF")}
    response = client.post("/proba/pisz/", data, headers=OURS)
    assert 'enctype="multipart/form-data"' in page(response)
    assert 'type="file" id="kept-file-1" name="scan"' in page(response)
    assert "skan&quot;&lt;x&gt;.pdf" in page(response)


def test_sign_in_form_gives_nothing_back() -> None:
    client = Client(enforce_csrf_checks=True)
    data = {"login": "anna@example.org", "password": "tajne-haslo"}
    response = client.post("/konto/login/", data, headers=OURS)
    assert response.status_code == 403
    assert "anna@example.org" not in page(response)
    assert "tajne-haslo" not in page(response)


def test_expired_token_of_a_signed_in_person_asks_to_send_once_more(signed_in: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(make_user()).cookies
    response = client.post("/proba/pisz/", {"text": LONG}, headers=OURS)
    assert (response.status_code, held_text(response)) == (403, LONG)
    again = {"text": held_text(response), "csrfmiddlewaretoken": token_in(response)}
    assert page(client.post("/proba/pisz/", again, headers=OURS)) == LONG


# --- refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/proba/odmowa/", 422, "Confirm the genitive first."),
        ("/proba/dalej/", 409, "posunął sprawę dalej"),
        ("/proba/nieaktualne/", 409, "ktoś zapisał nowszą wersję"),
    ],
)
def test_refusal_is_a_page_with_its_reason_a_way_back_and_the_text(
    signed_in: Any, address: str, status: int, sentence: str
) -> None:
    client = signed_in(make_user())
    headers = {**OURS, "referer": "http://testserver/wnioski/7/?karta=2"}
    response = client.post(address, {"text": LONG}, headers=headers)
    assert response.status_code == status
    assert sentence in page(response).replace("\N{NO-BREAK SPACE}", " ")
    assert 'href="/wnioski/7/?karta=2"' in page(response)
    assert unescape(page(response)).count(LONG) == 1


@pytest.mark.parametrize(
    "referer", ["", "https://evil.example/x", "javascript:alert(1)", "//evil.example/"]
)
def test_way_back_never_leaves_the_site(signed_in: Any, referer: str) -> None:
    response = signed_in(make_user()).post("/proba/odmowa/", headers={"referer": referer})
    assert '<a class="btn btn-primary" href="/">' in page(response)


def test_refusal_of_a_page_part_replaces_the_page(signed_in: Any) -> None:
    response = signed_in(make_user()).post("/proba/odmowa/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (422, "body")


def test_wrong_method_has_a_page(signed_in: Any) -> None:
    response = signed_in(make_user()).get("/proba/czynnosc/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Ten adres przyjmuje tylko formularze" in page(response)


# --- an absent database ---------------------------------------------------------------------


def test_locked_database_is_a_503_that_holds_the_text(signed_in: Any) -> None:
    client = signed_in(make_user(Role.OFFICE))
    response = client.post("/proba/zajete/", {"text": LONG}, headers=OURS)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert held_text(response) == LONG
    assert len(token_in(response)) == 64


def test_database_lost_before_the_view_is_a_503(signed_in: Any) -> None:
    client = signed_in(make_user())
    with connection.execute_wrapper(fail):
        response = client.get("/proba/pisz/")
    assert response.status_code == 503
    assert "Serwis jest chwilowo zajęty" in page(response)


def test_database_lost_on_a_public_page_is_a_503(client: Client) -> None:
    client.raise_request_exception = False
    with connection.execute_wrapper(fail):
        response = client.get("/prywatnosc/")
    assert response.status_code == 503


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("database is locked", True),
        ("unable to open database file", True),
        ("no such column", False),
    ],
)
def test_mistake_in_a_query_is_not_taken_for_an_outage(message: str, gone: bool) -> None:
    error = OperationalError(message)
    error.__cause__ = sqlite3.OperationalError(message)
    assert is_database_gone(error) is gone
    assert is_database_gone(OperationalError("connection refused")) is True
    assert is_database_gone(ValueError("x")) is False


# --- other error pages ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/nie-ma/", 404, "Nie ma takiej strony"),
        ("/proba/zabronione/", 403, "Brak uprawnień do tej czynności"),
        ("/proba/uszkodzone/", 400, "Nie udało się odczytać żądania"),
        ("/proba/zepsute/", 500, "Coś zawiodło po naszej stronie"),
    ],
)
def test_error_has_a_page(signed_in: Any, address: str, status: int, sentence: str) -> None:
    client = signed_in(make_user())
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == status
    assert sentence in page(response).replace("\N{NO-BREAK SPACE}", " ")
    assert "a secret inside" not in page(response)


def test_500_page_asks_nothing_of_the_database(
    rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = views.server_error(rf.get("/"))
    assert response.status_code == 500


def test_too_large_a_form_has_a_page(signed_in: Any, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = signed_in(make_user()).post("/proba/pisz/", "text=" + "x" * 50, URLENCODED)
    assert response.status_code == 413
    assert "Za dużo danych naraz" in page(response).replace("\N{NO-BREAK SPACE}", " ")

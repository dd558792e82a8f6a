"""The register for programs and pages anywhere: CORS, ETag, HEAD."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from certification.certificates.register import state_of_register
from institutions.services.institution import change_institution
from institutions.states import Role
from tests.factories import make_institution, make_user

from .factories import make_award, withdraw_row, write_certificate

pytestmark = pytest.mark.django_db

FILES = ["register_csv", "register_json", "issued_files_json"]


@pytest.mark.parametrize("name", FILES)
def test_any_page_may_read_it(client, name):
    response = client.get(reverse(name), headers={"origin": "https://gmina.example"})

    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.cookies == {}


@pytest.mark.parametrize("name", FILES)
def test_who_has_it_already_is_told_so_cheaply(client, name, django_assert_max_num_queries):
    write_certificate(1)
    tag = client.get(reverse(name)).headers["ETag"]

    with django_assert_max_num_queries(7):
        again = client.get(reverse(name), headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", FILES)
def test_browsers_may_ask_with_an_etag(client, name):
    asked = client.options(
        reverse(name),
        headers={
            "origin": "https://gmina.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )

    assert (asked.status_code, asked.content) == (204, b"")
    assert asked.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", FILES)
def test_head_has_the_headers_and_no_body(client, name):
    read, head = client.get(reverse(name)), client.head(reverse(name))

    assert head.status_code == 200
    assert head.headers["ETag"] == read.headers["ETag"]
    assert head.headers["Content-Type"] == read.headers["Content-Type"]
    assert b"".join(head.streaming_content if head.streaming else [head.content]) == b""


def test_state_is_another_whenever_the_register_is():
    today = date(2026, 5, 4)
    with time_machine.travel("2026-05-04T10:00:00+02:00", tick=False):
        institution = make_institution()
        states = [state_of_register(today), state_of_register(date(2026, 5, 5))]
        one = write_certificate(1, institution)
        states.append(state_of_register(today))
        withdraw_row(one, today)
        states.append(state_of_register(today))
        make_award()
        states.append(state_of_register(today))
        change_institution(institution, by=make_user(Role.OFFICE), town="Gdzie Indziej")
        states.append(state_of_register(today))

    assert len(set(states)) == len(states)
    assert state_of_register(today) == states[-1]

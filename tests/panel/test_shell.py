"""The frame of every page, the public pages, and the components."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.paginator import Paginator
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse

from certification.panel.context import site
from certification.panel.demo_accounts import DOMAIN
from certification.panel.templatetags import ui
from institutions.states import Role
from tests.factories import make_institution, make_member, make_user

pytestmark = pytest.mark.django_db
PUBLIC = ["home", "accessibility_statement", "privacy_notice", "account_login"]


def page(response: Any) -> str:
    return str(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def render(source: str, **context: Any) -> str:
    return str(engines["django"].from_string(source).render(context))


# --- public pages ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_opens_without_sign_in_and_names_the_legal_pages(
    client: Client, name: str
) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert 'href="/deklaracja-dostepnosci/"' in page(response)
    assert 'href="/prywatnosc/"' in page(response)
    assert page(response).count("<h1") == 1
    assert re.search(r" (style|onclick|onload)=|<style|<script>", page(response)) is None


@pytest.mark.parametrize(("name", "queries"), list(zip(PUBLIC[:3], (1, 0, 0), strict=True)))
def test_public_page_asks_little_of_the_database(
    client: Client, name: str, queries: int, django_assert_num_queries: Any
) -> None:
    client.get(reverse(name))
    with django_assert_num_queries(queries):  # on the front page the calls
        client.get(reverse(name))


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_complete_in_english(client: Client, name: str) -> None:
    client.cookies["language"] = "en"
    response = client.get(reverse(name))
    assert '<html lang="en">' in page(response)
    assert "Accessibility statement" in page(response)


def test_front_page_leads_a_number_to_the_verification(client: Client) -> None:
    content = page(client.get("/"))
    assert f'<form action="{reverse("verification")}" method="get"' in content
    assert '<input class="form-control" id="verify-q" name="q"' in content


def test_accessibility_statement_has_the_ids_that_scanners_look_for(client: Client) -> None:
    content = page(client.get("/deklaracja-dostepnosci/"))
    ids = re.findall(r'id="a11y-([a-z-]+)"', content)
    assert sorted(ids) == sorted(
        [
            "deklaracja",
            "wstep",
            "podmiot",
            "url",
            "data-publikacja",
            "data-aktualizacja",
            "status",
            "data-sporzadzenie",
            "data-przeglad",
            "ocena",
            "kontakt",
            "osoba",
            "email",
            "telefon",
            "procedura",
            "architektura",
            "aplikacje",
        ]
    )


def test_healthz_tells_whether_the_database_answers(client: Client) -> None:
    up = client.get("/healthz")
    assert (up.status_code, up.json()) == (200, {"status": "ok", "database": "up"})

    def fail(*_args: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(fail):
        down = client.get("/healthz")
    assert (down.status_code, down.json()["database"]) == (503, "down")


def test_language_switch_changes_the_language_and_comes_back(client: Client) -> None:
    response = client.post("/jezyk/", {"language": "en", "next": "/prywatnosc/"})
    assert (response.status_code, response["Location"]) == (302, "/prywatnosc/")
    assert '<html lang="en">' in page(client.get("/prywatnosc/"))
    assert client.post("/jezyk/", {"next": "https://evil.example/"})["Location"] == "/"


@pytest.mark.parametrize(("debug", "status"), [(True, 200), (False, 404)])
def test_style_guide_is_for_developers(
    client: Client, settings: Any, debug: bool, status: int
) -> None:
    settings.DEBUG = debug
    assert client.get("/styl/").status_code == status


def test_session_token_tells_who_one_is_and_is_not_cached(client: Client, signed_in: Any) -> None:
    response = client.get("/sesja/znacznik/")
    assert response.json()["signed_in"] is False
    assert "no-store" in response["Cache-Control"]
    assert signed_in(make_user()).get("/sesja/znacznik/").json()["signed_in"] is True


# --- signing in -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["account_reset_password", "account_reset_password_done"])
def test_account_page_opens_for_everyone(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_logout", "my_account", "session_restored"]
)
def test_account_page_opens_for_the_signed_in(signed_in: Any, name: str) -> None:
    response = signed_in(make_user()).get(reverse(name))
    assert response.status_code == 200
    assert page(response).count("<h1") == 1


def test_nobody_can_sign_up(client: Client) -> None:
    response = client.get("/konto/signup/")
    assert "Konta zakładamy na zaproszenie" in page(response)
    data = {"email": "nowa@example.org", "password1": "dlugie-tajne-haslo"}
    client.post("/konto/signup/", data)
    assert make_user().__class__.objects.filter(email="nowa@example.org").exists() is False


def test_wrong_password_is_said_in_an_error_summary(client: Client) -> None:
    data = {"login": "nikt@example.org", "password": "nie to haslo"}
    content = page(client.post("/konto/login/", data))
    assert content.count('class="error-summary"') == 1
    assert "<title>Błąd: Zaloguj się" in content


@pytest.mark.parametrize(("debug", "shown"), [(True, 1), (False, 0)])
def test_demo_accounts_are_offered_only_in_development(
    client: Client, settings: Any, debug: bool, shown: int
) -> None:
    make_user(Role.OFFICE, email=f"biuro@{DOMAIN}", full_name="Joanna Biurowa")
    make_user(Role.OFFICE, full_name="Prawdziwa Osoba")
    settings.DEBUG = debug
    content = page(client.get("/konto/login/"))
    assert content.count("Joanna Biurowa") == shown
    assert "Prawdziwa Osoba" not in content


def test_signing_in_leaves_no_message_that_a_draft_would_take_for_success(client: Client) -> None:
    user = make_user()
    data = {"login": user.email, "password": "bardzo-tajne-haslo", "next": "/prywatnosc/"}
    response = client.post("/konto/login/", data, follow=True)
    assert response.redirect_chain == [("/prywatnosc/", 302)]
    assert 'class="message"' not in page(response)


# --- the frame ------------------------------------------------------------------------------


def nav_of(user: Any, path: str = "/") -> list[str]:
    request: HttpRequest = RequestFactory().get(path)
    request.user, request.resolver_match = user, None
    return [item.label for item in site(request)["nav_items"]]


@pytest.mark.parametrize(
    ("role", "sees", "does_not_see"),
    [
        (Role.OFFICE, "Certyfikaty", "Dziennik"),
        (Role.ASSESSOR, "Oceny", "Wnioski"),
        (Role.COMMITTEE_CHAIR, "Certyfikaty", "Listy"),
        (Role.COMMITTEE_MEMBER, "Rozstrzygnięcia", "Listy"),
        (Role.ADMINISTRATOR, "Dziennik", "Oceny"),
    ],
)
def test_navigation_follows_the_role(role: Role, sees: str, does_not_see: str) -> None:
    labels = nav_of(make_user(role))
    assert sees in labels
    assert does_not_see not in labels


def test_navigation_of_an_institution_s_person() -> None:
    labels = nav_of(make_member(make_institution()))
    assert {"Wnioski", "Certyfikaty", "Instytucje", "Dowody"} <= set(labels)
    assert {"Oceny", "Listy", "Osoby", "Dziennik"}.isdisjoint(labels)


def test_context_costs_nothing_until_used(django_assert_num_queries: Any) -> None:
    request: HttpRequest = RequestFactory().get("/")
    request.user, request.resolver_match = make_user(), None
    with django_assert_num_queries(0):
        site(request)


# --- components -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "expected"),
    [("valid", "success"), ("withdrawn", "danger"), ("unheard_of", "neutral")],
)
def test_tone_of_a_state(state: str, expected: str) -> None:
    assert ui.tone(state) == expected


@pytest.mark.parametrize(
    ("kind", "icon"),
    [
        ("application/pdf", "file"),
        ("image/png", "image"),
        ("video/mp4", "film"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "sheet"),
        (".CSV", "sheet"),
        ("link", "link"),
    ],
)
def test_icon_of_a_file(kind: str, icon: str) -> None:
    assert ui.file_icon(kind) == icon


@pytest.mark.parametrize(
    ("name", "letters"), [("Anna Maria Nowak", "AN"), ("Łucja", "Ł"), ("", "")]
)
def test_initials(name: str, letters: str) -> None:
    assert ui.initials(name) == letters


def test_page_window_leaves_gaps() -> None:
    assert ui.page_window(Paginator(range(200), 10), 10) == [1, None, 9, 10, 11, None, 20]


def test_pager_keeps_the_query_string(rf: RequestFactory) -> None:
    source = '{% include "components/pager.html" with page=page %}'
    request = rf.get("/rejestr/?q=MOPS&page=2")
    shown = Paginator(range(50), 10).get_page(2)
    content = engines["django"].from_string(source).render({"page": shown}, request)
    assert 'href="?q=MOPS&amp;page=3"' in content


def test_component_escapes_what_it_is_given() -> None:
    source = '{% include "components/status.html" with label=label tone="info" only %}'
    content = render(source, label="<script>x</script>")
    assert content.count("&lt;script&gt;") == 1


def test_style_sheets_exist_and_can_be_collected(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", interactive=False, verbosity=0)
    collected = {path.name.split(".")[0] for path in (tmp_path / "css" / "components").iterdir()}
    assert collected >= {"header", "forms", "timeline", "tables"}

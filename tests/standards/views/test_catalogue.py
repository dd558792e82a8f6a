"""The catalogue as everybody reads it."""

from typing import Any

import pytest
from django.test import Client

from certification.standards.models import StandardSet
from certification.standards.reading import OWN_CATALOGUE, load
from certification.standards.services import import_standards, publish
from certification.standards.views import catalogue as views
from institutions.states import Role
from tests.factories import make_standard_set, make_user
from tests.standards.test_reading import SMALL, changed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_rendered_before() -> None:
    views._render_frozen.cache_clear()


@pytest.fixture
def own() -> StandardSet:
    return publish(import_standards(load(OWN_CATALOGUE)), by=None)


def test_catalogue_is_public(client: Client, own: StandardSet) -> None:
    response = client.get("/standardy/")
    page = response.content.decode()
    assert response.status_code == 200
    assert response.context["standard_set"] == own
    assert page.count('<li class="criterion"') == 54
    assert page.count('<article class="sheet standard"') == 23
    assert "oficjalnym dokumentem CAL" in page
    assert 'href="http://www.osl.org.pl/certyfikat-cal/"' in page


def test_catalogue_says_what_is_inferred(client: Client, own: StandardSet) -> None:
    page = client.get("/standardy/").content.decode()
    d3 = page[page.index('id="D3"') : page.index('id="D4"')]
    a3 = page[page.index('id="A3"') : page.index('id="A4"')]
    assert d3.count('data-tone="neutral"') == 1  # the standard; its criterion is alike
    assert (a3.count('data-tone="success"'), a3.count('data-tone="neutral"')) == (1, 1)


def test_filter_leaves_what_a_kind_answers(client: Client, own: StandardSet) -> None:
    response = client.get("/standardy/", {"rodzaj": "library"})
    assert response.context["contents"].standard_count == 20
    assert response.context["contents"].criterion_count == 46
    assert 'id="A2"' not in response.content.decode()


def test_filter_by_an_unknown_kind_shows_everything(client: Client, own: StandardSet) -> None:
    response = client.get("/standardy/", {"rodzaj": "kino"})
    assert response.status_code == 200
    assert response.context["contents"].standard_count == 23


def test_one_edition_has_its_address(client: Client, own: StandardSet) -> None:
    older = make_standard_set()
    response = client.get(f"/standardy/{older.code}/")
    assert response.context["standard_set"] == older
    assert response.context["other_editions"] == [own]


def test_newest_published_edition_is_shown(client: Client, own: StandardSet) -> None:
    newer = publish(import_standards(SMALL), by=None)
    import_standards(changed("set", "code", to="szkic"))
    assert client.get("/standardy/").context["standard_set"] == newer


def test_draft_is_hidden_from_visitors(client: Client) -> None:
    import_standards(SMALL)
    assert client.get("/standardy/maly/").status_code == 404
    assert "standards/catalogue_empty.html" in {
        template.name for template in client.get("/standardy/").templates
    }


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_draft_is_hidden_from_other_roles(signed_in: Any, role: Role) -> None:
    import_standards(SMALL)
    assert signed_in(make_user(role)).get("/standardy/maly/").status_code == 404


def test_draft_is_shown_to_administrators(signed_in: Any) -> None:
    import_standards(SMALL)
    response = signed_in(make_user(Role.ADMINISTRATOR)).get("/standardy/maly/")
    assert response.status_code == 200
    assert "Jedno" in response.content.decode()


def test_draft_is_rendered_anew_each_time(signed_in: Any) -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))
    import_standards(SMALL)
    client.get("/standardy/maly/")
    import_standards(changed("areas", 0, "pl", to="Inny obszar"))
    assert "Inny obszar" in client.get("/standardy/maly/").content.decode()


def test_each_language_is_rendered_for_itself(client: Client, own: StandardSet) -> None:
    polish = client.get("/standardy/", headers={"Accept-Language": "pl"}).content.decode()
    english = client.get("/standardy/", headers={"Accept-Language": "en"}).content.decode()
    assert "Misja i umocowanie w instytucji" in polish
    assert "Mission and institutional anchoring" in english


def test_missing_edition(client: Client) -> None:
    assert client.get("/standardy/nie-ma/").status_code == 404


def test_catalogue_is_read_only(client: Client, own: StandardSet) -> None:
    assert client.post("/standardy/").status_code == 405


@pytest.mark.parametrize(("times", "queries"), [(1, 11), (3, 3)])
def test_catalogue_takes_few_queries(
    client: Client, own: StandardSet, django_assert_num_queries: Any, times: int, queries: int
) -> None:
    for _ in range(times - 1):
        client.get("/standardy/")
    with django_assert_num_queries(queries):
        client.get("/standardy/")

"""What changed in the register lately: a page, a feed; and what search engines are told."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from certification.certificates.register import holder_path
from certification.holders.changes import changes
from tests.certificates.factories import make_award, withdraw_row, write_certificate
from tests.factories import make_institution, make_standard_set

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _standing_still():
    with time_machine.travel(TODAY.isoformat() + "T10:00:00+02:00", tick=False):
        yield


def certificate(number, institution=None, *, on="2020-01-01", until=date(2028, 1, 1), **fields):
    with time_machine.travel(f"{on}T10:00:00+01:00", tick=False):
        since = date.fromisoformat(on)
        days = {"valid_from": since, "valid_to": until, "issued_on": since}
        return write_certificate(number, institution, **days, **fields)


def told(**narrowed):
    return [
        (each.day.isoformat(), each.kind.value, each.note) for each in changes(TODAY, **narrowed)
    ]


def test_every_kind_of_change_on_its_day():
    one = certificate(1, until=date(2025, 1, 1))
    certificate(2, one.institution, on="2021-02-01", replaces=one, correction_reason="Literówka.")
    certificate(3, on="2021-03-01", until=date(2026, 5, 3))
    withdraw_row(certificate(4, on="2021-04-01"), date(2024, 6, 1))

    assert told() == [
        ("2026-05-04", "expired", ""),
        ("2024-06-01", "withdrawn", "Instytucja przestała działać."),
        ("2021-04-01", "issued", ""),
        ("2021-03-01", "issued", ""),
        ("2021-02-01", "corrected", "zamiast CAL/OSL/1/2020"),
        ("2020-01-01", "issued", ""),
    ]


def test_what_was_withdrawn_or_replaced_does_not_expire_besides():
    withdraw_row(certificate(1, until=date(2025, 1, 1)), date(2024, 6, 1))

    assert [kind for _day, kind, _note in told()] == ["withdrawn", "issued"]


def test_changes_are_narrowed_like_the_register():
    certificate(1, make_institution(name="Biblioteka", voivodeship="24"))
    withdraw_row(certificate(2, make_institution(name="Dom", voivodeship="18")), TODAY)

    assert [kind for _day, kind, _note in told(voivodeship="24")] == ["issued"]
    assert [kind for _day, kind, _note in told(q="dom")] == ["withdrawn", "issued"]


def test_page_keeps_its_filters_in_the_feed(client):
    certificate(1, make_institution(name="Biblioteka", voivodeship="24"))

    page = client.get(reverse("register_changes"), {"voivodeship": "24", "q": "biblioteka"})

    assert [each.certificate.number for each in page.context["changes"]] == ["CAL/OSL/1/2020"]
    assert page.context["feed"] == "/rejestr/zmiany.atom?voivodeship=24&q=biblioteka"


@pytest.mark.parametrize("count", [1, 4])
def test_page_asks_the_same_number_of_questions(client, count, django_assert_num_queries):
    for number in range(1, count + 1):
        withdraw_row(certificate(number), TODAY)

    with django_assert_num_queries(6):
        client.get(reverse("register_changes"))


def feed(client, **query):
    response = client.get(reverse("register_feed"), query)
    return response, ET.fromstring(response.content)  # noqa: S314  # our own


def test_feed_is_atom(client):
    one = certificate(1)
    withdraw_row(one, date(2024, 6, 1))

    response, read = feed(client)
    entries = read.findall(f"{ATOM}entry")

    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert read.find(f"{ATOM}id").text == f"{settings.SITE_URL}/rejestr/zmiany.atom"
    assert [entry.find(f"{ATOM}title").text for entry in entries] == [
        f"CAL/OSL/1/2020, {one.holder_name}: odebrany",
        f"CAL/OSL/1/2020, {one.holder_name}: wydany",
    ]
    assert [entry.find(f"{ATOM}id").text for entry in entries] == [
        "tag:127.0.0.1,2026:1/2020/withdrawn",
        "tag:127.0.0.1,2026:1/2020/issued",
    ]
    assert entries[0].find(f"{ATOM}updated").text == "2024-06-01T12:00:00+00:00"
    for inner in (one.code, "Zarzuty na piśmie"):
        assert inner not in response.content.decode()


def test_feed_not_changed_is_told_so(client):
    certificate(1)
    tag = feed(client)[0].headers["ETag"]

    again = client.get(reverse("register_feed"), headers={"if-none-match": tag})

    assert again.status_code == 304


# --- for search engines ------------------------------------------------------------------------


def test_sitemap_lists_public_pages_and_each_holder(client):
    make_standard_set(code="zestaw")
    one = certificate(1)
    award = make_award()
    nobody = make_institution()

    text = client.get("/sitemap.xml").content.decode()

    for path in ("/rejestr/", holder_path(one.institution), holder_path(award.institution)):
        assert f"<loc>{settings.SITE_URL}{path}</loc>" in text
    assert holder_path(nobody) not in text
    assert one.code not in text


def test_every_address_of_the_sitemap_is_there(client):
    certificate(1)
    listed = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  # our own

    texts = [(each.text or "").strip() for each in listed.iter()]
    paths = [text.removeprefix(settings.SITE_URL) for text in texts if text]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_robots_find_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()

    assert text.splitlines()[-1] == f"Sitemap: {settings.SITE_URL}/sitemap.xml"


@pytest.mark.parametrize("name", ["register", "register_by_voivodeship", "register_api"])
def test_public_pages_have_one_address_and_a_description(client, name):
    page = client.get(reverse(name), {"sort": "holder"}).content.decode()

    assert f'<link rel="canonical" href="{settings.SITE_URL}{reverse(name)}">' in page
    assert '<meta name="description" content="' in page

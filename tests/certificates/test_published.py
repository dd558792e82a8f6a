"""The register for programs, and the badge for holders' websites."""

import json
from datetime import date
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from certification.certificates.models import Credential, CredentialKey
from tests.factories import make_institution, make_member

from .factories import make_award, withdraw_row, write_certificate

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _standing_still():
    with time_machine.travel(TODAY.isoformat() + "T10:00:00+02:00", tick=False):
        yield


def certificate(number, institution=None, *, until=date(2028, 1, 1), **fields):
    days = {"valid_from": date(2020, 1, 1), "valid_to": until, "issued_on": date(2020, 1, 1)}
    return write_certificate(number, institution, **{**days, **fields})


def replaced():
    old = certificate(1)
    certificate(2, replaces=old, correction_reason="Literówka.")
    return old


def withdrawn():
    one = certificate(1)
    withdraw_row(one, date(2025, 1, 1))
    return one


def one_json(client, serial=1, year=2020):
    return client.get(reverse("certificate_json", args=[serial, year]))


def badge(client, language="pl", serial=1):
    return client.get(reverse("certificate_badge", args=[serial, 2020, language]))


def words_of(response):
    """All that is written in the picture, its title and description first."""
    picture = ET.fromstring(response.content)  # noqa: S314  # our own
    return [text.strip() for text in picture.itertext() if text.strip()]


# --- one certificate as JSON ----------------------------------------------------------------


def test_one_certificate(client):
    institution = make_institution(name="Biblioteka „Łąka”")
    certificate(1, institution)

    read = one_json(client).json()

    assert read == {
        "as_of": "2026-05-04",
        "number": "CAL/OSL/1/2020",
        "holder": "Biblioteka „Łąka”",
        "town": "Miasteczko",
        "voivodeship": "podkarpackie",
        "status": "valid",
        "label": "na lata 2020–2025",
        "valid_from": "2020-01-01",
        "valid_to": "2028-01-01",
        "issued_on": "2020-01-01",
        "withdrawn_on": None,
        "replaced_by": None,
        "page": f"{settings.SITE_URL}/rejestr/{institution.pk}-biblioteka-laka/",
        "withdrawal_reason": None,
        "corrects": None,
        "credential_url": None,
        "links": {
            "self": f"{settings.SITE_URL}/rejestr/certyfikaty/1-2020.json",
            "check": f"{settings.SITE_URL}/weryfikacja/?q=CAL%2FOSL%2F1%2F2020",
            "badge": f"{settings.SITE_URL}/rejestr/plakietki/1-2020.pl.svg",
        },
    }


def test_one_that_was_withdrawn_says_the_published_reason_and_no_more(client):
    one = withdrawn()

    response = one_json(client)

    assert response.json()["withdrawal_reason"] == "Instytucja przestała działać."
    assert "Zarzuty na piśmie" not in response.content.decode()
    assert one.code not in response.content.decode()


def test_a_correction_and_what_it_corrects_name_each_other(client):
    replaced()

    assert one_json(client, 1).json()["replaced_by"] == "CAL/OSL/2/2020"
    assert one_json(client, 2).json()["corrects"] == "CAL/OSL/1/2020"


def test_one_with_a_credential_links_it(client):
    one = certificate(1)
    key = CredentialKey.objects.create(multibase="z6Mk")
    Credential.objects.create(certificate=one, key=key, text="{}")

    linked = one_json(client).json()["credential_url"]

    assert linked == settings.SITE_URL + one.credential_url
    assert client.get(linked.removeprefix(settings.SITE_URL)).content == b"{}"


def test_a_number_never_given_is_not_found(client):
    response = one_json(client, 99)

    assert response.status_code == 404
    assert response.json() == {"error": "Certyfikatu o tym numerze nigdy nie wydano."}
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_one_certificate_not_changed_is_told_so(client):
    certificate(1)
    tag = one_json(client).headers["ETag"]
    url = reverse("certificate_json", args=[1, 2020])

    assert client.get(url, headers={"if-none-match": tag}).status_code == 304
    with time_machine.travel("2026-05-05T10:00:00+02:00", tick=False):
        assert client.get(url, headers={"if-none-match": tag}).status_code == 200


# --- pages of the register ------------------------------------------------------------------


def test_the_register_comes_in_pages(client):
    for number in (1, 2, 3):
        certificate(number)
    make_award()

    url = reverse("register_json") + "?status=&per_page=3&sort=holder"
    pages = []
    while url:
        pages.append(json.loads(b"".join(client.get(url).streaming_content)))
        url = pages[-1]["next"]

    assert [len(page["entries"]) for page in pages] == [3, 1]
    assert [(page["total"], page["page"], page["pages"]) for page in pages] == [
        (4, 1, 2),
        (4, 2, 2),
    ]
    assert pages[0]["next"] == (
        f"{settings.SITE_URL}/rejestr.json?status=&per_page=3&sort=holder&page=2"
    )


@pytest.mark.parametrize("query", ["per_page=0", "per_page=x", "page=2", ""])
def test_without_a_number_of_entries_all_come(client, query):
    for number in (1, 2, 3):
        certificate(number)

    response = client.get(reverse("register_json") + "?" + query)
    read = json.loads(b"".join(response.streaming_content))

    assert len(read["entries"]) == 3
    assert "total" not in read


# --- the description ------------------------------------------------------------------------


def described(client):
    return json.loads(client.get(reverse("register_openapi")).content)


def test_the_description_is_openapi(client):
    description = described(client)

    assert description["openapi"] == "3.1.0"
    validate(description)


def test_answers_are_as_described(client):
    certificate(5, until=date(2021, 1, 1))
    make_award()
    withdrawn()
    description = described(client)
    answers = {
        "Register": json.loads(
            b"".join(client.get(reverse("register_json") + "?per_page=2").streaming_content)
        ),
        "Certificate": one_json(client).json(),
        "Error": one_json(client, 99).json(),
    }

    resource = Resource(contents=description, specification=DRAFT202012)
    registry = Registry().with_resource("urn:register", resource)
    for name, answer in answers.items():
        schema = {"$ref": f"urn:register#/components/schemas/{name}"}
        Draft202012Validator(schema, registry=registry).validate(answer)
        known = description["components"]["schemas"][name]["properties"]
        assert list(answer.keys() - known.keys()) == []


def test_the_page_for_programs_has_examples_that_work(client):
    certificate(1)

    page = client.get(reverse("register_api")).content.decode()

    assert f"curl {settings.SITE_URL}/rejestr/certyfikaty/1-2020.json" in page
    assert one_json(client).status_code == 200


# --- the badge ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "polish", "english"),
    [
        (lambda: certificate(1), ("Ważny", "do 01.01.2028"), ("Valid", "to 01.01.2028")),
        (
            lambda: certificate(1, until=date(2026, 6, 1)),
            ("Ważny", "do 01.06.2026"),
            ("Valid", "to 01.06.2026"),
        ),
        (
            lambda: certificate(1, until=date(2025, 6, 1)),
            ("Wygasł", "01.06.2025"),
            ("Expired", "on 01.06.2025"),
        ),
        (
            lambda: certificate(1, valid_from=date(2027, 1, 1)),
            ("Jeszcze nie", "od 01.01.2027"),
            ("Not yet", "from 01.01.2027"),
        ),
        (withdrawn, ("Odebrany", "01.01.2025"), ("Withdrawn", "on 01.01.2025")),
        (replaced, ("Zastąpiony", "nowy: 2/2020"), ("Replaced", "new: 2/2020")),
    ],
)
def test_badge_says_plainly_how_it_stands(client, make, polish, english):
    make()

    for language, words in (("pl", polish), ("en", english)):
        response = badge(client, language)
        written = words_of(response)

        assert response.status_code == 200
        assert written[1] == f"{words[0]}: {words[1]}."
        assert tuple(written[4:6]) == words
        assert written[6] == "CAL/OSL/1/2020"
        assert response.headers["Content-Language"] == language


def test_badge_of_a_number_never_given_says_so(client):
    response = badge(client, serial=99)

    assert response.status_code == 404
    assert words_of(response)[1] == "Certyfikatu o tym numerze nigdy nie wydano."


def test_badge_may_stand_anywhere_and_fetches_nothing(client):
    certificate(1)

    response = badge(client)
    picture = response.content.decode()

    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.cookies == {}
    assert len(picture) < 2_500
    for foreign in ("<script", "<style", "href", "url(", "<image", "@import", " on"):
        assert foreign not in picture


def test_badge_names_a_holder_with_signs_of_markup(client):
    certificate(1, make_institution(name='Dom "A & <B>"'))

    assert words_of(badge(client))[0].endswith('Dom "A & <B>"')


def test_badge_not_changed_is_told_so(client):
    certificate(1)
    tag = badge(client).headers["ETag"]
    url = reverse("certificate_badge", args=[1, 2020, "pl"])

    assert client.get(url, headers={"if-none-match": tag}).status_code == 304
    assert client.head(url).headers["ETag"] == tag


def test_badge_in_a_language_we_lack_is_no_address(client):
    assert client.get("/rejestr/plakietki/1-2020.de.svg").status_code == 404


def test_page_of_the_badge_has_what_to_copy(signed_in):
    institution = make_institution()
    one = certificate(1, institution)
    page = signed_in(make_member(institution)).get(reverse("badge_page", args=[one.pk]))

    assert page.status_code == 200
    assert "&lt;a href=&quot;" in page.content.decode()
    assert [each.html for each in page.context["snippets"]] == [
        f'<a href="{settings.SITE_URL}/weryfikacja/?q=CAL%2FOSL%2F1%2F2020">'
        f'<img src="{settings.SITE_URL}/rejestr/plakietki/1-2020.{language}.svg" '
        f'width="160" height="120" alt="{alt}"></a>'
        for language, alt in (
            ("pl", "Certyfikat Jakości CAL nr CAL/OSL/1/2020: sprawdź, czy jest ważny"),
            ("en", "CAL Quality Certificate no. CAL/OSL/1/2020: check whether it is valid"),
        )
    ]


def test_page_of_the_badge_is_its_holders_alone(signed_in):
    one = certificate(1)

    stranger = signed_in(make_member(make_institution()))
    assert stranger.get(reverse("badge_page", args=[one.pk])).status_code == 404

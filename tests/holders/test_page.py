"""The public page of each holder."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from certification.certificates.models import Reinstatement
from certification.certificates.register import holder_path
from institutions.models import FormerName
from institutions.states import Role
from tests.certificates.factories import appeal_row, make_award, withdraw_row, write_certificate
from tests.factories import make_institution, make_user
from tests.holders.factories import CANARY, publish, rated_certificate

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _standing_still():
    with time_machine.travel(TODAY.isoformat() + "T10:00:00+02:00", tick=False):
        yield


def certificate(number, institution, *, since=date(2020, 1, 1), until=date(2028, 1, 1), **fields):
    days = {"valid_from": since, "valid_to": until, "issued_on": since}
    return write_certificate(number, institution, **days, **fields)


def shown(client, institution):
    page = client.get(holder_path(institution))
    assert page.status_code == 200
    return page


def standing_of(page):
    text = re.search(r'<p class="holder-standing">(.*?)</p>', page.content.decode(), re.S)
    return " ".join(text[1].split())


def test_address_holds_whatever_the_name_becomes(client):
    institution = make_institution(name="Łódzki Dom Kultury „Świt”")
    certificate(1, institution)

    assert holder_path(institution) == f"/rejestr/{institution.pk}-lodzki-dom-kultury-swit/"
    old = client.get(reverse("holder", args=[institution.pk, "dawna-nazwa"]))
    assert (old.status_code, old["Location"]) == (301, holder_path(institution))


@pytest.mark.parametrize("name", ["„”", "…", "Ω"])
def test_a_name_without_letters_for_an_address_has_one_all_the_same(client, name):
    institution = make_institution(name=name)
    certificate(1, institution)

    shown(client, institution)


def test_who_holds_nothing_has_no_page(client):
    assert client.get(holder_path(make_institution())).status_code == 404


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (
            {},
            "Instytucja ma Certyfikat Jakości CAL nr CAL/OSL/1/2020, ważny do 1 stycznia 2028.",
        ),
        (
            {"until": date(2025, 1, 1)},
            "Instytucja nie ma ważnego certyfikatu: CAL/OSL/1/2020 wygasł 1 stycznia 2025.",
        ),
        (
            {"since": date(2027, 1, 1)},
            "Instytucji przyznano Certyfikat Jakości CAL nr CAL/OSL/1/2027, "
            "ważny od 1 stycznia 2027.",
        ),
    ],
)
def test_page_says_plainly_how_it_stands(client, days, sentence):
    institution = make_institution()
    certificate(1, institution, **days)

    assert standing_of(shown(client, institution)).startswith(sentence)


def test_page_says_that_the_board_annulled_a_withdrawal(client):
    institution = make_institution()
    Reinstatement.objects.create(
        appeal=appeal_row(withdraw_row(certificate(1, institution), date(2025, 3, 1))),
        resolution_number="9/2025",
        adopted_on=date(2025, 4, 2),
        reason="Zarzuty się nie potwierdziły.",
        reinstated_by=make_user(Role.BOARD_MEMBER),
    )

    page = shown(client, institution)

    assert "ważny do" in standing_of(page)
    told = (
        "Odebrany 1 marca 2025; Zarząd uchylił odebranie uchwałą 9/2025 z 2 kwietnia 2025. "
        "Opublikowane uzasadnienie: Zarzuty się nie potwierdziły."
    )
    assert told in page.content.decode()


def test_page_of_one_that_was_withdrawn_says_since_when_and_why(client):
    institution = make_institution()
    withdraw_row(certificate(1, institution), date(2025, 3, 1))

    page = shown(client, institution)
    text = page.content.decode()

    assert "CAL/OSL/1/2020 odebrano 1 marca 2025." in standing_of(page)
    assert "Opublikowany powód: Instytucja przestała działać." in " ".join(text.split())
    assert "Zarzuty na piśmie" not in text


def test_in_force_counts_before_what_ended_and_what_is_to_come(client):
    institution = make_institution()
    certificate(1, institution, since=date(2015, 1, 1), until=date(2020, 1, 1))
    certificate(2, institution, since=date(2021, 1, 1), until=date(2026, 12, 31))
    certificate(3, institution, since=date(2027, 1, 1), until=date(2031, 12, 31))

    page = shown(client, institution)

    assert page.context["page"].current.entry.number == "CAL/OSL/2/2021"
    assert page.context["page"].first_year == 2015
    assert [held.entry.number for held in page.context["page"].held] == [
        *("CAL/OSL/3/2027", "CAL/OSL/2/2021", "CAL/OSL/1/2015")
    ]


def test_history_has_corrections_awards_and_former_names(client):
    institution = make_institution(name="Nowa Nazwa")
    FormerName.objects.create(
        institution=institution, name="Dawna Nazwa", used_until=date(2018, 1, 1)
    )
    old = certificate(1, institution)
    certificate(2, institution, replaces=old, correction_reason="Literówka w nazwisku.")
    make_award(institution, presented="2012-02", label="na lata 2012–2015")

    text = " ".join(shown(client, institution).content.decode().split())

    for expected in (
        "Poprawia certyfikat CAL/OSL/1/2020.",
        "Zastąpiony przez CAL/OSL/2/2020.",
        "wręczenie: 02.2012",
        "Dawna Nazwa",
    ):
        assert expected in text
    assert "Literówka w nazwisku" not in text


def test_an_award_alone_makes_a_page_that_claims_nothing(client):
    institution = make_institution()
    make_award(institution)

    page = shown(client, institution)

    assert "Nie wiemy, czy nadal obowiązuje." in page.content.decode()
    assert page.context["page"].current is None


def linked(page):
    block = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.S
    )
    return json.loads(block[1])


def test_data_for_search_engines_has_the_certificate_while_it_stands(client):
    institution = make_institution(name="Dom </script><b>")
    certificate(1, institution)

    data = linked(shown(client, institution))

    assert data["name"] == "Dom </script><b>"
    assert data["hasCertification"]["certificationIdentification"] == "CAL/OSL/1/2020"
    assert data["@id"] == settings.SITE_URL + holder_path(institution)
    with time_machine.travel("2029-01-01T10:00:00+01:00", tick=False):
        assert "hasCertification" not in linked(shown(client, institution))


def test_nothing_internal_of_a_case_is_on_the_page(client):
    one = rated_certificate(first_signatory="Tajna Podpisująca")
    publish(one, "Sala jest otwarta.")
    make_user(Role.OFFICE)

    text = shown(client, one.institution).content.decode()

    for hidden in (CANARY, "Tajna Podpisująca", one.code, one.application.number):
        assert hidden not in text


@pytest.mark.parametrize("count", [1, 4])
def test_page_asks_the_same_number_of_questions(client, count, django_assert_num_queries):
    institution = make_institution()
    for number in range(1, count + 1):
        certificate(number, institution)
        make_award(institution, presented=f"200{number}")

    with django_assert_num_queries(8):
        client.get(holder_path(institution))

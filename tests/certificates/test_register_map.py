from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification.certificates.register_map import DARKEST, Region, register_map
from institutions.identifiers import Voivodeship
from tests.factories import make_institution

from .factories import make_award, withdraw_row, write_certificate

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)
DAYS = {"valid_from": date(2024, 1, 1), "valid_to": date(2028, 1, 1)}


def of(code: str) -> Region:
    return next(region for region in register_map(TODAY).regions if region.code == code)


def place(number: int, voivodeship: str, **fields: Any) -> Any:
    institution = make_institution(voivodeship=voivodeship)
    return write_certificate(number, institution, **DAYS | fields)


def test_every_voivodeship_has_its_outline() -> None:
    regions = register_map(TODAY).regions
    assert [region.code for region in regions] == Voivodeship.values
    assert len({region.path for region in regions}) == 16
    assert {region.shade for region in regions} == {0}


def test_certificates_are_counted_where_the_holder_is() -> None:
    place(1, Voivodeship.LODZKIE)
    place(2, Voivodeship.LODZKIE)
    withdraw_row(place(3, Voivodeship.LODZKIE), TODAY)
    place(4, Voivodeship.OPOLSKIE)
    place(5, Voivodeship.OPOLSKIE, valid_to=date(2025, 1, 1))
    make_award(make_institution(voivodeship=Voivodeship.SLASKIE))

    counted = {
        region.code: (region.in_force, region.listed, region.shade)
        for region in register_map(TODAY).regions
        if region.listed
    }
    assert counted == {
        Voivodeship.LODZKIE: (2, 3, 2),
        Voivodeship.OPOLSKIE: (1, 2, 1),
        Voivodeship.SLASKIE: (0, 1, 0),
    }
    everywhere = register_map(TODAY)
    assert (everywhere.in_force, everywhere.listed) == (3, 6)


def test_the_smallest_number_is_not_shown_as_none() -> None:
    for number in range(1, 10):
        place(number, Voivodeship.LODZKIE)
    place(10, Voivodeship.OPOLSKIE)
    assert of(Voivodeship.LODZKIE).shade == DARKEST
    assert of(Voivodeship.OPOLSKIE).shade == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_map_says_it_in_words_and_asks_the_same_questions(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    for serial in range(1, number + 1):
        place(serial, Voivodeship.LODZKIE, valid_to=date(2128, 1, 1))
    with django_assert_num_queries(4):  # three counts, and the issuer's name
        page = client.get(reverse("register_by_voivodeship"))
    words = {1: "łódzkie: 1 ważny certyfikat", 3: "łódzkie: 3 ważne certyfikaty"}[number]
    assert f'aria-label="{words}"' in page.content.decode()
    assert f"{reverse('register')}?voivodeship=10" in page.content.decode()

"""The bench of a sample: rating, submitting, and where one stands afterwards."""

import pytest
from django.urls import reverse

from certification.assessments.models import CalibrationRating
from institutions.states import Role
from tests.assessments.calibration.factories import (
    close_row,
    make_closed,
    make_sample_card,
    open_row,
)
from tests.factories import days_from_today, level, make_user

from .addresses import at

pytestmark = pytest.mark.django_db

LONG = "Pisane za długo, " * 5


def typed(card, value=2, **more):
    chosen = level(card.round.standard_set, value).pk
    return {
        "version": 0, "level": chosen, "strengths": "Jest plan.", "weaknesses": "", "then": "stay",
    } | more  # fmt: skip


def save_at(card, code="A1.1"):
    return at("calibration_save", card.round, code)


def test_the_bench_shows_one_criterion(me, card, django_assert_num_queries):
    me.get(card.get_absolute_url())
    with django_assert_num_queries(7):
        page = me.get(card.get_absolute_url() + "?kryterium=A1.2")
    text = page.content.decode()
    assert "Tak robimy: A1.2." in text
    assert "Tak robimy: A1.1." not in text


def test_the_bench_begins_with_what_is_not_rated(me, card):
    me.post(save_at(card), typed(card))
    assert me.get(card.get_absolute_url()).context["entry"].criterion.code == "A1.2"


def test_saving_stays_or_goes_on(me, card):
    stay = me.post(save_at(card), typed(card))
    assert stay["Location"] == card.get_absolute_url() + "?kryterium=A1.1"
    on = me.post(save_at(card, "A1.2"), typed(card, then="next"))
    assert on["Location"] == card.get_absolute_url() + "?kryterium=A2.1"
    end = me.post(save_at(card, "B1.1"), typed(card, then="next"))
    assert end["Location"] == at("calibration_submit", card.round)


@pytest.mark.parametrize(
    "wrong", [{"level": "99999"}, {"strengths": "x" * 5001}, {"version": "stara"}]
)
def test_a_wrong_form_comes_back_with_the_text(wrong, me, card):
    response = me.post(save_at(card), typed(card, weaknesses="Brak ewaluacji.") | wrong)
    assert response.status_code == 422
    assert "Brak ewaluacji." in response.content.decode()


def test_an_older_version_gives_both_texts(me, card):
    me.post(save_at(card), typed(card, strengths="Druga karta."))
    response = me.post(save_at(card), typed(card, strengths="Pierwsza karta."))
    assert response.status_code == 409
    assert all(text in response.content.decode() for text in ("Druga karta.", "Pierwsza karta."))
    version = response.context["form"]["version"].value()
    again = typed(card, strengths="Pierwsza karta.", version=version)
    assert me.post(save_at(card), again).status_code == 302


def test_a_criterion_that_is_not_asked(me, card):
    assert me.post(save_at(card, "X9.9"), typed(card)).status_code == 404


def test_submitting(me, card):
    address = at("calibration_submit", card.round)
    assert me.get(address).status_code == 200
    refused = me.post(address)
    assert refused.status_code == 422
    assert "A1.1, A1.2" in refused.content.decode()
    for code in ("A1.1", "A1.2", "A2.1", "B1.1"):
        me.post(save_at(card, code), typed(card))
    assert me.post(address)["Location"] == reverse("calibration_list")
    assert me.post(address).status_code == 409
    assert me.get(card.get_absolute_url()).context["form"] is None


def test_a_round_closed_meanwhile_keeps_what_was_typed(me, card):
    close_row(card.round)
    origin = {"Sec-Fetch-Site": "same-origin"}
    response = me.post(save_at(card), typed(card, strengths=LONG), headers=origin)
    assert response.status_code == 409
    assert LONG in response.content.decode()
    assert me.get(card.get_absolute_url()).status_code == 200


def test_a_bench_is_nobody_elses(card, signed_in):
    for user in (make_user(*Role), make_sample_card(open_row()).assessor):
        client = signed_in(user)
        for name in ("calibration_bench", "calibration_submit", "calibration_standing"):
            assert client.get(at(name, card.round)).status_code == 404
        assert client.post(save_at(card), typed(card)).status_code == 404


def test_an_assessor_does_not_run_a_round(me, card):
    assert me.get(card.round.get_absolute_url()).status_code == 403
    assert me.post(at("calibration_close", card.round)).status_code == 403


def test_a_lost_role_closes_it(card, signed_in):
    card.assessor.appointments.update(until=days_from_today(-1))
    assert signed_in(card.assessor).get(card.get_absolute_url()).status_code == 404


def test_an_assessor_sees_where_they_stand(signed_in):
    calibration = make_closed(1, 2, 2, A1_2=None)
    mine = calibration.cards.order_by("pk")[0]
    page = signed_in(mine.assessor).get(at("calibration_standing", calibration))
    assert page.status_code == 200
    assert page.context["standing"].severity == -1
    assert "surow" in page.content.decode()


def test_before_the_end_one_is_led_back(me, card):
    response = me.get(at("calibration_standing", card.round))
    assert response["Location"] == card.get_absolute_url()


def test_ratings_can_be_read_afterwards(signed_in):
    calibration = make_closed(2, 2, 2)
    mine = calibration.cards.order_by("pk")[0]
    page = signed_in(mine.assessor).get(mine.get_absolute_url())
    assert page.context["form"] is None
    assert "Widać." in page.content.decode()
    assert CalibrationRating.objects.count() == 12

"""What the bench of a sample saves by itself, as that of a real case (test_views_autosaving.py)."""

import pytest
from django.urls import reverse

from certification.assessments.calibration.states import Verb
from certification.assessments.models import CalibrationRating
from certification.audit.models import Event
from institutions.states import Role
from tests.factories import level, make_user

from .factories import close_row, make_round, make_sample_card, open_row

pytestmark = pytest.mark.django_db

EMPTY = {"strengths": "", "weaknesses": "", "level": ""}


def address(card, code="A1.1"):
    return reverse("calibration_autosave", args=[card.round_id, code])


def typed(card, value=2, **more):
    chosen = level(card.round.standard_set, value).pk
    return {"version": 0, "level": chosen, "strengths": "Jest plan. "} | more


def test_it_saves_and_says_how_it_stands(card, me):
    told = me.post(address(card), typed(card))
    rating = CalibrationRating.objects.get()
    facts = told.json()
    assert facts.pop("at")
    assert facts == {
        "state": "saved",
        "version": 1,
        "values": EMPTY | {"strengths": "Jest plan. ", "level": str(rating.level_id)},
        "mark": "done",
        "done": 1,
        "total": 4,
    }
    assert "no-store" in told["Cache-Control"]


def test_it_takes_few_queries(card, me, django_assert_num_queries):
    me.post(address(card), typed(card))
    sent = typed(card, strengths="Jest plan", version=1)
    with django_assert_num_queries(14 + 2):  # the two begin and end a savepoint
        me.post(address(card), sent)


def test_it_is_journalled_once_an_hour(card, me, time_machine):
    time_machine.move_to("2026-11-29 10:05+01:00", tick=False)
    for version in range(3):
        me.post(address(card), typed(card, strengths="a" * version, version=version))
    assert Event.objects.filter(verb=Verb.RATE).count() == 1


@pytest.mark.parametrize(("take", "stands"), [("mine", "Moje."), ("theirs", "Z drugiej.")])
def test_another_tab_was_faster_and_one_chooses(take, stands, card, me):
    me.post(address(card), typed(card, strengths="Z drugiej."))
    response = me.post(address(card), typed(card, strengths="Moje."))
    told = response.json()
    assert (response.status_code, told["state"], told["version"]) == (409, "conflict", 1)
    assert "Z drugiej." in told["html"]
    me.post(address(card), typed(card, strengths="Moje.", version=1, take=take))
    assert CalibrationRating.objects.get().strengths == stands


def test_asking_says_what_stands(card, me):
    told = me.get(address(card)).json()
    assert (told["state"], told["version"], told["values"]) == ("current", 0, EMPTY)


def test_what_cannot_be_rated_is_refused_and_never_cut(card, me):
    long = me.post(address(card), typed(card, strengths="x" * 5001))
    assert (long.status_code, long.json()["state"]) == (422, "refused")
    close_row(card.round)
    late = me.post(address(card), typed(card))
    assert (late.status_code, late.json()["state"]) == (422, "refused")
    assert not CalibrationRating.objects.exists()


def test_a_criterion_left_out_or_unknown_is_not_there(signed_in):
    calibration = make_round()
    calibration.sample.filter(criterion__code="A1.1").update(is_rated=False)
    card = make_sample_card(open_row(calibration))
    client = signed_in(card.assessor)
    assert [client.get(address(card, code)).status_code for code in ("A1.1", "X9.9")] == [404, 404]


def test_it_tells_and_saves_ones_own_alone(card, me, signed_in):
    make_sample_card(card.round, value=3, strengths="KANAREK", submitted=True)
    assert me.get(address(card)).json()["values"] == EMPTY
    assert "KANAREK" not in me.post(address(card), typed(card)).content.decode()
    somebody_else = me.post(address(card), typed(card, version=1, person=make_user().pk))
    assert somebody_else.json() == {"state": "somebody_else"}
    for user in (make_user(Role.OFFICE), make_user(*Role)):
        client = signed_in(user)
        assert client.get(address(card)).status_code == 404
        assert client.post(address(card), typed(card)).status_code == 404


def test_what_htmx_asks_for_is_the_next_criterion_alone(card, me):
    headers = {"HX-Request": "true", "HX-Target": "praca"}
    page = me.get(card.get_absolute_url() + "?kryterium=A1.2", headers=headers).content.decode()
    assert "<title>A1.2 – Przed sezonem" in page
    assert 'data-here="A1.2"' in page
    assert "<main" not in page


def test_the_bench_opens_where_one_stopped(card, me):
    me.post(address(card, "A2.1"), typed(card, level="", strengths="Zaczęte."))
    assert me.get(card.get_absolute_url()).context["entry"].criterion.code == "A2.1"
    me.post(address(card, "A2.1"), typed(card, version=1))
    assert me.get(card.get_absolute_url()).context["entry"].criterion.code == "B1.1"

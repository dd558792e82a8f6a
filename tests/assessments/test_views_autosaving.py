"""What the bench saves by itself, and what it is told."""

import pytest
from django.urls import reverse

from certification.applications.states import State
from certification.assessments.models import Assessment, Rating
from certification.audit.models import Event
from institutions.states import Role
from tests.assessments.factories import (
    make_assessment,
    make_assignment,
    make_case,
    of_value,
    rate_all,
    submit,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db

EMPTY = dict.fromkeys(("strengths", "weaknesses", "question", "private_note", "level"), "")


@pytest.fixture
def assessment():
    return make_assessment()


@pytest.fixture
def me(assessment, signed_in):
    return signed_in(assessment.assignment.assessor)


def address(assessment, code="A1.1"):
    return reverse("rating_autosave", args=[assessment.pk, code])


def typed(assessment, value=2, **more):
    level = of_value(assessment.application, value).pk if value != "" else ""
    return {"version": 0, "level": level, "strengths": "Widać to w statucie. "} | more


def test_it_saves_and_says_how_it_stands(assessment, me):
    sent = typed(assessment, question="Kiedy?", seconds=130)

    told = me.post(address(assessment), sent)

    rating = Rating.objects.get()
    assert (rating.strengths, rating.question) == ("Widać to w statucie. ", "Kiedy?")
    facts = told.json()
    assert facts.pop("at")
    assert facts == {
        "state": "saved",
        "version": 1,
        "values": EMPTY
        | {"strengths": rating.strengths, "question": "Kiedy?", "level": str(rating.level_id)},
        "mark": "done",
        "done": 1,
        "total": 4,
        "spent": "2 min",
        "left": "",
    }
    assert "no-store" in told["Cache-Control"]


def test_it_takes_few_queries(assessment, me, django_assert_num_queries):
    rate_all(assessment)
    me.post(address(assessment), typed(assessment, strengths="a", version=1))
    sent = typed(assessment, strengths="ab", version=2, seconds=5)
    with django_assert_num_queries(13 + 2):  # the two begin and end a savepoint
        me.post(address(assessment), sent)


def test_it_is_journalled_once_an_hour(assessment, me, time_machine):
    time_machine.move_to("2026-11-29 10:05+01:00", tick=False)
    for version in range(3):
        me.post(address(assessment), typed(assessment, strengths="a" * version, version=version))
    assert Event.objects.of_case(assessment.application).count() == 1


def test_another_tab_was_faster(assessment, me):
    me.post(address(assessment), typed(assessment, strengths="Z drugiej <b>karty</b>."))

    response = me.post(address(assessment), typed(assessment, strengths="Z pierwszej."))

    told = response.json()
    assert (response.status_code, told["state"], told["version"]) == (409, "conflict", 1)
    assert "Z drugiej &lt;b&gt;karty&lt;/b&gt;." in told["html"]
    assert Rating.objects.get().strengths == "Z drugiej <b>karty</b>."


@pytest.mark.parametrize(("take", "stands"), [("mine", "Moje."), ("theirs", "Z drugiej.")])
def test_one_of_both_is_taken(take, stands, assessment, me):
    me.post(address(assessment), typed(assessment, strengths="Z drugiej."))

    chosen = typed(assessment, strengths="Moje.", version=1, take=take)
    told = me.post(address(assessment), chosen).json()

    assert (told["state"], told["values"]["strengths"]) == ("saved", stands)
    assert Rating.objects.get().strengths == stands


def test_asking_says_what_stands(assessment, me):
    told = me.get(address(assessment)).json()
    assert (told["state"], told["version"], told["values"]) == ("current", 0, EMPTY)
    me.post(address(assessment), typed(assessment))
    assert me.get(address(assessment)).json()["values"]["strengths"] == "Widać to w statucie. "


def test_a_text_too_long_is_refused_and_never_cut(assessment, me):
    response = me.post(address(assessment), typed(assessment, strengths="x" * 5001))
    assert (response.status_code, response.json()["state"]) == (422, "refused")
    assert "5000" in response.json()["reason"]
    assert not Rating.objects.exists()


@pytest.mark.parametrize("gone", ["submitted", "elsewhere"])
def test_what_cannot_be_rated_any_more_is_refused(gone, assessment, me):
    if gone == "submitted":
        submit(assessment)
    else:
        case = assessment.application
        type(case).objects.filter(pk=case.pk).update(state=State.COMPLETION)
    response = me.post(address(assessment), typed(assessment))
    assert (response.status_code, response.json()["state"]) == (422, "refused")
    assert not Rating.objects.exists()


def test_it_saves_for_nobody_else(assessment, me):
    response = me.post(address(assessment), typed(assessment, person=make_user().pk))
    assert (response.status_code, response.json()) == (403, {"state": "somebody_else"})
    assert not Rating.objects.exists()


def test_whose_it_is_not_is_told_nothing(assessment, signed_in):
    other = make_assignment(assessment.application).assessor
    for user in (other, make_user(Role.OFFICE), make_user(*Role)):
        client = signed_in(user)
        assert client.get(address(assessment)).status_code == 404
        assert client.post(address(assessment), typed(assessment)).status_code == 404


def test_a_criterion_of_others_is_not_mine(signed_in):
    case = make_case()
    mine = make_assessment(case)
    mine.assignment.criteria.set([case.criteria().get(code="A1.1")])
    client = signed_in(mine.assignment.assessor)
    assert client.get(address(mine, "A1.1")).status_code == 200
    assert client.get(address(mine, "B1.1")).status_code == 404
    assert client.get(address(mine, "X9.9")).status_code == 404


@pytest.mark.parametrize(
    ("seconds", "spent", "left"),
    [("x", "", ""), ("-3", "", ""), ("59", "", ""), ("1800", "30 min", "10 min")],
)
def test_time_is_told_to_its_owner(seconds, spent, left, assessment, me):
    rate_all(assessment)
    Rating.objects.filter(criterion__code="B1.1").update(level=None)
    told = me.post(address(assessment), typed(assessment, version=1, seconds=seconds)).json()
    assert (told["spent"], told["left"]) == (spent, left)
    assert Assessment.objects.get().seconds_spent == (int(seconds) if seconds.isdecimal() else 0)

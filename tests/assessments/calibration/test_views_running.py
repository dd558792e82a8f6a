"""A round is opened, followed and closed."""

import pytest

from certification.applications.states import State
from certification.assessments.models import CalibrationCard
from institutions.states import Role
from tests.assessments.calibration.factories import (
    close_row,
    make_round,
    make_sample_card,
    open_row,
)
from tests.factories import days_from_today, make_application, make_institution, make_user

from .addresses import at

pytestmark = pytest.mark.django_db


def test_a_round_is_opened(office):
    calibration, person = make_round(), make_user(Role.ASSESSOR)
    data = {"assessors": [person.pk], "due_on": days_from_today(9), "is_read": "on"}
    address = at("calibration_open", calibration)
    assert office.get(address).status_code == 200
    assert office.post(address, data)["Location"] == calibration.get_absolute_url()
    assert calibration.cards.get().assessor == person
    assert office.post(address, data).status_code == 409


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"is_read": ""}, "is_read"),
        ({"assessors": []}, "assessors"),
        ({"assessors": ["999999"]}, "assessors"),
        ({"due_on": days_from_today(-1)}, "due_on"),
    ],
)
def test_opening_with_something_missing(changes, field, office):
    person = make_user(Role.ASSESSOR)
    data = {"assessors": [person.pk], "due_on": days_from_today(9), "is_read": "on", **changes}
    response = office.post(at("calibration_open", make_round()), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_refusal_of_the_verb_is_told_on_the_form(office):
    case = make_application(State.CERTIFIED, institution=make_institution(town="Brzeszcze"))
    calibration = make_round(case)
    calibration.sample.filter(criterion__code="A1.1").update(text="W Brzeszczach.")
    data = {
        "assessors": [make_user(Role.ASSESSOR).pk], "due_on": days_from_today(9), "is_read": "on",
    }  # fmt: skip
    response = office.post(at("calibration_open", calibration), data)
    assert response.status_code == 422
    assert "Brzeszczach" in str(response.context["form"].non_field_errors())


def test_more_are_invited(office, card):
    person = make_user(Role.ASSESSOR)
    address = at("calibration_invite", card.round)
    page = office.get(address)
    assert page.status_code == 200
    office.post(address, {"assessors": [person.pk], "due_on": days_from_today(20)})
    assert card.round.cards.filter(assessor=person).exists()
    again = office.post(address, {"assessors": [person.pk], "due_on": days_from_today(20)})
    assert again.status_code == 422


def test_the_office_follows_how_far_each_is(office, card):
    make_sample_card(card.round, value=2)
    page = office.get(card.round.get_absolute_url())
    assert sorted((one.done, one.total) for one in page.context["progress"]) == [(0, 4), (4, 4)]


def test_an_invitation_is_taken_back(office, card):
    address = at("calibration_uninvite", card.round, card.pk)
    assert office.get(address).status_code == 200
    office.post(address)
    assert not CalibrationCard.objects.exists()


def test_a_round_is_closed_and_shows_its_spread(office):
    calibration = open_row()
    for value in (1, 2, 3):
        make_sample_card(calibration, value=value, submitted=True)
    address = at("calibration_close", calibration)
    assert "3 z 3" in office.get(address).content.decode()
    office.post(address)
    page = office.get(calibration.get_absolute_url())
    assert page.status_code == 200
    assert page.context["results"].people == 3
    assert office.post(address).status_code == 409


def test_a_round_closed_without_ratings(office):
    page = office.get(close_row(open_row()).get_absolute_url())
    assert page.status_code == 200

"""A round is prepared: a case is copied or a sample written."""

import pytest
from django.urls import reverse

from certification.applications.states import State
from certification.assessments.models import CalibrationRound
from tests.assessments.calibration.factories import make_round
from tests.factories import make_application, make_institution, make_kind, make_standard_set

from .addresses import at

pytestmark = pytest.mark.django_db


def test_a_case_is_copied(office):
    case = make_application(State.CERTIFIED, institution=make_institution(town="Brzeszcze"))
    data = {"title": "Sezon", "basis": "kopia", "source": case.pk}
    response = office.post(reverse("calibration_create"), data)
    created = CalibrationRound.objects.get()
    assert response["Location"] == created.get_absolute_url()
    assert office.get(response["Location"]).status_code == 200


def test_a_sample_is_written(office):
    standards = make_standard_set()
    data = {
        "title": "Sezon", "basis": "nowa", "standard_set": standards.pk, "kind": make_kind().pk,
    }  # fmt: skip
    office.post(reverse("calibration_create"), data)
    assert CalibrationRound.objects.get().source is None


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"title": "x", "basis": "kopia"}, "source"),
        ({"title": "x", "basis": "nowa"}, "standard_set"),
        ({"basis": "kopia"}, "title"),
    ],
)
def test_what_is_missing_is_asked_for(data, field, office):
    make_standard_set()
    response = office.post(reverse("calibration_create"), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_the_title_and_description_change(office):
    calibration = make_round()
    address = at("calibration_edit", calibration)
    office.post(address, {"title": "Nowy", "about": "Mała gmina.", "version": 1})
    calibration.refresh_from_db()
    assert (calibration.title, calibration.about) == ("Nowy", "Mała gmina.")
    stale = office.post(address, {"title": "Inny", "about": "Duża gmina.", "version": 1})
    assert stale.status_code == 409
    assert all(text in stale.content.decode() for text in ("Mała gmina.", "Duża gmina."))
    assert office.post(address, {"title": "", "version": 2}).status_code == 422


def typed_sample(**more):
    return {"text": "Nowa odpowiedź.", "evidence": "Plan", "version": 1, "is_rated": "on", **more}


def test_a_sample_is_edited_and_one_goes_on(office):
    calibration = make_round()
    address = at("sample_edit", calibration, "A1.1")
    assert office.get(address).status_code == 200
    response = office.post(address, typed_sample(then="next"))
    assert response["Location"] == at("sample_edit", calibration, "A1.2")
    assert calibration.sample.get(criterion__code="A1.1").text == "Nowa odpowiedź."
    stale = office.post(address, typed_sample(text="Pisane w pierwszej karcie."))
    assert stale.status_code == 409
    assert "Pisane w pierwszej karcie." in stale.content.decode()
    assert office.get(at("sample_edit", calibration, "X9.9")).status_code == 404


def test_a_sample_too_long_comes_back(office):
    response = office.post(at("sample_edit", make_round(), "A1.1"), typed_sample(text="x" * 20_001))
    assert response.status_code == 422


def test_a_word_is_replaced(office):
    calibration = make_round()
    address = at("calibration_replace", calibration)
    assert office.post(address, {"old": "Tak robimy", "new": "Robimy"}).status_code == 302
    assert calibration.sample.filter(text__startswith="Robimy").count() == 4
    for old in ("nie ma", "x"):
        assert office.post(address, {"old": old, "new": ""}).status_code == 422


def test_what_may_tell_whose_it_was_is_shown(office):
    case = make_application(State.CERTIFIED, institution=make_institution(town="Brzeszcze"))
    calibration = make_round(case)
    calibration.sample.filter(criterion__code="A1.1").update(
        text="Klub Złota Jesień w Brzeszczach."
    )
    for name in ("calibration_detail", "calibration_open"):
        page = office.get(at(name, calibration)).content.decode()
        assert "Złota Jesień" in page
        assert "Brzeszczach" in page


def test_a_round_is_dropped(office):
    calibration = make_round()
    assert office.get(at("calibration_discard", calibration)).status_code == 200
    office.post(at("calibration_discard", calibration))
    assert not CalibrationRound.objects.exists()

"""Lists of rounds, the ways there, and the report of a year."""

import pytest
from django.urls import reverse

from certification.assessments.models import CalibrationCard
from institutions.states import Role
from tests.assessments.calibration.factories import make_sample_card, open_row
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_an_assessor(number, signed_in, django_assert_num_queries):
    person = make_user(Role.ASSESSOR)
    for _round in range(number):
        make_sample_card(open_row(), person)
    make_sample_card(open_row(title="Cudza runda"))
    client = signed_in(person)
    client.get(reverse("calibration_list"))
    with django_assert_num_queries(5):
        page = client.get(reverse("calibration_list"))
    assert len(page.context["mine"]) == number
    assert "Cudza runda" not in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_the_office(number, office, django_assert_num_queries):
    for _round in range(number):
        make_sample_card(open_row(), submitted=True)
    office.get(reverse("calibration_list"))
    with django_assert_num_queries(7):
        page = office.get(reverse("calibration_list"))
    assert [counts["submitted"] for _round, counts in page.context["rows"]] == [1] * number


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOARD_MEMBER, Role.COMMITTEE_CHAIR])
def test_others_have_no_list(role, signed_in):
    client = signed_in(make_user(role))
    assert client.get(reverse("calibration_list")).status_code == 403
    assert client.get(reverse("agreement_report")).status_code == 403


def test_the_way_there_from_the_assessments(me, office):
    for client, expected in ((me, 1), (office, 2)):
        page = client.get(reverse("assessment_list")).content.decode()
        found = [name for name in ("calibration_list", "agreement_report") if reverse(name) in page]
        assert len(found) == expected


def test_the_panel_says_what_waits(me, office, card):
    assert card.get_absolute_url() in me.get(reverse("panel")).content.decode()
    address = card.round.get_absolute_url()
    assert address not in office.get(reverse("panel")).content.decode()
    CalibrationCard.objects.filter(pk=card.pk).update(submitted_at=card.invited_at)
    assert address in office.get(reverse("panel")).content.decode()


def test_the_report_without_cards(office):
    assert office.get(reverse("agreement_report")).context["season"] is None


def test_the_report_of_a_year(office):
    from tests.assessments.calibration.test_results import close
    from tests.assessments.factories import make_card

    close(make_card(second={"A1.2": 0}))
    page = office.get(reverse("agreement_report") + "?rok=1999")
    assert page.status_code == 200
    assert page.context["season"].agreement.pairs == 4

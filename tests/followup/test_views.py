"""The page of cases that lie, and the limits."""

from typing import Any

import pytest
from django.urls import reverse

from certification.audit.models import Event
from certification.followup.models import Limit
from certification.followup.states import Stage, Verb
from certification.panel.duties import waiting_for
from institutions.states import Role
from tests.factories import make_user

from .factories import make_stuck

pytestmark = pytest.mark.django_db

LIST, LIMITS = reverse("stuck_list"), reverse("limits_edit")


def sent(**changed: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for stage in Stage:
        data |= {f"days_{stage}": 9, f"again_{stage}": 9}
    return data | changed


def test_list_names_the_case_and_what_it_waits_for(signed_in: Any) -> None:
    case = make_stuck(Stage.COMMITTEE, over=3)
    text = signed_in(make_user(Role.OFFICE)).get(LIST).content.decode()
    assert case.number in text
    assert "48 dni" in text
    assert "Komisja" in text


def test_list_says_when_no_case_lies(signed_in: Any) -> None:
    text = signed_in(make_user(Role.OFFICE)).get(LIST).content.decode()
    assert "Żadna sprawa nie zalega" in text


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.COMMITTEE_CHAIR, Role.ADMINISTRATOR])
def test_list_is_not_for_others(signed_in: Any, role: Role) -> None:
    assert signed_in(make_user(role)).get(LIST).status_code == 403


@pytest.mark.parametrize(
    ("role", "address"),
    [(Role.OFFICE, "assignment_history"), (Role.RESPONSIBLE_BOARD_MEMBER, "case")],
)
def test_panel_leads_to_the_case(role: Role, address: str) -> None:
    case = make_stuck(Stage.UNDECLARED)
    (heap,) = [one for one in waiting_for(make_user(role)) if one.more_url == LIST]
    assert [duty.url for duty in heap.duties] == [reverse(address, args=[case.pk])]


@pytest.mark.parametrize("role", [Role.OFFICE, Role.RESPONSIBLE_BOARD_MEMBER])
@pytest.mark.parametrize("stage", Stage)
def test_list_leads_to_pages_that_open(signed_in: Any, stage: Stage, role: Role) -> None:
    make_stuck(stage)
    client = signed_in(make_user(role))
    (stuck,) = client.get(LIST).context["page"].object_list
    assert client.get(stuck.url).status_code == 200


def test_limits_are_set_and_journaled(signed_in: Any) -> None:
    board = make_user(Role.RESPONSIBLE_BOARD_MEMBER)
    answer = signed_in(board).post(LIMITS, sent(days_board="30"))
    assert answer.status_code == 302
    assert Limit.objects.get(stage=Stage.BOARD).days == 30
    assert Event.objects.filter(verb=Verb.SET_LIMITS, by=board).count() == len(Stage)


def test_office_reads_the_limits_and_does_not_change_them(signed_in: Any) -> None:
    client = signed_in(make_user(Role.OFFICE))
    text = client.get(LIMITS).content.decode()
    assert 'name="days_board"' not in text
    assert client.post(LIMITS, sent()).status_code == 403


def test_a_limit_that_is_none_is_refused_and_kept_on_the_page(signed_in: Any) -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))
    answer = client.post(LIMITS, sent(days_board="0", again_board="dwa"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="dwa"' in text
    assert not Limit.objects.exists()

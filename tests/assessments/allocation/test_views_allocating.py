"""The office's page for a batch: proposed, changed by hand, computed again, assigned."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification.applications.models import Application
from certification.assessments.models import Assignment
from certification.assessments.services import assign
from certification.audit.models import Event
from certification.outbox.models import Email
from institutions.models import Appointment, User
from institutions.states import Role
from tests.applications.factories import make_call
from tests.assessments.factories import make_assignment, make_case, make_profile
from tests.factories import days_from_today, make_member, make_user

pytestmark = pytest.mark.django_db
URL = "/oceny/przydzial/"


@pytest.fixture
def office(signed_in: Any) -> Client:
    client: Client = signed_in(make_user(Role.OFFICE))
    return client


def assessors(count: int) -> list[User]:
    return [make_user(Role.ASSESSOR) for _ in range(count)]


def sent(*choices: tuple[Application, Any], **more: Any) -> dict[str, Any]:
    """What the page sends: of each case the people, and what else was ticked."""
    data: dict[str, Any] = {"due_on": days_from_today(30).isoformat(), "do": "assign"}
    data["case"] = [case.pk for case, _people in choices]
    for case, people in choices:
        data[f"who-{case.pk}"] = [getattr(one, "pk", one) for one in people]
    return data | more


def team(case: Application) -> set[User]:
    return {each.assessor for each in Assignment.objects.active().filter(application=case)}


def test_a_proposal_is_shown_with_its_reasons_and_nothing_is_written(office: Client) -> None:
    people = assessors(3)
    case = make_case()
    events = Event.objects.count()
    response = office.get(URL)
    (row,) = response.context["board"].rows
    assert len(row.chosen) == 2
    assert {one.user for one in row.chosen} <= set(people)
    assert "sprawy w toku: 0, po przydziale 1 (limit 6)" in response.content.decode()
    assert case.number in response.content.decode()
    assert (Assignment.objects.count(), Event.objects.count()) == (0, events)


def test_the_proposal_is_assigned_as_it_stands(office: Client) -> None:
    assessors(4)
    cases = [make_case() for _ in range(2)]
    board = office.get(URL).context["board"]
    proposed = [(row.application, [one.user for one in row.chosen]) for row in board.rows]
    response = office.post(URL, sent(*proposed))
    assert response.status_code == 302
    for case, people in proposed:
        assert team(case) == set(people)
    assert {each.due_on for each in Assignment.objects.all()} == {days_from_today(30)}
    assert Email.objects.filter(case__endswith=f":{cases[0].pk}").count() == 2


def test_what_was_changed_by_hand_is_assigned(office: Client) -> None:
    first, second, third = assessors(3)
    case = make_case()
    office.post(URL, sent((case, [second, third])))
    assert team(case) == {second, third}


def test_a_case_left_out_or_with_nobody_waits_on(office: Client) -> None:
    first, second = assessors(2)
    out, empty, given = make_case(), make_case(), make_case()
    choices = (out, [first, second]), (empty, ["", ""]), (given, [first, second])
    assert office.post(URL, sent(*choices, **{f"out-{out.pk}": "on"})).status_code == 302
    assert (team(out), team(empty), team(given)) == (set(), set(), {first, second})


def test_a_place_may_stay_empty(office: Client) -> None:
    first, _second = assessors(2)
    case = make_case()
    assert office.post(URL, sent((case, [first, ""]))).status_code == 302
    assert team(case) == {first}


def test_the_choices_of_a_case_are_laid_open(office: Client) -> None:
    free, member = assessors(2)
    case = make_case()
    make_member(case.institution, user=member)
    data = sent((case, [free]), open=case.pk) | {"do": ""}
    page = office.post(URL, data).content.decode()
    assert f'<option value="{free.pk}" selected>' in page
    assert f'<option value="{member.pk}" disabled>' in page
    assert f'name="kept-{case.pk}" id="kept-{case.pk}" checked' in page


def test_the_rest_is_computed_anew_around_what_is_kept(office: Client) -> None:
    first, second, third, fourth = assessors(4)
    kept, other = make_case(), make_case()
    data = sent((kept, [first, second]), (other, [first, second]), do="compute")
    response = office.post(URL, data | {f"kept-{kept.pk}": "on"})
    found = {
        row.application: {one.user for one in row.chosen} for row in response.context["board"].rows
    }
    assert found == {kept: {first, second}, other: {third, fourth}}


def test_where_nobody_is_left_the_page_says_who_and_why(office: Client) -> None:
    busy, member = assessors(2)
    make_profile(busy, most_at_once=1)
    make_assignment(make_case(), busy)
    case = make_case()
    make_member(case.institution, user=member)
    response = office.get(URL)
    row = next(one for one in response.context["board"].rows if one.application == case)
    assert (row.chosen, row.lacking) == ([], 2)
    assert dict(row.why_lacking) == {
        busy: "limit spraw wyczerpany (1)",
        member: "działa lub działał(a) w tej instytucji",
    }
    assert "brakuje 2 oceniających" in response.content.decode()


# --- rules are checked again -----------------------------------------------------------------


def test_somebody_with_a_conflict_is_refused_and_nobody_is_assigned(office: Client) -> None:
    first, second, member = assessors(3)
    fine, wrong = make_case(), make_case()
    make_member(wrong.institution, user=member)
    response = office.post(URL, sent((fine, [first, second]), (wrong, [first, member])))
    assert response.status_code == 422
    assert not Assignment.objects.exists()
    ((row, error),) = response.context["board"].errors
    assert row.application == wrong
    assert error.startswith(str(member))


def test_what_breaks_a_rule_of_the_proposal_must_be_meant(office: Client) -> None:
    first, second = assessors(2)
    make_profile(first, most_at_once=0)
    case = make_case()
    response = office.post(URL, sent((case, [first, second])))
    assert response.status_code == 422
    assert 'name="aware"' in response.content.decode()
    assert not Assignment.objects.exists()
    assert office.post(URL, sent((case, [first, second]), aware="on")).status_code == 302
    assert team(case) == {first, second}


def test_a_pair_that_works_together_again_is_marked(office: Client) -> None:
    first, second = assessors(2)
    cases = make_case(), make_case()
    response = office.post(URL, sent(*((case, [first, second]) for case in cases)))
    assert response.status_code == 422
    odd = [one.odd for row in response.context["board"].rows for one in row.chosen]
    assert odd == [[f"ponownie w parze: {other}"] for other in (second, first) * 2]


@pytest.mark.parametrize(
    ("field", "value"), [("due_on", "jutro"), ("due_on", "2001-01-01"), ("due_on", "")]
)
def test_a_wrong_deadline_comes_back_with_the_choices(
    field: str, value: str, office: Client
) -> None:
    first, second = assessors(2)
    case = make_case()
    response = office.post(URL, sent((case, [second, first])) | {field: value})
    assert response.status_code == 422
    assert response.context["board"].draft[case.pk].people == (second.pk, first.pk)
    assert not Assignment.objects.exists()


def test_too_many_for_the_places_are_refused(office: Client) -> None:
    case = make_case()
    assert office.post(URL, sent((case, assessors(3)))).status_code == 422
    assert not Assignment.objects.exists()


def test_nothing_chosen_is_said(office: Client) -> None:
    assert office.post(URL, sent((make_case(), []))).status_code == 422


# --- somebody else was faster ------------------------------------------------------------------


def test_a_case_assigned_meanwhile_keeps_the_other_choices(office: Client) -> None:
    first, second, third, fourth = assessors(4)
    taken, other = make_case(), make_case()
    by = make_user(Role.OFFICE)
    for person in (first, second):
        assign(taken, by=by, assessor=person, due_on=days_from_today(9))
    response = office.post(URL, sent((taken, [third, fourth]), (other, [first, third])))
    assert response.status_code == 409
    assert response.context["board"].draft[other.pk].people == (first.pk, third.pk)
    assert team(other) == set()


def test_somebody_who_is_no_assessor_any_more_is_left_out(office: Client) -> None:
    first, second = assessors(2)
    case = make_case()
    Appointment.objects.filter(user=second).update(until=days_from_today(-1))
    response = office.post(URL, sent((case, [first, second])))
    assert response.status_code == 409
    assert response.context["board"].draft[case.pk].people == (first.pk,)


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 5000, "٣", "1.5"])
def test_nonsense_is_left_out(nonsense: str, office: Client) -> None:
    (first,) = assessors(1)
    case = make_case()
    data = sent((case, [first, nonsense]))
    assert office.post(URL, data).status_code == 409
    assert office.post(URL, data | {"case": [nonsense], "open": nonsense}).status_code == 422
    assert not Assignment.objects.exists()


def test_all_is_undone_when_one_case_is_refused(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second case is refused by the verb itself, as if it changed at the last moment."""
    first, second = assessors(2)
    case, gone = make_case(), make_case()
    response_of = office.get(URL).context["board"]
    assert len(response_of.rows) == 2
    real = Application.objects.select_for_update

    def moves_on(*args: Any, **options: Any) -> Any:
        Application.objects.filter(pk=gone.pk).update(state="committee")
        return real(*args, **options)

    monkeypatch.setattr(Application.objects, "select_for_update", moves_on)
    response = office.post(URL, sent((case, [first, second]), (gone, [first, second]), aware="on"))
    assert response.status_code == 409
    assert gone.number in response.context["refusal"]
    assert not Assignment.objects.exists()
    assert not Email.objects.exists()


# --- the page ------------------------------------------------------------------------------


def test_nothing_waits(office: Client) -> None:
    assert "Żadnej sprawie nie brakuje oceniających" in office.get(URL).content.decode()


def test_the_cases_of_one_call(office: Client) -> None:
    call = make_call()
    of_call = make_case(call=call)
    make_case()
    for asked in (str(call.pk), f"{call.pk}"):
        rows = office.get(URL, {"nabor": asked}).context["board"].rows
        assert [row.application for row in rows] == [of_call]
    assert len(office.get(URL, {"nabor": "nic"}).context["board"].rows) == 2


def test_the_list_of_assessments_leads_here(office: Client) -> None:
    make_case()
    page = office.get(reverse("assessment_list")).content.decode()
    assert f'href="{URL}"' in page
    assert "Przydziel 1 czekającą sprawę" in page


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_many(
    count: int, office: Client, django_assert_num_queries: Any
) -> None:
    assessors(count + 1)
    for _ in range(count):
        make_case()
    office.get(URL)
    with django_assert_num_queries(22):
        office.get(URL)

"""The pages on which both sides find a date."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.visits.models import SiteVisit
from certification.visits.states import Side, State
from institutions.states import MemberRole, Role
from tests.assessments.factories import make_assignment, make_case
from tests.factories import make_member, make_user
from tests.visits.factories import make_visit, offer_of, span

pytestmark = pytest.mark.django_db


def at(name: str, visit: SiteVisit, *args: Any) -> str:
    return reverse(name, args=[visit.pk, *args])


def dates(*spans: Any, **more: Any) -> dict[str, Any]:
    data = dict(more)
    for number, (start, end) in enumerate(spans, start=1):
        start, end = timezone.localtime(start), timezone.localtime(end)
        data |= {
            f"day_{number}": start.date().isoformat(),
            f"from_{number}": f"{start:%H:%M}",
            f"to_{number}": f"{end:%H:%M}",
        }
    return data


def midday(days: int) -> Any:
    """From ten to two that many days ahead, in Poland."""
    start = timezone.localtime(clock.now() + timedelta(days=days)).replace(
        hour=10, minute=0, second=0, microsecond=0
    )
    return start, start + timedelta(hours=4)


@pytest.fixture
def office(signed_in: Any) -> Any:
    return signed_in(make_user(Role.OFFICE))


def test_the_office_proposes_and_the_institution_chooses(office: Any, signed_in: Any) -> None:
    case = make_case()
    assessor = make_assignment(case).assessor
    data = dates(
        midday(8), midday(9), place="Rynek 1", word="", team=[assessor.pk], lead=assessor.pk
    )
    response = office.post(reverse("visit_propose", args=[case.pk]), data)
    visit = SiteVisit.objects.get()
    assert response.url == visit.get_absolute_url()
    assert visit.current_round.offers.count() == 2
    host = signed_in(case.opened_by)
    page = host.get(visit.get_absolute_url())
    assert page.context["may_agree"]
    assert host.post(at("visit_agree", visit, offer_of(visit).pk)).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.starts_at) == (State.AGREED, midday(8)[0])


def test_half_a_date_keeps_what_was_typed(office: Any) -> None:
    case = make_case()
    data = dates(midday(8), place="Rynek 1", word="Dzień dobry") | {
        "to_1": "",
        "day_2": "2030-01-01",
    }
    response = office.post(reverse("visit_propose", args=[case.pk]), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"to_1", "from_2", "to_2"} - {"to_2"}
    assert "Dzień dobry" in response.content.decode()


@pytest.mark.parametrize(
    ("spans", "field"),
    [([(midday(-3))], "day_1"), ([tuple(reversed(midday(3)))], "to_1"), ([midday(3)] * 2, "day_2")],
)
def test_a_date_that_cannot_be_is_said_at_its_field(office: Any, spans: Any, field: str) -> None:
    url = reverse("visit_propose", args=[make_case().pk])
    response = office.post(url, dates(*spans, place="Rynek 1"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_proposed_visit_leads_to_its_page(office: Any) -> None:
    visit = make_visit()
    response = office.get(reverse("visit_propose", args=[visit.application_id]))
    assert response.url == visit.get_absolute_url()


def test_the_institution_proposes_other_dates(office: Any, signed_in: Any) -> None:
    visit = make_visit()
    host = signed_in(visit.application.opened_by)
    data = dates(midday(20), word="Wtedy mamy festyn.")
    assert host.post(at("visit_counter", visit), data).status_code == 302
    visit.refresh_from_db()
    assert visit.current_round.side == Side.INSTITUTION
    assert "Wtedy mamy festyn." in office.get(visit.get_absolute_url()).content.decode()
    assert office.get(visit.get_absolute_url()).context["may_agree"]
    assert not host.get(visit.get_absolute_url()).context["may_agree"]
    assert host.get(at("visit_counter", visit)).status_code == 409


def test_a_reader_and_an_assessor_read_and_decide_nothing(signed_in: Any) -> None:
    visit = make_visit()
    reader = make_member(visit.application.institution, MemberRole.READER)
    for person in (reader, visit.team.get()):
        client = signed_in(person)
        page = client.get(visit.get_absolute_url())
        offers = ("agree", "counter", "propose_again", "prepare", "cancel", "hold")
        assert not any(page.context[f"may_{offer}"] for offer in offers)
        for name in ("visit_counter", "visit_prepare", "visit_cancel"):
            assert client.post(at(name, visit)).status_code == 403
        assert client.post(at("visit_agree", visit, offer_of(visit).pk)).status_code == 403


def test_an_own_date_is_not_accepted_by_its_side(office: Any, signed_in: Any) -> None:
    visit = make_visit(state=State.COUNTERED, side=Side.INSTITUTION)
    host = signed_in(visit.application.opened_by)
    address = at("visit_agree", visit, offer_of(visit).pk)
    assert host.post(address).status_code == 403
    assert office.post(address).status_code == 302


def test_an_offer_of_another_visit_is_not_found(office: Any) -> None:
    visit, other = make_visit(), make_visit()
    assert office.post(at("visit_agree", visit, offer_of(other).pk)).status_code == 404


def test_outsiders_find_nothing(signed_in: Any) -> None:
    visit = make_visit()
    barred = make_user(Role.OFFICE)
    ConflictDeclaration.objects.create(
        application=visit.application, user=barred, ground="other", declared_by=barred
    )
    for person in (make_member(make_case().institution), barred):
        client = signed_in(person)
        assert client.get(visit.get_absolute_url()).status_code == 404
        assert visit.place not in client.get(reverse("visit_list")).content.decode()
        assert client.get(at("visit_calendar", visit)).status_code == 404


def test_the_programme_is_suggested_from_the_hours(office: Any) -> None:
    visit = make_visit(state=State.AGREED, spans=[midday(5)])
    suggested = office.get(at("visit_prepare", visit)).context["form"]["agenda"].value()
    assert suggested.startswith("10:00 ")
    assert len(suggested.splitlines()) == 7


def test_a_stale_programme_is_kept_beside_the_newer(office: Any) -> None:
    visit = make_visit()
    data = {"agenda": "9:00 Powitanie", "place": "Rynek 1", "version": 1}
    assert office.post(at("visit_prepare", visit), data).status_code == 302
    response = office.post(at("visit_prepare", visit), data | {"agenda": "8:30 Kawa"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "9:00 Powitanie" in page
    assert "8:30 Kawa" in page
    assert response.context["form"]["version"].value() == "2"


def test_calling_off_asks_why(office: Any) -> None:
    visit = make_visit(state=State.AGREED)
    assert office.post(at("visit_cancel", visit), {"reason": ""}).status_code == 422
    assert office.post(at("visit_cancel", visit), {"reason": "Powódź."}).status_code == 302
    assert "Powódź." in office.get(visit.get_absolute_url()).content.decode()


def test_the_case_offers_a_visit_and_links_to_it(office: Any) -> None:
    case = make_case()
    url = reverse("visit_propose", args=[case.pk])
    assert url in office.get(case.get_absolute_url()).content.decode()
    visit = make_visit(case)
    page = office.get(case.get_absolute_url()).content.decode()
    assert url not in page
    assert visit.get_absolute_url() in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_for_three_as_for_one(
    office: Any, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        make_visit(state=State.AGREED)
    make_visit(state=State.CANCELLED)
    office.get(reverse("visit_list"))
    with django_assert_num_queries(LIST_QUERIES):
        page = office.get(reverse("visit_list"))
    assert len(page.context["page"].object_list) == count
    past = office.get(reverse("visit_list") + "?widok=zakonczone")
    assert len(past.context["page"].object_list) == 1


LIST_QUERIES = 6


def test_whose_turn_it_is_stands_in_the_panel(office: Any, signed_in: Any) -> None:
    proposed, countered = make_visit(), make_visit(state=State.COUNTERED, side=Side.INSTITUTION)
    agreed = make_visit(state=State.AGREED, spans=[span(4)])
    for client, visit in (
        (signed_in(proposed.application.opened_by), proposed),
        (office, countered),
        (signed_in(agreed.team.get()), agreed),
    ):
        found = client.get(reverse("panel")).content.decode()
        assert visit.get_absolute_url() in found
    day = timezone.localtime(agreed.starts_at)
    assert f"Przygotuj się do wizytacji: {day.day} " in found

"""Lists of employees: read from what was pasted, kept as hashes, removed after their day."""

import pytest
from django.core import serializers
from django.urls import reverse

from certification import clock
from certification.assessments.candidates import candidates
from certification.audit.models import Event
from institutions.employees import of_email, of_name, read
from institutions.models import EmployeeList, Institution, ListedPerson
from institutions.models.employee_list import Listings
from institutions.services.employees import remove_old_lists
from institutions.states import Role, Verb
from tests.assessments.factories import make_case
from tests.factories import days_from_today, make_employee_list, make_institution, make_user

pytestmark = pytest.mark.django_db
JAN, NAME = of_email("jan@urzad.pl")[0], of_name("Jan Żak")[0]


@pytest.fixture
def institution() -> Institution:
    return make_institution(teryt="1818011")


def page(institution: Institution) -> str:
    return reverse("employee_lists", args=[institution.pk])


def typed(**fields: str) -> dict[str, str]:
    day = days_from_today(30).isoformat()
    given = {"whose": "institution", "people": "jan@urzad.pl", "source": "pismo"}
    return given | {"kept_until": day} | fields


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("JAN@urzad.pl ", {JAN}),
        ("Żak Jan", {NAME}),
        ("jan zak\tjan@urzad.pl", {JAN, NAME}),
        ("Jan Żak <jan@urzad.pl>", {JAN, NAME}),
        ('"jan@urzad.pl";"Jan";"Żak"', {JAN, NAME}),
        ("jan@urzad.pl 600 100 200", {JAN}),
        (";;", set()),
    ],
)
def test_a_line_is_an_address_a_name_or_both(line: str, found: set[str]) -> None:
    assert read(line) == (found, [])


def test_lines_that_are_neither_are_told_by_number() -> None:
    assert read("Jan\n\nJan Żak\njan@urzad\nJan Żak jan@urzad\nJan Żak 600100200")[1] == [
        1,
        4,
        5,
        6,
    ]


def test_only_hashes_are_kept_and_the_journal_names_nobody(institution, signed_in):
    client = signed_in(make_user(Role.OFFICE))
    client.post(page(institution), typed(people="Jan Żak jan@urzad.pl"))
    assert set(ListedPerson.objects.values_list("digest", flat=True)) == {JAN, NAME}
    event = Event.objects.get(verb=Verb.KEEP_EMPLOYEES)
    rows = [*EmployeeList.objects.all(), *ListedPerson.objects.all(), event]
    text = serializers.serialize("json", rows) + client.get(page(institution)).content.decode()
    assert "urzad.pl" not in text
    assert "Jan" not in text
    assert event.facts["listed"] == 2


def test_a_list_takes_the_place_of_the_one_before(institution, signed_in):
    make_employee_list(institution, "ola@urzad.pl")
    make_employee_list(institution, "ola@urzad.pl", is_of_municipality=True)
    client = signed_in(make_user(Role.OFFICE))
    seen = client.get(page(institution)).context["form"]["seen"].value()
    assert client.post(page(institution), typed(seen=seen)).status_code == 302
    assert EmployeeList.objects.count() == 2
    assert [one.digest for one in institution.employee_list.people.all()] == [JAN]


@pytest.mark.parametrize(
    ("field", "value"), [("people", "Jan"), ("people", ";;"), ("kept_until", "2020-01-01")]
)
def test_a_refused_list_keeps_what_was_typed(institution, signed_in, field, value):
    answer = signed_in(make_user(Role.OFFICE)).post(page(institution), typed(**{field: value}))
    assert answer.status_code == 422
    assert value in answer.content.decode()
    assert not EmployeeList.objects.exists()


def test_no_municipality_without_its_number(signed_in):
    client = signed_in(make_user(Role.OFFICE))
    answer = client.post(page(make_institution(teryt="")), typed(whose="municipality"))
    assert answer.status_code == 422


def test_the_office_removes_a_list_after_a_question(institution, signed_in):
    kept = make_employee_list(institution, "jan@urzad.pl", is_of_municipality=True)
    client = signed_in(make_user(Role.OFFICE))
    address = reverse("employee_list_remove", args=[institution.pk, kept.pk])
    foreign = reverse("employee_list_remove", args=[make_institution().pk, kept.pk])
    assert client.post(foreign).status_code == 404
    assert kept.mark in client.get(address).content.decode()
    assert EmployeeList.objects.exists()
    assert client.post(address, {"seen": f"{kept.pk}.0"}).status_code == 409
    assert client.post(address, {"seen": kept.mark}).status_code == 302
    assert not ListedPerson.objects.exists()
    assert Event.objects.about(institution).filter(verb=Verb.REMOVE_EMPLOYEES).exists()


def test_a_list_goes_after_its_last_day(institution):
    make_employee_list(institution, "jan@urzad.pl", kept_until=clock.today())
    make_employee_list(
        institution, "jan@urzad.pl", kept_until=days_from_today(-1), is_of_municipality=True
    )
    assert remove_old_lists(clock.now())
    assert remove_old_lists(clock.now()) == ""
    assert EmployeeList.objects.get().institution == institution
    assert Event.objects.filter(verb=Verb.REMOVE_EMPLOYEES, by=None).count() == 1


def test_a_former_key_still_finds_people(institution, settings):
    user = make_user(Role.ASSESSOR)
    make_employee_list(institution, user.email)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key"
    assert EmployeeList.objects.naming(user).exists()
    assert Listings([user]).by_email(user) == {institution.pk}


def test_a_name_alone_warns_and_bars_nobody():
    case = make_case()
    user = make_user(Role.ASSESSOR, full_name="Jan Żak")
    make_employee_list(case.institution, "Żak Jan")
    (found,) = [one for one in candidates(case) if one.user == user]
    assert found.warning
    assert not found.obstacle

"""A list of employees from a file, looked through before it counts; and two people at one list."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certification.audit.models import Event
from institutions.employees import of_email
from institutions.import_files import UnreadableFile, read_people
from institutions.models import EmployeeList, Institution, ListedPerson
from institutions.states import Role
from tests.factories import days_from_today, make_employee_list, make_institution, make_user

pytestmark = pytest.mark.django_db
CSV = "Lp.;Imię;Nazwisko;Stanowisko;E-mail\n1;Jan;Żak;Dyrektor;jan@urzad.pl\n2;Ola;Lis;;\n"
BOTH = "Jan\tŻak\tjan@urzad.pl\nOla\tLis"


def workbook(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("Pracownicy")
    for row in rows:
        book["Pracownicy"].append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def institution() -> Institution:
    return make_institution(teryt="1818011")


def page(institution: Institution) -> str:
    return reverse("employee_lists", args=[institution.pk])


def typed(**fields: Any) -> dict[str, Any]:
    day = days_from_today(30).isoformat()
    given = {"whose": "institution", "people": "", "source": "pismo", "kept_until": day}
    return given | {"seen": ""} | fields


def sent(content: str | bytes = CSV, name: str = "kadry.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250", "utf-16"])
def test_columns_of_people_are_read_whatever_the_encoding(encoding: str) -> None:
    assert read_people(CSV.encode(encoding), "kadry.csv") == BOTH


def test_a_workbook_is_read_from_the_sheet_with_people() -> None:
    rows = (["Urząd Gminy"], [], ["Nazwisko i imię", "Telefon"], ["Żak  Jan", "600100200"])
    assert read_people(workbook(*rows), "kadry.xlsx") == "Żak Jan"


def test_without_headings_everything_is_there_to_be_looked_through() -> None:
    assert read_people("Jan Żak,600100200\nOla Lis,\n".encode(), "a.csv") == (
        "Jan Żak\t600100200\nOla Lis"
    )


@pytest.mark.parametrize(("content", "name"), [("E-mail;Nazwisko\n", "a.csv"), ("x", "a.pdf")])
def test_a_file_without_people_is_refused(content: str, name: str) -> None:
    with pytest.raises(UnreadableFile):
        read_people(content.encode(), name)


def test_a_file_is_shown_first_and_writes_nothing(institution: Institution, signed_in: Any) -> None:
    client = signed_in(make_user(Role.OFFICE))
    before = Event.objects.count()
    answer = client.post(page(institution), typed(people="ewa@urzad.pl", file=sent()))
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form["people"].value() == f"ewa@urzad.pl\n{BOTH}"
    assert form["source"].value() == "pismo"
    read = {"filename": "kadry.csv", "lines": 2, "found": 4, "wrong": ""}
    assert answer.context["read"] == read
    assert (EmployeeList.objects.count(), Event.objects.count()) == (0, before)


def test_lines_of_a_file_that_name_nobody_are_told(
    institution: Institution, signed_in: Any
) -> None:
    answer = signed_in(make_user(Role.OFFICE)).post(
        page(institution), typed(file=sent("Jan Żak,600100200\nOla Lis,\n"))
    )
    assert answer.context["read"]["wrong"] == "1"


@pytest.mark.parametrize("fields", [{"read_file": "1"}, {"file": sent("%PDF-", "kadry.pdf")}])
def test_a_refused_file_keeps_what_was_typed(
    institution: Institution, signed_in: Any, fields: dict[str, Any]
) -> None:
    answer = signed_in(make_user(Role.OFFICE)).post(
        page(institution), typed(people="ewa@urzad.pl", **fields)
    )
    assert answer.status_code == 422
    assert answer.context["file_form"].errors
    assert answer.context["form"]["people"].value() == "ewa@urzad.pl"


@pytest.mark.parametrize("whose", ["institution", "municipality"])
def test_who_saves_second_is_told_and_loses_nothing(
    institution: Institution, signed_in: Any, whose: str
) -> None:
    is_of_municipality = whose == "municipality"
    make_employee_list(institution, "a@urzad.pl", is_of_municipality=is_of_municipality)
    client = signed_in(make_user(Role.OFFICE))
    seen = client.get(page(institution)).context["form"]["seen"].value()
    make_employee_list(institution, "b@urzad.pl", is_of_municipality=is_of_municipality)

    answer = client.post(page(institution), typed(whose=whose, people="c@urzad.pl", seen=seen))
    assert answer.status_code == 409
    assert "c@urzad.pl" in answer.content.decode()
    assert ListedPerson.objects.get().digest == of_email("b@urzad.pl")[0]

    again = answer.context["form"]["seen"].value()
    answer = client.post(page(institution), typed(whose=whose, people="c@urzad.pl", seen=again))
    assert answer.status_code == 302
    assert ListedPerson.objects.get().digest == of_email("c@urzad.pl")[0]


def test_a_list_entered_anew_is_not_the_one_that_was_seen(institution: Institution) -> None:
    first = make_employee_list(institution, "a@urzad.pl")
    mark = first.mark
    first.delete()
    assert make_employee_list(institution, "b@urzad.pl").mark != mark


def test_page_reads_as_much_of_many_lists(
    institution: Institution, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(make_user(Role.OFFICE))
    client.get(page(institution))
    for is_of_municipality in (False, True):
        make_employee_list(institution, "a@urzad.pl", is_of_municipality=is_of_municipality)
        with django_assert_num_queries(6):
            client.get(page(institution))

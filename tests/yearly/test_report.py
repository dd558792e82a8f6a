"""The numbers of a year: right, guarded where they are few, and the same on every way out."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from certification.applications.states import State
from certification.decisions.models import Decision
from certification.decisions.states import Outcome
from certification.yearly.figures import report_of, years_known
from certification.yearly.tables import Few
from institutions.states import Role
from tests.assessments.factories import make_card, sign_all
from tests.certificates.factories import withdraw_row, write_certificate
from tests.factories import make_application, make_institution, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _standing_still():
    with time_machine.travel(TODAY.isoformat() + "T10:00:00+02:00", tick=False):
        yield


def certificate(
    number, institution=None, *, since=date(2025, 3, 1), until=date(2030, 3, 1), **more
):
    days = {"valid_from": since, "valid_to": until, "issued_on": since}
    return write_certificate(number, institution, **days, **more)


def submitted(state, **fields):
    return make_application(state, submitted_at=datetime(2025, 2, 1, tzinfo=UTC), **fields)


def decided_card(**ratings):
    """A closed card of a case decided in 2025, 73 days after it was submitted."""
    with time_machine.travel("2025-02-01T10:00:00+01:00", tick=False):
        card = make_card(submitted(State.ASSESSMENT), **ratings)
    sign_all(card)
    Decision.objects.create(
        application=card.application,
        outcome=Outcome.GRANTED,
        session_on=date(2025, 4, 15),
        decided_by=make_user(Role.COMMITTEE_CHAIR),
    )
    return card


def table(key, year=2025):
    return next(each for each in report_of(year, TODAY).tables if each.key == key)


def values(key, year=2025):
    return {row.label: row.values for row in table(key, year).rows}


def test_applications_by_what_became_of_them():
    for state in (State.REFUSED, State.WITHDRAWN, State.COMMITTEE, State.ASSESSMENT):
        submitted(state)
    make_application(State.REFUSED, submitted_at=datetime(2024, 12, 31, tzinfo=UTC))

    assert values("applications") == {
        "Z certyfikatem": (0,),
        "Odmowa": (1,),
        "Wycofany przez wnioskodawcę": (1,),
        "Pozostawiony bez rozpoznania": (0,),
        "W toku": (2,),
        "Razem": (4,),
    }


def test_a_year_begins_at_midnight_in_poland():
    make_application(State.REFUSED, submitted_at=datetime(2024, 12, 31, 23, 30, tzinfo=UTC))

    assert values("applications")["Razem"] == (1,)
    assert values("applications", 2024)["Razem"] == (0,)


def test_certificates_of_the_year():
    first = certificate(1)
    certificate(2, first.institution, replaces=first, correction_reason="Literówka.")
    certificate(3, since=date(2019, 1, 1), until=date(2025, 6, 1))
    withdraw_row(certificate(4, since=date(2023, 1, 1)), date(2025, 7, 1))
    old = certificate(5, since=date(2020, 1, 1), until=date(2025, 12, 31))
    again = make_application(State.CERTIFIED, institution=old.institution, renews=old.application)
    certificate(6, old.institution, application=again)

    assert values("certificates") == {
        "Wydane po raz pierwszy": (1,),
        "Odnowione": (1,),
        "Poprawione": (1,),
        "Wygasłe": (1,),  # what ends on the last day is in force on it
        "Odebrane": (1,),
        "Ważne na koniec": (3,),
    }


def test_where_few_applied_it_is_not_told_how_many():
    for _each in range(2):
        submitted(State.REFUSED, institution=make_institution(voivodeship="24"))
    for _each in range(3):
        submitted(State.REFUSED, institution=make_institution(voivodeship="18"))

    found = values("voivodeships")
    assert found["śląskie"] == (0, 0, Few())
    assert found["podkarpackie"] == (0, 0, 3)
    assert found["opolskie"] == (0, 0, 0)


def test_mean_level_and_time_are_told_of_three_cases_or_more():
    for _each in range(2):
        decided_card(value=2)
    assert {row[0] for row in values("standards").values()} == {None}
    assert values("time")["Mediana"] == (None,)

    decided_card(value=3)

    assert set(values("standards").values()) == {(Decimal("2.33"), 3, 0)}
    assert values("time")["Mediana"] == (73,)


def test_years_go_from_the_first_to_this_one():
    assert years_known(TODAY) == [2026]
    certificate(1, since=date(2024, 1, 1))
    assert years_known(TODAY) == [2026, 2025, 2024]


def address(name, year=2025):
    return reverse(name, args=[year])


@pytest.fixture
def office(signed_in):
    certificate(1)
    return signed_in(make_user(Role.OFFICE))


def test_page_shows_each_table_with_its_chart(office):
    page = office.get(address("yearly_report"))

    assert page.status_code == 200
    text = page.content.decode()
    assert text.count("<table") == len(report_of(2025, TODAY).tables) - 1  # no standards yet
    assert text.count('class="yearly__chart"') == text.count("<table")


def test_csv_and_workbook_hold_the_same_numbers(office):
    rows = list(
        csv.reader(
            io.StringIO(office.get(address("yearly_csv")).content.decode("utf-8-sig")),
            delimiter=";",
        )
    )
    book = load_workbook(io.BytesIO(office.get(address("yearly_xlsx")).content))

    assert ["Certyfikaty", "Wydane po raz pierwszy", "Certyfikaty", "1"] in rows
    assert [cell.value for cell in book["certificates"][2]] == ["Wydane po raz pierwszy", 1]


def test_paper_is_polish_and_reads_as_the_page(office):
    office.cookies["language"] = "en"
    response = office.get(address("yearly_pdf"))
    reader = PdfReader(io.BytesIO(response.content))
    text = " ".join(page.extract_text() for page in reader.pages)

    assert reader.metadata.title == "Sprawozdanie za rok 2025"
    assert "Wydane po raz pierwszy" in text
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_a_year_of_which_nothing_is_known_has_no_page(office):
    assert office.get(address("yearly_report", 1999)).status_code == 404
    assert office.get(address("yearly_report", 2027)).status_code == 404

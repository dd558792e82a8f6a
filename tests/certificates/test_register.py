import csv
import io
import json
import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from certification.certificates.register import COLUMNS, entries
from certification.finding import fold
from tests.factories import make_institution

from .factories import make_award, withdraw_row, write_certificate

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _standing_still():
    with time_machine.travel(TODAY.isoformat() + "T10:00:00+02:00", tick=False):
        yield


def holder(name, **fields):
    return make_institution(name=name, **fields)


def certificate(number, name="Dom Kultury", *, until=date(2028, 1, 1), **fields):
    institution = fields.pop("institution", None) or holder(f"{name} {number}")
    return write_certificate(
        number,
        institution,
        valid_from=date(2020, 1, 1),
        valid_to=until,
        issued_on=date(2020, 1, 1),
        **fields,
    )


def shown(client, **query):
    page = client.get(reverse("register"), query)
    assert page.status_code == 200
    return [entry.holder for entry in page.context["page"].object_list]


def test_register_shows_certificates_then_historical_entries(client):
    certificate(1, "Biblioteka")
    make_award(holder("Ośrodek Dawny"), presented="2012-02", label="na lata 2012–2015")

    page = client.get(reverse("register"))

    assert [e.holder for e in page.context["page"].object_list] == ["Biblioteka 1", "Ośrodek Dawny"]
    assert page.context["summary"] == {"in_force": 1, "expiring": 0}
    text = page.content.decode()
    assert "wręczenie: 02.2012" in text
    assert "wpis historyczny" in text


def test_register_when_empty(client):
    page = client.get(reverse("register"))

    assert page.status_code == 200
    assert "empty-state" in page.content.decode()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (
            "",
            ["Ważny 1", "Kończy się 2", "Minął 3", "Odebrany 4", "Zastąpiony 5", "Nowy 6", "Dawny"],
        ),
        ("in_force", ["Ważny 1", "Kończy się 2", "Nowy 6"]),
        ("expiring", ["Kończy się 2"]),
        ("expired", ["Minął 3"]),
        ("withdrawn", ["Odebrany 4"]),
        ("superseded", ["Zastąpiony 5"]),
        ("upcoming", []),
        ("historical", ["Dawny"]),
        (
            "made-up",
            ["Ważny 1", "Kończy się 2", "Minął 3", "Odebrany 4", "Zastąpiony 5", "Nowy 6", "Dawny"],
        ),
    ],
)
def test_register_by_status(client, status, expected):
    certificate(1, "Ważny")
    certificate(2, "Kończy się", until=date(2026, 8, 1))
    certificate(3, "Minął", until=date(2026, 5, 3))
    withdraw_row(certificate(4, "Odebrany"), date(2025, 1, 1))
    old = certificate(5, "Zastąpiony")
    certificate(6, "Nowy", replaces=old, correction_reason="Literówka.")
    make_award(holder("Dawny"))

    assert sorted(shown(client, status=status)) == sorted(expected)


@pytest.mark.parametrize(
    "typed", ["ŁÓDZKI", "lodzki", "swietojanska", "Łęczyca", "leczycy 7", "CAL/OSL/7/2020"]
)
def test_register_finds_by_name_town_and_number(client, typed):
    sought = holder("Łódzki Ośrodek przy Świętojańskiej w Łęczycy", town="Łęczyca")
    certificate(7, institution=sought)
    certificate(8, "Biblioteka")

    typed = typed.replace("swietojanska", "swietojansk")
    assert shown(client, q=typed) == [sought.name]


def test_register_by_voivodeship(client):
    certificate(1, institution=holder("Tutaj", voivodeship="24"))
    certificate(2, institution=holder("Tam", voivodeship="18"))
    make_award(holder("Dawny tutaj", voivodeship="24"))

    assert shown(client, voivodeship="24") == ["Tutaj", "Dawny tutaj"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", ["B 2", "A 1"]), ("holder", ["A 1", "B 2"]), ("ends", ["B 2", "A 1"])],
)
def test_register_in_order(client, sort, expected):
    certificate(1, "A", until=date(2030, 1, 1))
    certificate(2, "B", until=date(2029, 1, 1))

    assert shown(client, sort=sort) == expected


def test_pages_go_on_from_certificates_into_historical_entries():
    for number in range(1, 4):
        certificate(number)
    for number in range(1, 4):
        make_award(holder(f"Dawny {number}"), presented=f"200{number}")
    found = entries(TODAY, sort="holder")

    names = [entry.holder for start in (0, 2, 4) for entry in found[start : start + 2]]

    assert len(found) == 6
    assert names == [f"Dom Kultury {n}" for n in (1, 2, 3)] + [f"Dawny {n}" for n in (1, 2, 3)]
    assert names == [entry.holder for entry in found]
    assert found[4].holder == "Dawny 2"


@pytest.mark.parametrize("number", [1, 3])
def test_register_asks_the_same_number_of_questions(client, number, django_assert_num_queries):
    for each in range(1, number + 1):
        withdraw_row(certificate(each), date(2025, 1, 1))
        make_award()

    with django_assert_num_queries(8):
        client.get(reverse("register"))


def read_csv(client, **query):
    response = client.get(reverse("register_csv"), query)
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def page_of(row):
    """The last column, which holds the number of a row of this run."""
    assert re.fullmatch(r"http://127.0.0.1:8000/rejestr/\d+-lodz-1/", row[-1])
    return row[-1]


def test_csv_opens_in_a_polish_spreadsheet(client):
    certificate(1, "Łódź")

    raw = b"".join(client.get(reverse("register_csv")).streaming_content)
    header, row = read_csv(client)

    assert raw.startswith(b"\xef\xbb\xbf")
    assert header[:3] == ["Numer", "Posiadacz", "Miejscowość"]
    assert row == [
        *("CAL/OSL/1/2020", "Łódź 1", "Miasteczko", "podkarpackie", "ważny", "na lata 2020–2025"),
        *("2020-01-01", "2028-01-01", "2020-01-01", "", "", "", "", page_of(row)),
    ]


def test_csv_has_the_rows_of_the_filter_only(client):
    certificate(1, "Tutaj")
    certificate(2, "Tam", until=date(2021, 1, 1))
    make_award()

    assert [row[1] for row in read_csv(client, status="expired")[1:]] == ["Tam 2"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_holds_no_formula(client, name):
    make_award(holder(name))

    assert read_csv(client)[1][1] == "'" + name


def test_json_says_what_each_field_is(client):
    certificate(1, "Biblioteka „Łąka”")
    withdraw_row(certificate(2), date(2025, 1, 1))
    make_award(holder("Dawny"), label="2012–2015")

    response = client.get(reverse("register_json"), {"sort": "holder"})
    read = json.loads(b"".join(response.streaming_content))

    assert response.headers["Content-Type"] == "application/json"
    assert (read["as_of"], list(read["fields"])) == ("2026-05-04", list(COLUMNS))
    assert [list(entry) for entry in read["entries"]] == [list(COLUMNS)] * 3
    assert [entry["status"] for entry in read["entries"]] == ["valid", "withdrawn", "historical"]
    assert read["entries"][1]["withdrawn_on"] == "2025-01-01"
    assert read["entries"][2] == dict.fromkeys(COLUMNS) | {
        "holder": "Dawny",
        "town": "Miasteczko",
        "voivodeship": "podkarpackie",
        "status": "historical",
        "label": "2012–2015",
        "presented": "2012-02-23",
        "source": "https://example.org/zrodlo",
        "page": read["entries"][2]["page"],
    }


def test_json_of_an_empty_register(client):
    read = json.loads(b"".join(client.get(reverse("register_json")).streaming_content))

    assert read["entries"] == []


@pytest.mark.parametrize("name", ["register", "register_csv", "register_json"])
def test_nothing_but_the_columns_is_public(client, name):
    one = certificate(1, first_signatory="Tajna Podpisująca")
    withdraw_row(one, date(2025, 1, 1))

    response = client.get(reverse(name))
    text = (
        b"".join(response.streaming_content) if response.streaming else response.content
    ).decode()

    assert one.holder_name in text
    for hidden in ("Tajna Podpisująca", one.code, "Zarzuty na piśmie", one.application.number):
        assert hidden not in text


def test_fold():
    assert fold("  Łódź,\tŚwiętojańska \u202e 7 ") == "lodz, swietojanska  7"

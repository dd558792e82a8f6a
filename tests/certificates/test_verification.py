from datetime import date

import pytest
import time_machine
from django.urls import reverse

from certification.certificates.codes import grouped
from certification.certificates.verification import check

from .factories import withdraw_row, write_certificate

pytestmark = pytest.mark.django_db

TODAY = date(2018, 5, 4)


@pytest.fixture(autouse=True)
def _standing_still():
    with time_machine.travel(TODAY.isoformat() + "T10:00:00+02:00", tick=False):
        yield


def certificate(number=1, *, since=date(2016, 5, 12), until=date(2021, 5, 11), **fields):
    return write_certificate(
        number, valid_from=since, valid_to=until, issued_on=date(2016, 5, 12), **fields
    )


def answer(client, url):
    page = client.get(url)
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex"
    return page


@pytest.mark.parametrize(
    "typed",
    [
        "CAL/OSL/1/2016",
        " cal / osl / 1 / 2016 ",
        "CAL-OSL-1-2016",
        "cal osl 1 2016",
        "CAL/OSL/001/2016",
        "nr CAL/OSL/1/2016",
        "1/2016",
    ],
)
def test_a_number_in_many_spellings(client, typed):
    one = certificate()

    page = answer(client, f"{reverse('verification')}?q={typed}")

    assert page.context["verdict"].document == one


def spellings(code):
    yield code
    yield code.lower()
    yield grouped(code)
    yield grouped(code).replace("-", " ")
    yield code.replace("0", "o").replace("1", "l")
    yield f"https://certyfikat.example/weryfikacja/{code}/"


def test_a_code_in_many_spellings(client):
    one = certificate(code="0123456789ABCDEFGHJKMNPQ10")

    for typed in spellings(one.code):
        assert check(typed, TODAY).document == one
    for typed in list(spellings(one.code))[:-1]:
        url = reverse("verification_code", args=[typed])
        assert answer(client, url).context["verdict"].document == one


@pytest.mark.parametrize(
    ("day", "headline", "said"),
    [
        (
            date(2016, 5, 11),
            "Ten certyfikat jeszcze nie obowiązuje",
            "od 12 maja 2016 do 11 maja 2021",
        ),
        (
            date(2018, 5, 4),
            "Ten certyfikat jest ważny",
            "od 12 maja 2016 do 11 maja 2021",
        ),
        (date(2021, 5, 11), "Ten certyfikat jest ważny, ale wkrótce wygaśnie", "do 11 maja 2021"),
        (date(2021, 5, 12), "Ten certyfikat wygasł", "od 12 maja 2016 do 11 maja 2021"),
    ],
)
def test_what_is_said_of_the_days(client, day, headline, said):
    one = certificate()

    with time_machine.travel(day.isoformat() + "T10:00:00+02:00", tick=False):
        page = answer(client, reverse("verification_code", args=[one.code]))

    text = " ".join(page.content.decode().split())
    assert page.context["verdict"].headline == headline
    assert said in text
    assert one.holder_name in text
    assert one.number in text


def test_what_is_said_of_a_withdrawn_one(client):
    one = certificate()
    withdraw_row(one, date(2018, 1, 15))

    page = answer(client, reverse("verification_code", args=[one.code]))

    assert page.context["verdict"].headline == "Ten certyfikat został odebrany"
    assert "15 stycznia 2018" in page.content.decode()
    assert "Instytucja przestała działać." in page.content.decode()
    assert "Zarzuty na piśmie" not in page.content.decode()


def test_what_is_said_of_a_replaced_one(client):
    old = certificate()
    new = certificate(2, replaces=old, correction_reason="Tylko dla biura.")

    page = answer(client, reverse("verification_code", args=[old.code]))

    assert page.context["verdict"].headline == "Ten certyfikat zastąpiono innym"
    assert f"?q={new.number.replace('/', '%2F')}" in page.content.decode()
    assert "Tylko dla biura" not in page.content.decode()


@pytest.mark.parametrize("typed", ["CAL/OSL/99/2016", "0123456789ABCDEFGHJKMNPQRS"])
def test_what_was_never_issued(client, typed):
    certificate()

    page = answer(client, f"{reverse('verification')}?q={typed}")

    assert page.context["verdict"].document is None
    assert "Nie wydaliśmy takiego dokumentu" in page.content.decode()
    assert reverse("register") in page.content.decode()


@pytest.mark.parametrize(
    "typed",
    ["abc", "%00", "%0A1/2016'", "<script>", "٣/2016", "x" * 5000, "1/2016/3", "🙂", "%E2%80%AE"],
)
def test_whatever_is_typed_gets_an_answer(client, typed):
    certificate()

    page = answer(client, f"{reverse('verification')}?q={typed}")

    assert "<script>alert" not in page.content.decode()
    assert page.context["verdict"] is None or page.context["verdict"].document is None


@pytest.mark.parametrize("code", ["abc", "%00", "x" * 3000, "🙂"])
def test_whatever_stands_in_the_address_gets_an_answer(client, code):
    page = answer(client, f"/weryfikacja/{code}/")

    assert page.context["verdict"].document is None


def test_the_empty_page_asks_for_a_code(client):
    page = answer(client, reverse("verification"))

    assert page.context["verdict"] is None


def test_the_names_of_people_and_the_code_of_another_are_not_shown(client):
    old = certificate(first_signatory="Tajna Podpisująca")
    new = certificate(2, replaces=old, correction_reason="x")

    text = answer(client, reverse("verification_code", args=[old.code])).content.decode()

    assert "Tajna Podpisująca" not in text
    assert new.code not in text


def test_verification_asks_few_questions(client, django_assert_num_queries):
    one = certificate()
    withdraw_row(one, date(2018, 1, 15))

    with django_assert_num_queries(5):
        client.get(reverse("verification_code", args=[one.code]))

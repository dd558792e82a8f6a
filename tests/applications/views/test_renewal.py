"""Opening a renewal, then and now side by side, confirming what still holds."""

import pytest
from django.urls import reverse

from certification.applications.models import Application
from certification.applications.states import State
from tests.applications.factories import make_ready_draft, person
from tests.applications.renewal.factories import (
    make_certified,
    make_next_edition,
    make_reworded_edition,
    open_renewal,
)
from tests.factories import make_standard_set

from .sending import page_of, url

pytestmark = pytest.mark.django_db


def opening(application):
    return reverse("renewal_open", args=[application.institution_id])


def confirm(client, application, *codes, **more):
    return client.post(url("renewal_confirm", application), {"criteria": codes, **more})


# --- opening --------------------------------------------------------------------------------


def test_the_page_says_what_happens(signed_in):
    renewed = make_certified()
    page = page_of(signed_in(renewed.opened_by).get(opening(renewed)))
    assert "Rozpocznij odnowienie" in page
    assert renewed.number in page
    assert "Kryteria się nie zmieniły" in page


def test_the_page_tells_of_a_new_edition(signed_in):
    renewed = make_certified()
    make_next_edition(renewed.standard_set)
    page = page_of(signed_in(renewed.opened_by).get(opening(renewed)))
    assert "żadna nie przepadnie" in page
    assert "Pominięte" in page


def test_opening(signed_in):
    renewed = make_certified()
    response = signed_in(renewed.opened_by).post(opening(renewed))
    renewal = Application.objects.under_way().get()
    assert (response.url, renewal.renews) == (url("application_renewal", renewal), renewed)


@pytest.mark.parametrize(
    ("who", "expected"),
    [("custodian", 302), ("editor", 403), ("reader", 403), ("stranger", 404), ("office", 403)],
)
def test_opening_by_each_role(who, expected, signed_in):
    renewed = make_certified()
    response = signed_in(person(who, renewed)).post(opening(renewed))
    assert response.status_code == expected
    assert Application.objects.under_way().count() == (expected == 302)


def test_too_early(signed_in):
    renewed = make_certified(ends_in=400)
    client = signed_in(renewed.opened_by)
    page = page_of(client.get(opening(renewed)))
    assert "Jeszcze za wcześnie" in page
    assert "Rozpocznij odnowienie" not in page
    assert client.post(opening(renewed)).status_code == 422


def test_one_is_under_way_already(signed_in):
    renewal = open_renewal()
    client = signed_in(renewal.opened_by)
    page = page_of(client.get(opening(renewal)))
    assert renewal.get_absolute_url() in page
    assert "Rozpocznij odnowienie" not in page
    assert client.post(opening(renewal)).status_code == 422


def test_the_institutions_page_leads_there(signed_in):
    renewed = make_certified()
    page = page_of(signed_in(renewed.opened_by).get(renewed.institution.get_absolute_url()))
    assert opening(renewed) in page
    assert reverse("application_open", args=[renewed.institution_id]) not in page


def test_the_institutions_page_says_when(signed_in):
    renewed = make_certified(ends_in=400)
    page = page_of(signed_in(renewed.opened_by).get(renewed.institution.get_absolute_url()))
    assert opening(renewed) not in page
    assert "można rozpocząć od" in page


# --- then and now ---------------------------------------------------------------------------


def test_then_and_now_of_everything(signed_in, django_assert_num_queries):
    renewal = open_renewal(cited=("A1.1", "B1.1"))
    client = signed_in(renewal.opened_by)
    with django_assert_num_queries(13):
        page = page_of(client.get(url("application_renewal", renewal)))
    assert page.count("do potwierdzenia") >= 4
    assert "Potwierdź wszystkie 2 odpowiedzi w tym standardzie" in page


def test_the_page_is_narrowed(signed_in):
    renewed = make_certified()
    make_reworded_edition(renewed.standard_set, "A1.2")
    renewal = open_renewal(renewed)
    client = signed_in(renewal.opened_by)
    page = page_of(client.get(url("application_renewal", renewal), {"pokaz": "standard"}))
    assert 'id="A1.2"' in page
    assert 'id="A1.1"' not in page
    assert "<del>" in page
    everything = page_of(client.get(url("application_renewal", renewal), {"pokaz": "wszystko"}))
    assert 'id="A1.1"' in everything


def test_what_is_left_over_can_be_read(signed_in):
    renewed = make_certified()
    make_next_edition(renewed.standard_set)
    renewal = open_renewal(renewed)
    page = page_of(signed_in(renewal.opened_by).get(url("application_renewal", renewal)))
    assert "Odpowiedzi do kryteriów, których już nie ma" in page
    assert "Odpowiedź na B1.1." in page


def test_a_first_application_has_no_then(signed_in):
    application = make_ready_draft(standard_set=make_standard_set())
    client = signed_in(application.opened_by)
    assert client.get(url("application_renewal", application)).status_code == 404
    assert "Wtedy i teraz" not in page_of(client.get(url("answer_edit", application, "A1.1")))


# --- confirming -----------------------------------------------------------------------------


def test_confirming_several_at_once(signed_in):
    renewal = open_renewal()
    client = signed_in(renewal.opened_by)
    response = confirm(client, renewal, "A1.1", "A1.2", pokaz="potwierdz")
    assert response.url == url("application_renewal", renewal) + "?pokaz=potwierdz"
    page = page_of(client.get(response.url))
    assert 'id="A1.1"' not in page
    assert 'id="B1.1"' in page


def test_confirming_nothing(signed_in):
    renewal = open_renewal()
    response = confirm(signed_in(renewal.opened_by), renewal)
    assert response.status_code == 422
    assert "przynajmniej jedną odpowiedź" in page_of(response)


def test_confirming_what_is_not_asked(signed_in):
    renewal = open_renewal()
    response = confirm(signed_in(renewal.opened_by), renewal, "Z9.9")
    assert response.status_code == 422
    assert "Z9.9" in page_of(response)


@pytest.mark.parametrize(
    ("who", "expected"),
    [("custodian", 302), ("editor", 302), ("reader", 403), ("stranger", 404), ("office", 404)],
)
def test_confirming_by_each_role(who, expected, signed_in):
    renewal = open_renewal()
    assert confirm(signed_in(person(who, renewal)), renewal, "A1.1").status_code == expected


def test_confirming_too_late(signed_in):
    renewal = open_renewal()
    Application.objects.filter(pk=renewal.pk).update(state=State.WITHDRAWN)
    assert confirm(signed_in(renewal.opened_by), renewal, "A1.1").status_code == 409


def test_the_answers_page_shows_then(signed_in):
    renewal = open_renewal()
    page = page_of(signed_in(renewal.opened_by).get(url("answer_edit", renewal, "A1.1")))
    assert "Wtedy i teraz" in page
    assert "Nadal aktualne" in page
    assert url("answer_confirm", renewal, "A1.1") in page


def test_confirming_from_the_answers_page_saves_what_was_typed(signed_in):
    renewal = open_renewal()
    answer = renewal.answers.get(criterion__code="A1.1")
    typed = {"text": answer.text, "self_rating": answer.self_rating_id, "version": answer.version}
    client = signed_in(renewal.opened_by)

    response = client.post(url("answer_confirm", renewal, "A1.1"), typed | {"then": "next"})
    assert response.url == url("answer_edit", renewal, "A1.2")
    assert renewal.answers.get(criterion__code="A1.1").carried.is_confirmed

    other = renewal.answers.get(criterion__code="A1.2")
    typed = {"text": "Inaczej.", "self_rating": other.self_rating_id, "version": other.version}
    client.post(url("answer_confirm", renewal, "A1.2"), typed | {"then": "next"})
    other.refresh_from_db()
    assert (other.text, other.is_to_confirm) == ("Inaczej.", False)


@pytest.mark.parametrize(("standard", "criteria"), [("A2", 1), ("A1", 2)])
def test_the_standards_page_shows_then(standard, criteria, signed_in, django_assert_num_queries):
    renewal = open_renewal(cited=("A1.1", "A1.2", "A2.1"))
    client = signed_in(renewal.opened_by)
    with django_assert_num_queries(15):
        page = page_of(client.get(url("standard_edit", renewal, standard)))
    assert page.count("Wtedy i teraz<") == page.count("Nadal aktualne<") == criteria
    assert url("answer_confirm", renewal, f"{standard}.1") in page


def test_confirming_from_the_standards_page_stays_there(signed_in):
    renewal = open_renewal()
    answer = renewal.answers.get(criterion__code="A1.1")
    typed = {"text": answer.text, "self_rating": answer.self_rating_id, "version": answer.version}
    response = signed_in(renewal.opened_by).post(
        url("answer_confirm", renewal, "A1.1"), typed | {"then": "standard"}
    )
    assert response.url == url("standard_edit", renewal, "A1") + "#A1.1"
    assert renewal.answers.get(criterion__code="A1.1").carried.is_confirmed


def test_the_overview_says_what_waits(signed_in):
    renewal = open_renewal()
    client = signed_in(renewal.opened_by)
    page = page_of(client.get(url("application_answers", renewal)))
    assert "4 odpowiedzi czekają na potwierdzenie albo zmianę." in page
    page = page_of(client.get(url("application_submit", renewal)))
    assert "4 przeniesione odpowiedzi czekają na potwierdzenie" in page

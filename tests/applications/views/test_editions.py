"""Going over to a newer edition: the offer, what would change, the move."""

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import Application
from certification.standards.models import Retirement
from institutions.states import MemberRole
from tests.applications.factories import make_ready_draft, person
from tests.applications.renewal.factories import make_next_edition, make_reworded_edition
from tests.factories import make_standard_set

from .sending import page_of, url

pytestmark = pytest.mark.django_db


def draft():
    return make_ready_draft(standard_set=make_standard_set())


@pytest.mark.parametrize("who", list(MemberRole.values))
def test_members_are_offered_the_new_edition(who, signed_in):
    application = draft()
    new = make_next_edition(application.standard_set)
    page = page_of(signed_in(person(who, application)).get(url("edition_change", application)))
    assert f"na {new.edition}" in page
    for words in ("Podzielone", "Połączone", "Nowe: do napisania", "Pominięte"):
        assert words in page
    assert ("Przejdź na wydanie" in page) == (who == MemberRole.CUSTODIAN)


def test_the_overview_offers_it(signed_in):
    application = draft()
    client = signed_in(application.opened_by)
    assert "nowe wydanie" not in page_of(client.get(url("application_answers", application)))

    make_next_edition(application.standard_set)
    assert "Możecie przy nim zostać" in page_of(client.get(url("application_answers", application)))

    Retirement.objects.create(standard_set=application.standard_set, retired_at=clock.now())
    assert "zostało wycofane" in page_of(client.get(url("application_answers", application)))


def test_moving(signed_in):
    application = draft()
    old, new = application.standard_set, make_next_edition(application.standard_set)
    client = signed_in(application.opened_by)

    response = client.post(url("edition_change", application), {"edition": new.code})

    assert response.url == url("application_answers", application)
    assert Application.objects.get(pk=application.pk).standard_set == new
    page = page_of(client.get(response.url))
    [change] = application.edition_changes.all()
    before = reverse("edition_before", args=[application.pk, change.pk])
    assert before in page
    page = page_of(client.get(before))
    assert "Odpowiedź na B1.1." in page
    assert f"Z wydania {old.edition}" in page or f"wydania {old.edition}" in page


def test_a_second_click_finds_it_done(signed_in):
    application = draft()
    new = make_next_edition(application.standard_set)
    client = signed_in(application.opened_by)
    for _click in range(2):
        response = client.post(url("edition_change", application), {"edition": new.code})
        assert response.status_code == 302
    assert application.edition_changes.count() == 1


def test_another_edition_was_published_meanwhile(signed_in):
    application = draft()
    seen = make_reworded_edition(application.standard_set)
    newest = make_next_edition(seen)

    response = signed_in(application.opened_by).post(
        url("edition_change", application), {"edition": seen.code}
    )

    assert response.status_code == 422
    assert "jeszcze nowsze wydanie" in page_of(response)
    assert f'value="{newest.code}"' in page_of(response)


@pytest.mark.parametrize(
    ("who", "expected"),
    [("custodian", 302), ("editor", 403), ("reader", 403), ("stranger", 404), ("office", 404)],
)
def test_who_moves(who, expected, signed_in):
    application = draft()
    new = make_next_edition(application.standard_set)
    client = signed_in(person(who, application))
    response = client.post(url("edition_change", application), {"edition": new.code})
    assert response.status_code == expected
    assert application.edition_changes.count() == (expected == 302)


def test_strangers_do_not_read_how_it_was(signed_in):
    application = draft()
    new = make_next_edition(application.standard_set)
    signed_in(application.opened_by).post(url("edition_change", application), {"edition": new.code})
    [change] = application.edition_changes.all()
    address = reverse("edition_before", args=[application.pk, change.pk])
    assert signed_in(person("stranger", application)).get(address).status_code == 404
    assert signed_in(person("reader", application)).get(address).status_code == 200


def test_nothing_to_go_over_to(signed_in):
    application = draft()
    response = signed_in(application.opened_by).get(url("edition_change", application))
    assert response.url == url("application_answers", application)

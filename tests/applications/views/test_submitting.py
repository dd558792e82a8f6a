"""Submitting, completing and withdrawing."""

import pytest

from certification import clock
from certification.applications import services
from certification.applications.models import Answer, Paper
from certification.applications.services import freeze
from certification.applications.states import State, Verb
from certification.audit.models import Event
from tests.applications.factories import damage, in_state, make_file, make_ready_draft
from tests.factories import (
    make_application,
)

from .sending import DECLARED, page_of, url

pytestmark = pytest.mark.django_db


def test_submit_gives_the_number(signed_in):
    application = make_ready_draft()

    response = signed_in(application.opened_by).post(
        url("application_submit", application), DECLARED
    )

    application.refresh_from_db()
    assert response["Location"] == url("application_papers", application)
    assert application.number == f"CAL/W/1/{clock.today().year}"
    assert {each.paper for each in application.dossiers.get().prints.all()} == set(Paper)


@pytest.mark.parametrize("left_out", DECLARED)
def test_submit_without_one_declaration(left_out, signed_in):
    application = make_ready_draft()
    made = {name: "on" for name in DECLARED if name != left_out}

    response = signed_in(application.opened_by).post(url("application_submit", application), made)

    assert response.status_code == 422
    application.refresh_from_db()
    assert application.state == State.DRAFT


def test_submit_while_something_is_missing_links_to_it(signed_in):
    application = make_ready_draft()
    Answer.objects.filter(criterion__code="A1.2").update(text="")

    response = signed_in(application.opened_by).post(
        url("application_submit", application), DECLARED
    )

    assert response.status_code == 422
    assert f'href="{url("answer_edit", application, "A1.2")}"' in page_of(response)


def test_submit_twice_says_so(signed_in):
    application = make_ready_draft()
    client, address = signed_in(application.opened_by), url("application_submit", application)

    statuses = [client.post(address, DECLARED).status_code for _click in range(2)]

    assert statuses == [302, 409]
    assert application.dossiers.count() == 1
    assert Event.objects.of_case(application).filter(verb=Verb.SUBMIT).count() == 1


def test_submit_with_a_damaged_file_names_it(signed_in):
    application = make_ready_draft()
    revision = make_file(application.institution, title="Umowa partnerska")
    first = application.criteria().get(code="A1.1")
    services.cite(application, first, revision, by=application.opened_by)
    damage(revision)

    response = signed_in(application.opened_by).post(
        url("application_submit", application), DECLARED
    )

    assert response.status_code == 422
    assert "Umowa partnerska" in page_of(response)


def test_complete_shows_what_changed_since(signed_in):
    application = in_state(State.COMPLETION)
    asked = application.completion_requests.get()
    asked.items.create(criterion=application.criteria().get(code="A1.2"), reason="Brak dat.")
    freeze(application, by=application.opened_by)
    Answer.objects.filter(criterion__code="A1.1").update(text="Dopisani partnerzy.")

    response = signed_in(application.opened_by).get(url("application_complete", application))

    changes = {item.criterion.code: changed for item, changed in response.context["items"]}
    assert changes == {"A1.1": True, "A1.2": False}


def test_complete_while_something_is_missing(signed_in):
    application = in_state(State.COMPLETION)
    Answer.objects.filter(criterion__code="A1.1").update(text="")

    response = signed_in(application.opened_by).post(url("application_complete", application))

    assert response.status_code == 422
    assert "A1.1" in page_of(response)


def test_withdraw_asks_first(signed_in):
    application = make_application(State.SUBMITTED)

    response = signed_in(application.opened_by).get(url("application_withdraw", application))

    assert response.status_code == 200
    application.refresh_from_db()
    assert application.state == State.SUBMITTED

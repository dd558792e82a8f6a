"""The overview of all criteria, and the whole to be read."""

import pytest

from certification.applications import services
from certification.applications.models import Answer
from certification.applications.states import State
from institutions.states import MemberRole, Role
from tests.applications.factories import in_state, make_ready_draft, person
from tests.factories import (
    make_application,
    make_evidence,
    make_member,
    make_user,
)

from .sending import page_of, url

pytestmark = pytest.mark.django_db


def test_overview_takes_few_queries(signed_in, django_assert_num_queries):
    application = make_ready_draft()
    for criterion in application.criteria():
        revision = make_evidence(application.institution)
        services.cite(application, criterion, revision, by=application.opened_by)
    client = signed_in(application.opened_by)

    with django_assert_num_queries(12):
        client.get(url("application_answers", application))


def test_reading_takes_few_queries(signed_in, django_assert_num_queries):
    application = make_application(State.SUBMITTED)
    client = signed_in(make_user(Role.OFFICE))

    with django_assert_num_queries(11):
        client.get(url("application_answers", application))


@pytest.mark.parametrize(
    ("who", "step"),
    [("custodian", "Złóż wniosek"), ("editor", "Opiekun Waszej instytucji")],
)
def test_overview_of_a_ready_draft_leads_to_submitting(who, step, signed_in):
    application = make_ready_draft()

    page = page_of(signed_in(person(who, application)).get(url("application_answers", application)))

    assert step in page


def test_overview_leads_to_the_first_criterion_that_is_not_answered(signed_in):
    application = make_ready_draft()
    Answer.objects.filter(criterion__code="A2.1").update(text="")

    response = signed_in(application.opened_by).get(url("application_answers", application))

    assert response.context["next_step"]["url"] == url("answer_edit", application, "A2.1")
    assert (response.context["done"], response.context["total"]) == (3, 4)


def test_overview_in_a_completion_opens_only_what_is_named(signed_in):
    application = in_state(State.COMPLETION)

    page = page_of(signed_in(application.opened_by).get(url("application_answers", application)))

    assert "Proszę dopisać partnerów." in page
    assert url("answer_edit", application, "A1.1") in page
    assert url("answer_edit", application, "A1.2") not in page


def test_a_reader_reads_a_draft(signed_in):
    application = make_ready_draft()

    page = page_of(
        signed_in(person("reader", application)).get(url("application_answers", application))
    )

    assert "Odpowiedź na A1.1." in page
    assert url("answer_edit", application, "A1.1") not in page


def test_overview_leads_back_to_what_one_wrote_last(signed_in):
    application = make_application()
    for version, code in enumerate(("A2.1", "A1.2")):
        services.save_answer(
            application,
            application.criteria().get(code=code),
            by=application.opened_by,
            self_rating=None,
            text=f"Tekst {version}",
            expected_version=0,
        )
    colleague = make_member(application.institution, MemberRole.EDITOR)

    mine = page_of(signed_in(application.opened_by).get(url("application_answers", application)))
    hers = page_of(signed_in(colleague).get(url("application_answers", application)))

    assert "wróć do A1.2" in mine
    assert "wróć do" not in hers

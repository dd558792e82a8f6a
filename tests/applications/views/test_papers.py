"""The page of a case's papers, the printed ones, and their drafts."""

import pytest
from django.test import Client

from certification import clock
from certification.applications.models import Paper
from certification.applications.states import State
from certification.documents.services import open_verified
from institutions.states import MemberRole, Role
from tests.applications.paper_factories import freeze, make_print, make_review, make_signed
from tests.assessments.factories import make_assessment
from tests.documents.sheets import reader, text_of
from tests.factories import make_application, make_member, make_user

from .sending import page_of, url

pytestmark = pytest.mark.django_db


def test_page_lists_prints_with_their_hashes(signed_in):
    application = make_application(State.SUBMITTED)
    printed = make_print(application.dossiers.get())
    page = page_of(signed_in(application.opened_by).get(url("application_papers", application)))
    assert printed.url in page
    assert printed.document.sha256[:8] in page


def test_custodian_is_told_to_sign_and_a_reader_is_not(signed_in):
    application = make_application(State.SUBMITTED)
    make_print(application.dossiers.get())
    reader_of = make_member(application.institution, MemberRole.READER)
    address, sending = url("application_papers", application), url("signed_paper_add", application)
    assert sending in page_of(signed_in(application.opened_by).get(address))
    assert sending not in page_of(signed_in(reader_of).get(address))


def test_the_office_is_led_to_a_paper_that_waits_and_the_institution_is_not(signed_in):
    application = make_application(State.FORMAL_CHECK)
    signed = make_signed(application)
    address, words = url("application_papers", application), "przyjmij dokument albo poproś"
    page = page_of(signed_in(make_user(Role.OFFICE)).get(address))
    assert words in page
    assert page.count(signed.get_absolute_url()) == 2
    assert words not in page_of(signed_in(application.opened_by).get(address))


def test_refusal_stands_on_top_with_its_reason(signed_in):
    application = make_application(State.SUBMITTED)
    make_review(make_signed(application), make_user(Role.OFFICE), accepted=False)
    page = page_of(signed_in(application.opened_by).get(url("application_papers", application)))
    assert "Brak podpisu." in page


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_however_many_papers(
    count, signed_in, django_assert_num_queries
):
    application = make_application(State.SUBMITTED)
    make_print(application.dossiers.get())
    for _paper in range(count):
        make_signed(application)
    client = signed_in(application.opened_by)
    client.get(url("application_papers", application))
    with django_assert_num_queries(10):
        client.get(url("application_papers", application))


def test_prepare_prints_once(signed_in):
    application = make_application(State.DRAFT)
    application.number, application.state = "CAL/W/1/2026", State.SUBMITTED
    application.submitted_by, application.submitted_at = application.opened_by, clock.now()
    application.save()
    dossier = freeze(application)
    client = signed_in(application.opened_by)
    for _click in range(2):
        response = client.post(url("papers_print", application))
        assert response["Location"] == url("application_papers", application)
    assert dossier.prints.count() == 2


def test_printed_paper_is_served_as_it_was_stored(signed_in):
    application = make_application(State.SUBMITTED)
    printed = make_print(application.dossiers.get())
    response = signed_in(application.opened_by).get(printed.url)
    assert response.content == open_verified(printed.document)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("slug", ["prosba", "raport", "czego-nie-ma"])
def test_paper_that_is_not_there(slug, signed_in):
    application = make_application(State.SUBMITTED)
    client = signed_in(application.opened_by)
    assert client.get(url("printed_paper", application, 1, slug)).status_code == 404


def test_draft_prints_what_stands_and_says_that_it_is_one(signed_in):
    application = make_application(State.DRAFT)
    reads = make_member(application.institution, MemberRole.READER)
    client: Client = signed_in(reads)
    for slug in ("raport", "prosba"):
        response = client.get(url("draft_paper", application, slug))
        assert response.status_code == 200
        assert "SZKIC" in text_of(response.content)
        assert len(reader(response.content).pages) >= 1
    assert client.get(url("draft_paper", application, "inne")).status_code == 404


def test_draft_of_another_institution_is_not_there(signed_in):
    application = make_application(State.DRAFT)
    for person in (make_user(Role.OFFICE), make_member(make_application().institution)):
        client = signed_in(person)
        assert client.get(url("draft_paper", application, "raport")).status_code == 404


def test_papers_name_no_one_to_an_assessor(signed_in):
    application = make_application(State.ASSESSMENT)
    make_print(application.dossiers.get(), Paper.REPORT)
    make_signed(application, signatory="Jan Nowak, dyrektor")
    client = signed_in(make_assessment(application).assignment.assessor)
    page = page_of(client.get(url("application_papers", application)))
    assert "Nowak" not in page
    assert client.get(url("printed_paper", application, 1, "raport")).status_code == 200

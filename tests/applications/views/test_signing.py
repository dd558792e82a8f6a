"""Sending a signed paper, looking at it, and what the office says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certification.applications.models import PaperReview, SignedPaper
from certification.applications.papers.findings import Findings
from certification.applications.states import State
from certification.documents.recognition import Comparison, Likeness, PageDifference
from certification.documents.request import render_request
from certification.documents.signatures import Examination
from institutions.states import Role
from tests.applications.factories import person
from tests.applications.paper_factories import make_print, make_review, make_signed
from tests.documents.application_sheets import request_sheet, source
from tests.documents.signing import sign
from tests.factories import make_application, make_user

from .sending import page_of, url

pytestmark = pytest.mark.django_db


def prepared():
    application = make_application(State.SUBMITTED)
    dossier = application.dossiers.get()
    own = render_request(request_sheet(source=source(sha256=dossier.sha256)))
    make_print(dossier, content=own)
    return application, own


def form(content, name="Prośba.pdf", **fields):
    file = SimpleUploadedFile(name, content, "application/pdf")
    return {"paper": "request", "signatory": "Jan Nowak, dyrektor", "file": file, **fields}


def test_custodian_sends_the_signed_request(signed_in):
    application, own = prepared()
    client = signed_in(application.opened_by)
    response = client.post(url("signed_paper_add", application), form(sign(own)))
    signed = SignedPaper.objects.get()
    assert response["Location"] == signed.get_absolute_url()
    page = page_of(client.get(signed.get_absolute_url()))
    for words in ("Nasz dokument, podpisany", "Anna Próbna", "PNOPL-*******1458", "wystawca"):
        assert words in page
    assert "44051401458" not in page


def test_wrong_file_keeps_what_was_typed(signed_in):
    application, _own = prepared()
    response = signed_in(application.opened_by).post(
        url("signed_paper_add", application), form(b"nic", "zdjecie.gif")
    )
    assert response.status_code == 422
    assert "Jan Nowak, dyrektor" in page_of(response)


@pytest.mark.parametrize("missing", ["file", "signatory", "paper"])
def test_incomplete_form_is_refused(missing, signed_in):
    application, own = prepared()
    data = form(own)
    del data[missing]
    response = signed_in(application.opened_by).post(url("signed_paper_add", application), data)
    assert response.status_code == 422
    assert not SignedPaper.objects.exists()


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_sending_out_of_time_says_so(state, signed_in):
    application = make_application(state)
    client = signed_in(application.opened_by)
    assert client.get(url("signed_paper_add", application)).status_code == 409


def test_page_shows_where_the_words_differ(signed_in):
    application = make_application(State.SUBMITTED)
    make_print(application.dossiers.get())
    comparison = Comparison(Likeness.DIFFERS, 2, 2, (PageDifference(1, "54", "<b>53</b>"),), more=3)
    signed = make_signed(application, findings=Findings(comparison, Examination()).dump())
    page = page_of(signed_in(make_user(Role.OFFICE)).get(signed.get_absolute_url()))
    assert "Inne słowa niż w naszym dokumencie" in page
    assert "&lt;b&gt;53&lt;/b&gt;" in page


@pytest.mark.parametrize("asked", ["0", "-1", "9999999", "x", "2"])
def test_any_page_may_be_asked_for(asked, signed_in):
    application = make_application(State.SUBMITTED)
    make_print(application.dossiers.get())
    signed = make_signed(application)
    address = f"{signed.get_absolute_url()}?strona={asked}"
    assert signed_in(application.opened_by).get(address).status_code == 200


def test_pages_are_drawn_and_the_file_is_only_saved(signed_in):
    application, own = prepared()
    signed = make_signed(application, content=own)
    client = signed_in(application.opened_by)
    for address in (
        url("signed_page", application, signed.pk, 1),
        url("printed_page", application, 1, "prosba", 1),
    ):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    saved = client.get(url("signed_file", application, signed.pk) + "?podglad=1")
    assert b"".join(saved.streaming_content) == own
    assert saved["Content-Disposition"].startswith("attachment")


def test_office_accepts(signed_in):
    application = make_application(State.SUBMITTED)
    make_print(application.dossiers.get())
    signed = make_signed(application)
    client = signed_in(make_user(Role.OFFICE))
    address = url("paper_accept", application, signed.pk)
    statuses = [client.post(address, {"note": "KRS."}).status_code for _click in range(2)]
    assert statuses == [302, 409]
    assert PaperReview.objects.get().is_accepted


def test_too_long_a_note_comes_back(signed_in):
    application = make_application(State.SUBMITTED)
    make_print(application.dossiers.get())
    signed = make_signed(application)
    response = signed_in(make_user(Role.OFFICE)).post(
        url("paper_accept", application, signed.pk), {"note": "x" * 2001}
    )
    assert response.status_code == 422
    assert not PaperReview.objects.exists()


def test_office_refuses_with_a_reason(signed_in):
    application = make_application(State.SUBMITTED)
    make_print(application.dossiers.get())
    signed = make_signed(application)
    client = signed_in(make_user(Role.OFFICE))
    address = url("paper_refuse", application, signed.pk)
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Brak podpisu."}).status_code == 302
    assert client.get(address).status_code == 409
    assert not PaperReview.objects.get().is_accepted


def test_office_in_conflict_sees_nothing_of_it(signed_in):
    application = make_application(State.SUBMITTED)
    make_print(application.dossiers.get())
    signed = make_signed(application)
    client = signed_in(person("barred", application))
    for name in ("signed_paper", "signed_file", "signed_page", "paper_accept", "paper_refuse"):
        args = (signed.pk, 1) if name == "signed_page" else (signed.pk,)
        method = client.post if name == "paper_accept" else client.get
        assert method(url(name, application, *args)).status_code == 404


def test_paper_of_another_case_is_not_there(signed_in):
    signed = make_signed(make_application(State.SUBMITTED))
    other = make_application(State.SUBMITTED)
    client = signed_in(other.opened_by)
    assert client.get(url("signed_paper", other, signed.pk)).status_code == 404


def test_when_both_are_accepted_no_more_is_asked(signed_in):
    application = make_application(State.SUBMITTED)
    office = make_user(Role.OFFICE)
    for paper in ("request", "report"):
        make_review(make_signed(application, paper=paper), office)
    client = signed_in(application.opened_by)
    assert client.get(url("signed_paper_add", application)).status_code == 422


def test_clerk_who_belongs_to_the_applicant_reads_and_does_not_decide(signed_in):
    application = make_application(State.SUBMITTED)
    make_print(application.dossiers.get())
    signed = make_signed(application)
    client = signed_in(person("insider", application))
    page = page_of(client.get(signed.get_absolute_url()))
    assert url("paper_accept", application, signed.pk) not in page
    assert client.post(url("paper_accept", application, signed.pk)).status_code == 403

"""A signed paper comes in, byte for byte, with what was found; the office lets it stand or not."""

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image

from certification.applications.models import (
    Application,
    CheckedPoint,
    Paper,
    PaperReview,
    SignedPaper,
)
from certification.applications.papers.findings import Findings
from certification.applications.papers.standing import Standing, lacking_request, signed_request
from certification.applications.services.formal_check import save_point
from certification.applications.services.signing import (
    MOST,
    accept_paper,
    add_signed_paper,
    refuse_paper,
)
from certification.applications.states import Result, State, Verb
from certification.audit.models import Event
from certification.documents.recognition import Likeness
from certification.documents.request import render_request
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.models import Email
from institutions.states import Role
from institutions.uploads import Refused
from tests.applications.factories import in_state
from tests.applications.paper_factories import make_print, make_review, make_signed
from tests.documents.application_sheets import request_sheet, source
from tests.documents.signing import sign
from tests.factories import make_application, make_user

pytestmark = pytest.mark.django_db


def prepared() -> tuple[Application, bytes]:
    """A submitted case with its printed request."""
    application = make_application(State.SUBMITTED)
    dossier = application.dossiers.get()
    own = render_request(request_sheet(source=source(sha256=dossier.sha256)))
    make_print(dossier, Paper.REQUEST, own)
    return application, own


def send(application: Application, content: bytes, name: str = "Prośba.pdf") -> SignedPaper:
    return add_signed_paper(
        application,
        by=application.opened_by,
        paper=Paper.REQUEST,
        signatory=" Jan  Nowak, dyrektor ",
        file=ContentFile(content, name=name),
    )


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "PNG")
    return out.getvalue()


def likeness(signed: SignedPaper) -> str:
    return Findings.load(signed.findings).comparison.likeness


def test_signed_pdf_is_kept_byte_for_byte_and_recognised() -> None:
    application, own = prepared()
    content = sign(own)
    signed = SignedPaper.objects.get(pk=send(application, content).pk)
    with signed.file.open("rb") as stored:
        assert stored.read() == content
    assert signed.signatory == "Jan Nowak, dyrektor"
    assert likeness(signed) == Likeness.SIGNED
    found = Findings.load(signed.findings)
    assert found.examination is not None
    assert found.examination.signatures[0].signer == "Anna Próbna"
    event = Event.objects.of_case(application).get()
    assert (event.verb, event.facts["sha256"]) == (Verb.ADD_SIGNED_PAPER, signed.sha256)
    assert "Nowak" not in str(event.facts)


def test_unsigned_copy_is_called_so() -> None:
    application, own = prepared()
    assert likeness(send(application, own)) == Likeness.SAME


def test_other_words_are_found() -> None:
    application, _own = prepared()
    sha256 = application.dossiers.get().sha256
    other = render_request(request_sheet(source=source(sha256=sha256), criteria=53))
    signed = send(application, sign(other))
    comparison = Findings.load(signed.findings).comparison
    assert comparison.likeness == Likeness.DIFFERS
    assert (comparison.differences[0].ours, comparison.differences[0].theirs) == ("54", "53")


def test_request_of_another_case_is_not_recognised() -> None:
    application, _own = prepared()
    other = render_request(request_sheet(source=source(case="CAL/W/99/2026")))
    assert likeness(send(application, sign(other))) == Likeness.OTHER


def test_scan_is_a_picture() -> None:
    application, _own = prepared()
    signed = send(application, png(), "skan.png")
    assert (likeness(signed), signed.content_type) == (Likeness.PICTURE, "image/png")


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN, State.CERTIFIED])
def test_no_paper_before_submission_or_after_the_end(state: State) -> None:
    application = make_application(state)
    with pytest.raises(TransitionNotAllowed):
        send(application, b"%PDF-")


def test_paper_that_was_not_printed_cannot_be_signed() -> None:
    with pytest.raises(CannotDo, match="not prepared|nie przygotowano"):
        send(make_application(State.SUBMITTED), b"%PDF-")


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"tekst", "a.txt"), (b"%PDF-1.7 nic", "a.pdf"), (b"PK", "a.docx"), (b"MZ", "a.exe")],
)
def test_what_is_no_paper_is_refused_and_not_kept(content: bytes, name: str) -> None:
    application, _own = prepared()
    with pytest.raises(Refused):
        send(application, content, name)
    assert not default_storage.exists(f"signed/{application.pk}")


def test_stored_file_goes_when_the_row_cannot_be_written() -> None:
    application, own = prepared()
    for _paper in range(MOST):
        make_signed(application)
    before = default_storage.listdir(f"signed/{application.pk}")[1]
    with pytest.raises(CannotDo):
        send(application, sign(own))
    assert default_storage.listdir(f"signed/{application.pk}")[1] == before


def test_office_is_told_and_the_custodian_of_the_outcome() -> None:
    office = make_user(Role.OFFICE)
    application, own = prepared()
    signed = send(application, sign(own))
    refuse_paper(signed, by=office, reason="Brak drugiego podpisu.")
    to_office, to_custodian = Email.objects.order_by("pk")
    assert (to_office.to, to_custodian.to) == (office.email, application.opened_by.email)
    assert "Brak drugiego podpisu." in to_custodian.body


def test_accepted_request_starts_the_case() -> None:
    application = make_application(State.SUBMITTED)
    signed = make_signed(application)
    assert signed_request(application).standing == Standing.AWAITING
    accept_paper(signed, by=make_user(Role.OFFICE), note="KRS sprawdzony.")
    stands = signed_request(application)
    assert (stands.standing, stands.received_at) == (Standing.ACCEPTED, signed.uploaded_at)


def test_refused_request_is_wanted_anew() -> None:
    application = make_application(State.SUBMITTED)
    assert signed_request(application).standing == Standing.MISSING
    make_review(make_signed(application), make_user(Role.OFFICE), accepted=False)
    assert signed_request(application).standing == Standing.REFUSED
    assert list(lacking_request(Application.objects.all())) == [application]
    make_signed(application)
    assert signed_request(application).standing == Standing.AWAITING
    assert not lacking_request(Application.objects.all())


@pytest.mark.parametrize(("accepted", "result"), [(True, Result.MET), (False, Result.UNMET)])
def test_point_of_the_check_falls_with_the_refused_request(accepted: bool, result: Result) -> None:
    application = in_state(State.FORMAL_CHECK)
    office = make_user(Role.OFFICE)
    save_point(application, "request", by=office, result=Result.MET)
    review = accept_paper if accepted else refuse_paper
    review(make_signed(application), by=office, **({} if accepted else {"reason": "Brak podpisu."}))
    point = CheckedPoint.objects.get(code="request", formal_check__application=application)
    assert (point.result, point.note) == (result, "" if accepted else "Brak podpisu.")


def test_nothing_is_wanted_of_a_draft() -> None:
    assert signed_request(make_application(State.DRAFT)).standing == Standing.NOT_DUE


@pytest.mark.parametrize("accepted", [True, False])
def test_second_review_is_refused(accepted: bool) -> None:
    office = make_user(Role.OFFICE)
    signed = make_signed(make_application(State.SUBMITTED))
    make_review(signed, office, accepted=accepted)
    with pytest.raises(TransitionNotAllowed):
        accept_paper(signed, by=office)
    with pytest.raises(TransitionNotAllowed):
        refuse_paper(signed, by=office, reason="x")
    assert PaperReview.objects.count() == 1


def test_paper_that_another_replaced_is_looked_at_no_more() -> None:
    application = make_application(State.SUBMITTED)
    earlier, later = make_signed(application), make_signed(application)
    assert list(SignedPaper.objects.awaiting()) == [later]
    with pytest.raises(TransitionNotAllowed):
        accept_paper(earlier, by=make_user(Role.OFFICE))


def test_after_an_accepted_paper_no_other_is_taken() -> None:
    application, own = prepared()
    make_review(make_signed(application), make_user(Role.OFFICE))
    with pytest.raises(CannotDo):
        send(application, own)


def test_refusal_needs_a_reason() -> None:
    signed = make_signed(make_application(State.SUBMITTED))
    with pytest.raises(CannotDo):
        refuse_paper(signed, by=make_user(Role.OFFICE), reason="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperReview.objects.create(
            signed=signed, is_accepted=False, note="", reviewed_by=signed.uploaded_by
        )


def test_failing_journal_undoes_the_review(monkeypatch: Any) -> None:
    signed = make_signed(make_application(State.SUBMITTED))

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("certification.applications.services.signing.record", fail)
    with pytest.raises(RuntimeError):
        accept_paper(signed, by=make_user(Role.OFFICE))
    assert not PaperReview.objects.exists()

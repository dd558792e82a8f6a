from datetime import date, timedelta

import pytest
import time_machine

from certification import clock
from certification.applications.states import State
from certification.applications.states import Verb as ApplicationVerb
from certification.audit.models import Event
from certification.certificates.models import Certificate, EarlierAward
from certification.certificates.printing import PREVIEW_NUMBER, preview_of
from certification.certificates.services import (
    correct_certificate,
    issue_certificate,
    record_earlier_award,
    sheet_of,
)
from certification.certificates.states import Status, Verb
from certification.decisions.models import Resolution
from certification.documents.models import Issuer, StoredDocument
from certification.documents.render import render_certificate
from certification.documents.services import open_verified, strays
from certification.errors import CannotDo, TransitionNotAllowed
from certification.numbering.models import Counter
from institutions.models import MissingNameForms, NameForm
from institutions.states import Role
from tests.decisions.factories import make_case
from tests.factories import (
    confirm_names,
    days_from_today,
    make_application,
    make_institution,
    make_user,
)

from .factories import board_case, charges_row, issue, withdraw_row, wording, write_certificate

pytestmark = pytest.mark.django_db


def nothing_was_issued(application):
    application.refresh_from_db()
    assert application.state == State.BOARD
    assert not Certificate.objects.exists()
    assert not Resolution.objects.exists()
    assert not StoredDocument.objects.exists()
    assert not Counter.objects.filter(series="CAL/OSL").exists()
    assert strays() == []


def test_issue_certifies_the_case():
    application, member = board_case(), make_user(Role.BOARD_MEMBER)

    certificate = issue(application, by=member, issued_on=clock.today())

    assert certificate.number == f"CAL/OSL/1/{clock.today().year}"
    assert certificate.holder_name == application.institution.name
    assert certificate.reason == "za wdrażanie Modelu Organizowania Społeczności Lokalnej"
    assert (application.state, certificate.issued_by) == (State.CERTIFIED, member)
    assert certificate.verification_url.endswith(f"/weryfikacja/{certificate.code}/")
    verbs = [event.verb for event in Event.objects.of_case(application)]
    assert verbs == ["decisions.adopt_resolution", Verb.ISSUE, ApplicationVerb.CERTIFY]


def test_the_stored_pdf_can_be_printed_again_byte_by_byte(settings):
    certificate = issue()
    Issuer.objects.create(id=1, name="Zupełnie inna nazwa")
    settings.SITE_URL = "https://somewhere-else.example"

    again = render_certificate(sheet_of(Certificate.objects.get(pk=certificate.pk)))

    assert again == open_verified(certificate.document)


def test_issue_without_a_confirmed_name():
    application = board_case()
    NameForm.objects.filter(variant="full", case="nom").update(confirmed_by=None, confirmed_at=None)

    with pytest.raises(MissingNameForms) as missing:
        issue(application)

    assert missing.value.institution == application.institution
    nothing_was_issued(application)


def test_issue_that_fails_while_printing_leaves_nothing():
    application = board_case()

    with pytest.raises(CannotDo):
        issue(application, place="漢字")

    nothing_was_issued(application)


def test_issue_that_fails_at_the_end_leaves_no_number(django_assert_num_queries, monkeypatch):
    application = board_case()
    first = issue(board_case())

    with pytest.raises(CannotDo):
        issue(application, resolution_number=first.resolution.number)
    second = issue(application)

    assert [first.number, second.number] == [f"CAL/OSL/{n}/{clock.today().year}" for n in (1, 2)]


@pytest.mark.parametrize(
    "changed",
    [
        {"valid_to": clock.today()},
        {"issued_on": clock.today() - timedelta(days=1)},
        {"issued_on": clock.today() + timedelta(days=200)},
        {"adopted_on": clock.today() + timedelta(days=1)},
    ],
)
def test_issue_on_impossible_days(changed):
    application = board_case()

    with pytest.raises(CannotDo):
        issue(application, **changed)

    nothing_was_issued(application)


@pytest.mark.parametrize("state", [state for state in State if state != State.BOARD])
def test_issue_in_another_state(state):
    application = make_application(state)

    with pytest.raises(TransitionNotAllowed):
        issue_certificate(
            application,
            by=make_user(),
            resolution_number="1",
            adopted_on=clock.today(),
            **wording(),
        )

    application.refresh_from_db()
    assert application.state == state


def test_issue_twice():
    application = board_case()
    issue(application)

    with pytest.raises(TransitionNotAllowed):
        issue(application, resolution_number="another")

    assert Certificate.objects.count() == 1


def test_numbers_follow_without_gaps_and_begin_anew_each_year():
    with time_machine.travel("2024-12-30", tick=False):
        numbers = [issue().number for _ in range(2)]
        numbers.append(issue(issued_on=date(2025, 1, 2)).number)

    assert numbers == ["CAL/OSL/1/2024", "CAL/OSL/2/2024", "CAL/OSL/1/2025"]


def test_preview_takes_no_number():
    application = board_case()

    sheet = preview_of(
        application,
        resolution_number="7",
        adopted_on=clock.today(),
        reason="za wdrażanie",
        **wording(),
    )

    assert (sheet.number, sheet.preview, sheet.verification_url) == (PREVIEW_NUMBER, True, "")
    nothing_was_issued(application)


def test_correct_replaces_under_a_new_number():
    old = issue()
    confirm_names(old.institution, full={"nom": "Poprawiona Nazwa"})

    new = correct_certificate(
        old, by=make_user(), correction_reason="Literówka.", label="na lata 2021–2026"
    )

    assert (new.number, new.replaces) == (f"CAL/OSL/2/{clock.today().year}", old)
    assert (new.holder_name, new.label) == ("Poprawiona Nazwa", "na lata 2021–2026")
    assert (new.valid_to, new.resolution) == (old.valid_to, old.resolution)
    assert sheet_of(new).replaces == old.number
    assert Certificate.objects.get(pk=old.pk).status_on(clock.today()) == Status.SUPERSEDED
    assert Event.objects.about(new).get().facts == {"number": new.number, "replaces": old.number}


def test_correct_without_a_reason():
    with pytest.raises(CannotDo):
        correct_certificate(issue(), by=make_user(), correction_reason=" ")

    assert Certificate.objects.count() == 1


def test_correct_what_was_replaced_already():
    old = issue()
    correct_certificate(old, by=make_user(), correction_reason="Literówka.")

    with pytest.raises(TransitionNotAllowed):
        correct_certificate(old, by=make_user(), correction_reason="Jeszcze raz.")


def test_correct_one_that_was_withdrawn():
    certificate = write_certificate(1, issued_on=days_from_today(-30))
    withdraw_row(certificate, clock.today())

    with pytest.raises(TransitionNotAllowed):
        correct_certificate(certificate, by=make_user(), correction_reason="x")


def test_correct_one_that_is_charged():
    certificate = write_certificate(1)
    charges_row(certificate, clock.today())

    with pytest.raises(CannotDo):
        correct_certificate(certificate, by=make_user(), correction_reason="x")


def test_record_earlier_award_once():
    institution, by = make_institution(), make_user()
    facts = {"presented": "2012-02", "label": "", "source": "https://example.org/"}

    first = record_earlier_award(institution, by=by, **facts)
    second = record_earlier_award(institution, by=by, **facts)

    assert first == second
    assert EarlierAward.objects.count() == 1
    assert Event.objects.about(first).get().verb == Verb.RECORD_EARLIER


def test_the_case_of_a_refusal_has_no_certificate():
    application = make_case(State.REFUSED)

    with pytest.raises(TransitionNotAllowed):
        issue(application)

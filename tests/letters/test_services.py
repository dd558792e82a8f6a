"""A letter is drafted, edited, approved once, and then stands."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from certification.audit.models import Event
from certification.certificates.models import Certificate
from certification.documents.render import render_letter
from certification.documents.services import change_issuer, open_verified
from certification.errors import CannotDo, Stale, TransitionNotAllowed, Unavailable
from certification.letters.bank import BankFile, Paragraph
from certification.letters.models import CommendationLetter, Ground, LetterParagraph
from certification.letters.printing import sheet_of
from certification.letters.services import (
    HEADER,
    Edited,
    approve_letter,
    discard_letter,
    draft_letter,
    edit_letter,
    import_paragraphs,
    replace_letter,
)
from certification.letters.states import Level, State, Verb
from institutions.models import MissingNameForms, User
from institutions.services.renaming import rename_institution
from institutions.states import Role
from tests.documents.sealing import set_seal
from tests.factories import confirm_names, make_kind, make_user
from tests.letters.factories import make_certificate

pytestmark = pytest.mark.django_db

BANK = BankFile(
    "commendation",
    "pl",
    "1",
    [
        Paragraph("always", "Od {cal_years} lat znamy {full_name:acc}."),
        Paragraph("met", "Chwalimy za C1.", {"C1": Level.MET}),
        Paragraph("exemplary", "Za wzór stawiamy C1.", {"C1": Level.EXEMPLARY}),
        Paragraph("libraries", "Książki.", kinds=["library"]),
    ],
)


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


@pytest.fixture
def second() -> User:
    """Another person of the office."""
    return make_user(Role.OFFICE)


@pytest.fixture
def certificate() -> Certificate:
    make_kind("library")
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": 2, "D1": 1})
    confirm_names(certificate.institution)
    return certificate


@pytest.fixture
def letter(certificate: Certificate, office: User) -> CommendationLetter:
    return draft_letter(certificate.application, by=office, on=date(2016, 5, 12))


def header_of(letter: CommendationLetter) -> dict[str, Any]:
    return {field: getattr(letter, field) for field in HEADER}


def edit(letter: CommendationLetter, office: User, **changes: Any) -> CommendationLetter:
    paragraphs = [Edited(each.pk, each.text, True) for each in letter.paragraphs.all()]
    arguments = {
        "header": header_of(letter),
        "paragraphs": paragraphs,
        "expected_version": letter.version,
        **changes,
    }
    return edit_letter(letter, by=office, **arguments)


@pytest.mark.parametrize(
    ("level", "functions"),
    [
        (0, ["always"]),
        (1, ["always"]),
        (2, ["always", "met"]),
        (3, ["always", "met", "exemplary"]),
        (None, ["always"]),
    ],
)
def test_draft_says_what_was_found(office: User, level: int | None, functions: list[str]) -> None:
    make_kind("library")
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": level})
    confirm_names(certificate.institution)
    letter = draft_letter(certificate.application, by=office)
    assert [each.function for each in letter.paragraphs.all()] == functions


def test_draft_fills_slots_and_remembers_findings(letter: CommendationLetter) -> None:
    first, second = letter.paragraphs.all()
    assert first.text == "Od 16 lat znamy <full:acc>."
    assert second.text == "Chwalimy za C1."
    assert [(each.standard, each.level) for each in second.grounds.all()] == [("C1", "just_met")]


def test_draft_takes_signatures_from_the_certificate(letter: CommendationLetter) -> None:
    assert letter.first_signatory == letter.certificate.first_signatory
    assert letter.addressee.splitlines()[0] == letter.certificate.institution.name


def test_draft_needs_confirmed_forms_and_names_them_all(office: User) -> None:
    make_kind("library")
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": 2})
    with pytest.raises(MissingNameForms) as missing:
        draft_letter(certificate.application, by=office)
    assert missing.value.missing == [("full", "acc")]
    assert CommendationLetter.objects.count() == 0


def test_draft_needs_a_bank(office: User) -> None:
    with pytest.raises(CannotDo):
        draft_letter(make_certificate({"C1": 2}).application, by=office)


def test_draft_twice_refused(letter: CommendationLetter, office: User) -> None:
    with pytest.raises(TransitionNotAllowed):
        draft_letter(letter.application, by=office)


def test_draft_uses_the_newest_bank(certificate: Certificate, office: User) -> None:
    import_paragraphs(BankFile("commendation", "pl", "2", [Paragraph("new", "Nowe słowa.")]))
    letter = draft_letter(certificate.application, by=office)
    assert [each.text for each in letter.paragraphs.all()] == ["Nowe słowa."]


def test_edit_keeps_order_adds_and_leaves_out(letter: CommendationLetter, office: User) -> None:
    first, second = letter.paragraphs.all()
    edit(
        letter,
        office,
        header={**header_of(letter), "salutation": "Szanowna Pani Dyrektor,"},
        paragraphs=[
            Edited(second.pk, "Zmieniony.", True),
            Edited(None, "Własny.", True),
            Edited(first.pk, first.text, False),
        ],
    )
    letter.refresh_from_db()
    assert letter.salutation == "Szanowna Pani Dyrektor,"
    assert [(each.text, each.included) for each in letter.paragraphs.all()] == [
        ("Zmieniony.", True),
        ("Własny.", True),
        (first.text, False),
    ]


def test_edit_from_an_older_version_is_refused(letter: CommendationLetter, office: User) -> None:
    edit(letter, office)
    with pytest.raises(Stale):
        edit(letter, office, expected_version=1)


def test_edit_does_not_reach_another_letters_paragraphs(
    letter: CommendationLetter, office: User
) -> None:
    other = make_certificate({"C1": 2})
    confirm_names(other.institution)
    foreign = draft_letter(other.application, by=office).paragraphs.first()
    edit(letter, office, paragraphs=[Edited(foreign.pk, "Cudzy.", True)])
    foreign.refresh_from_db()
    assert foreign.text != "Cudzy."


def test_approve_numbers_prints_and_freezes(letter: CommendationLetter, second: User) -> None:
    approved = approve_letter(letter, by=second)
    assert approved.number == "CAL/LG/1/2016"
    text = PdfReader(BytesIO(open_verified(approved.document))).pages[0].extract_text()
    assert "Od 16 lat" in text.replace("\u00a0", " ")
    with pytest.raises(IntegrityError), transaction.atomic():
        CommendationLetter.objects.filter(pk=letter.pk).update(salutation="Inna")
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterParagraph.objects.filter(letter=letter).update(text="Inny")
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterParagraph.objects.create(letter=letter, position=9, text="Dopisany")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.filter(paragraph__letter=letter).update(standard="D1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ground.objects.create(paragraph=letter.paragraphs.first(), standard="D1")


def test_approved_letter_prints_the_same_bytes_after_the_issuer_changed(
    letter: CommendationLetter, office: User, second: User
) -> None:
    approved = approve_letter(letter, by=second)
    change_issuer(by=office, name="Stowarzyszenie pod inną nazwą", street="Nowa 1")
    again = CommendationLetter.objects.get(pk=approved.pk)
    assert render_letter(sheet_of(again)) == open_verified(again.document)


def test_letter_is_not_approved_without_its_seal(
    letter: CommendationLetter, second: User, settings: Any, tmp_path: Path
) -> None:
    path = set_seal(settings, tmp_path)
    settings.SEAL_PKCS12 = f"{path}.gone"
    with pytest.raises(Unavailable):
        approve_letter(letter, by=second)
    letter.refresh_from_db()
    assert (letter.number, letter.document, letter.is_approved) == (None, None, False)
    settings.SEAL_PKCS12 = str(path)
    assert approve_letter(letter, by=second).document.seal.subject == "CAL – pieczęć próbna"


def test_approve_twice_refused(letter: CommendationLetter, office: User, second: User) -> None:
    approve_letter(letter, by=second)
    with pytest.raises(TransitionNotAllowed):
        approve_letter(letter, by=second)
    with pytest.raises(TransitionNotAllowed):
        edit(letter, office)


def test_approve_refuses_an_empty_letter(
    letter: CommendationLetter, office: User, second: User
) -> None:
    rows = [Edited(each.pk, each.text, False) for each in letter.paragraphs.all()]
    edit(letter, office, paragraphs=rows)
    with pytest.raises(CannotDo):
        approve_letter(letter, by=second)
    letter.refresh_from_db()
    assert (letter.state, letter.number) == (State.DRAFT, None)


def test_every_verb_leaves_one_event(
    letter: CommendationLetter, office: User, second: User
) -> None:
    edit(letter, office)
    approve_letter(letter, by=second)
    about = [event.verb for event in Event.objects.about(letter)]
    assert about == [Verb.DRAFT, Verb.EDIT, Verb.APPROVE]


def test_only_one_draft_a_recipient(letter: CommendationLetter) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CommendationLetter.objects.create(
            application=letter.application,
            certificate=letter.certificate,
            recipient=letter.recipient,
            place="x",
            dated_on=date(2016, 1, 1),
            first_signatory="x",
            first_function="x",
            drafted_by=letter.drafted_by,
        )


def test_approved_needs_number_person_time_and_document(letter: CommendationLetter) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CommendationLetter.objects.filter(pk=letter.pk).update(state=State.APPROVED)


def test_approved_letter_keeps_the_name_of_its_institution(
    letter: CommendationLetter, office: User, second: User
) -> None:
    approved = approve_letter(letter, by=second)
    addressee, before = approved.addressee, open_verified(approved.document)
    institution = approved.certificate.institution
    rename_institution(
        institution, name="Centrum Usług Społecznych", since=date(2026, 1, 1), by=office
    )
    kept = CommendationLetter.objects.get(pk=letter.pk)
    assert kept.addressee == addressee
    assert open_verified(kept.document) == before
    assert "Centrum" not in "".join(each.text for each in kept.paragraphs.all())


def test_letter_names_the_town_once_somebody_confirmed_its_forms(office: User) -> None:
    import_paragraphs(
        BankFile("commendation", "pl", "1", [Paragraph("a", "Dla {town:gen} i {town:loc}.")])
    )
    certificate = make_certificate({"C1": 2})
    confirm_names(certificate.institution)
    drafted = draft_letter(certificate.application, by=office)
    assert drafted.paragraphs.get().text == "Dla Miasteczka i w Miasteczku."


def test_letter_waits_for_the_forms_of_the_town(office: User) -> None:
    import_paragraphs(BankFile("commendation", "pl", "1", [Paragraph("a", "Dla {town:gen}.")]))
    certificate = make_certificate({"C1": 2})
    with pytest.raises(MissingNameForms) as missing:
        draft_letter(certificate.application, by=office)
    assert missing.value.missing == [("town", "gen")]
    assert "miejscowość – dopełniacz" in str(missing.value)


def test_discarded_draft_leaves_an_event_and_its_place(
    certificate: Certificate, letter: CommendationLetter, office: User
) -> None:
    key = f"letters.commendationletter:{letter.pk}"
    discard_letter(letter, by=office)
    assert not LetterParagraph.objects.exists()
    event = Event.objects.get(verb=Verb.DISCARD)
    assert (event.subject, event.by, event.facts) == (key, office, {"kind": "commendation"})
    assert draft_letter(certificate.application, by=office).pk


def test_discarding_a_copy_leaves_the_letter_it_was_to_replace(
    letter: CommendationLetter, office: User, second: User
) -> None:
    approve_letter(letter, by=second)
    discard_letter(replace_letter(letter, by=office), by=office)
    assert replace_letter(letter, by=office).replaces == letter


def test_approved_letter_is_not_discarded(
    letter: CommendationLetter, office: User, second: User
) -> None:
    approve_letter(letter, by=second)
    with pytest.raises(TransitionNotAllowed):
        discard_letter(letter, by=office)

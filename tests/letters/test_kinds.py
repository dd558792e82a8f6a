"""The set of one decision: each kind for the right person, with what it needs."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from certification.applications.models import Application, ConflictDeclaration
from certification.applications.states import State as Case
from certification.certificates.verification import check, check_file
from certification.decisions.models import Decision, Reason
from certification.errors import CannotDo, TransitionNotAllowed
from certification.letters.bank import OWN_BANKS, read
from certification.letters.models import CommendationLetter
from certification.letters.overview import set_of
from certification.letters.rules import approvers_of
from certification.letters.services import (
    approve_letter,
    confirm_official,
    draft_letter,
    draft_set,
    edit_letter,
    import_paragraphs,
    replace_letter,
    return_letter,
)
from certification.letters.services.drafting import Appeal, Partner
from certification.letters.services.editing import HEADER, Edited
from certification.letters.states import Kind, Office
from institutions.models import User
from institutions.states import Role
from tests.factories import confirm_names, make_kind, make_user
from tests.letters.factories import make_certificate

pytestmark = pytest.mark.django_db

PARTNER = Partner("Fundacja „Razem”", "ul. Długa 1\n00-000 Miasteczko")
APPEAL = Appeal(date(2016, 6, 1), date(2016, 6, 20), "Zarząd zbadał dowody.\n\nNie przekonały go.")


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


@pytest.fixture(autouse=True)
def _banks() -> None:
    for kind in ("social_assistance", "cus", "library", "culture_centre", "ngo", "school", "other"):
        make_kind(kind)
    for bank in OWN_BANKS:
        import_paragraphs(read(bank))


@pytest.fixture
def granted() -> Application:
    certificate = make_certificate({"C1": 2, "D1": 3, "D3": 2})
    confirm_names(certificate.institution)
    return certificate.application


@pytest.fixture
def refused() -> Application:
    certificate = make_certificate({"A1": 2, "C1": 0})
    case = certificate.application
    confirm_names(case.institution)
    refusal = Application.objects.create(
        institution=case.institution,
        kind=case.kind,
        standard_set=case.standard_set,
        state=Case.REFUSED,
        number="CAL/W/77/2016",
        opened_by=case.opened_by,
        submitted_by=case.opened_by,
        submitted_at=case.submitted_at,
    )
    decision = Decision.objects.create(
        application=refusal,
        outcome="refused",
        session_on=date(2016, 4, 20),
        justification="Praca jest na początku.\n\nBrakuje diagnozy.",
        decided_by=make_user(Role.COMMITTEE_CHAIR),
    )
    for criterion in refusal.criteria().filter(code__startswith="C1"):
        Reason.objects.create(decision=decision, criterion=criterion, text="nie ma grup")
    return refusal


def head_of_municipality(application: Application, by: User, gender: str = "m") -> None:
    confirm_official(
        application.institution,
        by=by,
        office=Office.BURMISTRZ,
        full_name="Jan Próbny",
        gender=gender,
        title="Burmistrz Miasteczka",
        address="Rynek 1",
    )


def texts(letter: CommendationLetter) -> str:
    return "\n".join(each.text for each in letter.paragraphs.all())


def save(letter: CommendationLetter, by: User) -> CommendationLetter:
    letter.refresh_from_db()
    return edit_letter(
        letter,
        by=by,
        header={name: getattr(letter, name) for name in HEADER},
        paragraphs=[Edited(each.pk, each.text, True) for each in letter.paragraphs.all()],
        expected_version=letter.version,
    )


def test_congratulations_wait_for_a_name(granted: Application, office: User) -> None:
    with pytest.raises(CannotDo, match="kto kieruje gminą"):
        draft_letter(granted, Kind.CONGRATULATIONS, by=office)


def test_congratulations_address_the_person(granted: Application, office: User) -> None:
    head_of_municipality(granted, office, gender="f")
    letter = draft_letter(granted, Kind.CONGRATULATIONS, by=office)
    assert letter.addressee.splitlines() == [
        "Szanowna Pani",
        "Jan Próbny",
        "Burmistrz Miasteczka",
        "Rynek 1",
    ]
    assert letter.salutation == "Szanowna Pani Burmistrz,"
    assert "Gratulujemy Pani <generic:gen>, który" in texts(letter)
    assert "Dziękujemy Pani za tę życzliwość" in texts(letter)  # D3 is met


def test_partner_is_addressed_by_name(granted: Application, office: User) -> None:
    letter = draft_letter(granted, Kind.PARTNER, by=office, partner=PARTNER)
    assert letter.addressee == "Fundacja „Razem”\nul. Długa 1\n00-000 Miasteczko"
    assert letter.recipient == "Fundacja „Razem”"
    assert "partnerem <full:gen>" in texts(letter)
    second = draft_letter(granted, Kind.PARTNER, by=office, partner=Partner("Szkoła nr 1"))
    assert second.recipient == "Szkoła nr 1"
    with pytest.raises(TransitionNotAllowed):
        draft_letter(granted, Kind.PARTNER, by=office, partner=PARTNER)


def test_refusal_gives_each_reason_and_the_way_of_appeal(
    refused: Application, office: User
) -> None:
    letter = draft_letter(refused, Kind.REFUSAL, by=office)
    said = texts(letter)
    assert (letter.certificate, letter.title) == (None, "Zawiadomienie o rozstrzygnięciu")
    assert "na posiedzeniu 20 kwietnia 2016 r. Komisja" in said
    assert "wniosek nr CAL/W/77/2016, który złożył" in said
    assert "Kryterium C1.1 („C1”). Nie ma grup." in said
    assert "odwołać do Zarządu" in said
    functions = [each.function for each in letter.paragraphs.all()]
    assert functions.count("justification") == 2  # an empty line parts two paragraphs
    (reason,) = letter.paragraphs.filter(function="reason")
    (ground,) = reason.grounds.all()
    assert (ground.standard, ground.criterion, ground.level) == ("C1", "C1.1", "unmet")


@pytest.mark.parametrize(
    ("kind", "said"),
    [(Kind.APPEAL_UPHELD, "utrzymuje"), (Kind.APPEAL_CHANGED, "uznaje odwołanie za zasadne")],
)
def test_reply_to_an_appeal(refused: Application, office: User, kind: Kind, said: str) -> None:
    letter = draft_letter(refused, kind, by=office, appeal=APPEAL)
    assert f"Zarząd {said}" in texts(letter)
    assert "Nie przekonały go." in texts(letter)
    assert "wpłynęło 1 czerwca 2016 r.\n" in texts(letter)


def test_a_refusal_letter_needs_a_refusal(granted: Application, office: User) -> None:
    with pytest.raises(CannotDo, match="nie odmówiła"):
        draft_letter(granted, Kind.REFUSAL, by=office)


def test_a_commendation_needs_a_certificate(refused: Application, office: User) -> None:
    with pytest.raises(CannotDo, match="Nie ma certyfikatu"):
        draft_letter(refused, Kind.COMMENDATION, by=office)


def test_the_set_is_drafted_at_once(granted: Application, office: User) -> None:
    assert set_of(granted).at_once == [Kind.COMMENDATION]
    head_of_municipality(granted, office)
    drafted = draft_set(granted, by=office)
    assert [each.kind for each in drafted] == [Kind.COMMENDATION, Kind.CONGRATULATIONS]
    places = set_of(granted).places
    assert [len(place.letters) for place in places] == [1, 1, 0]
    assert [place.may_draft for place in places] == [False, False, True]
    assert draft_set(granted, by=office) == []


def test_the_set_of_a_refusal(refused: Application, office: User) -> None:
    (letter,) = draft_set(refused, by=office)
    assert letter.kind == Kind.REFUSAL
    draft_letter(refused, Kind.APPEAL_UPHELD, by=office, appeal=APPEAL)
    assert [place.may_draft for place in set_of(refused).places] == [False, False, False]


# --- approval ------------------------------------------------------------------------------


def test_who_wrote_it_does_not_approve_it(granted: Application, office: User) -> None:
    letter = draft_letter(granted, by=office)
    second = make_user(Role.OFFICE, full_name="Druga Osoba")
    board = make_user(Role.BOARD_MEMBER, full_name="Ktoś z Zarządu")
    with pytest.raises(CannotDo, match="Druga Osoba.*Ktoś z Zarządu"):
        approve_letter(letter, by=office)
    save(letter, second)
    with pytest.raises(CannotDo):
        approve_letter(letter, by=second)
    assert approve_letter(letter, by=board).is_approved


def test_the_last_to_save_counts(granted: Application, office: User) -> None:
    letter = draft_letter(granted, by=office)
    save(letter, make_user(Role.OFFICE))
    assert approve_letter(letter, by=office).is_approved


def test_an_office_of_one_may(granted: Application, office: User, settings: object) -> None:
    settings.LETTERS_BY_ONE_PERSON = True  # type: ignore[attr-defined]
    assert approve_letter(draft_letter(granted, by=office), by=office).is_approved


def test_nobody_in_conflict_is_named_as_approver(granted: Application, office: User) -> None:
    letter = draft_letter(granted, by=office)
    related = make_user(Role.BOARD_MEMBER)
    ConflictDeclaration.objects.create(
        application=granted,
        user=related,
        ground=ConflictDeclaration.Ground.FAMILY,
        declared_by=related,
    )
    assert related not in approvers_of(letter)
    assert office not in approvers_of(letter)


def test_sent_back_until_somebody_saves(granted: Application, office: User) -> None:
    letter = draft_letter(granted, by=office)
    board = make_user(Role.BOARD_MEMBER)
    with pytest.raises(CannotDo):
        return_letter(letter, by=office, note="Sobie samemu.")
    with pytest.raises(CannotDo):
        return_letter(letter, by=board, note="  ")
    returned = return_letter(letter, by=board, note="Proszę skrócić.")
    assert (returned.is_returned, returned.return_note) == (True, "Proszę skrócić.")
    saved = save(letter, office)
    assert (saved.is_returned, saved.return_note) == (False, "")
    approve_letter(letter, by=board)
    with pytest.raises(TransitionNotAllowed):
        return_letter(letter, by=board, note="Za późno.")


@pytest.mark.parametrize("change", [{"return_note": "x"}, {"edited_by": 1}, {"certificate": None}])
def test_half_a_fact_is_refused_by_the_database(
    granted: Application, office: User, change: dict[str, object]
) -> None:
    letter = draft_letter(granted, by=office)
    if "edited_by" in change:
        change = {"edited_by": office}
    with pytest.raises(IntegrityError), transaction.atomic():
        CommendationLetter.objects.filter(pk=letter.pk).update(**change)


# --- replaced ------------------------------------------------------------------------------


def test_a_letter_that_replaces_another(granted: Application, office: User) -> None:
    board = make_user(Role.BOARD_MEMBER)
    old = approve_letter(draft_letter(granted, by=office, on=date(2016, 5, 12)), by=board)
    with pytest.raises(TransitionNotAllowed):
        draft_letter(granted, by=office)
    new = replace_letter(old, by=office)
    assert texts(new) == texts(old)
    assert [g.standard for p in new.paragraphs.all() for g in p.grounds.all()] == [
        g.standard for p in old.paragraphs.all() for g in p.grounds.all()
    ]
    assert check("CAL/LG/1/2016", date(2018, 1, 1)).stands
    with pytest.raises(TransitionNotAllowed):
        replace_letter(old, by=office)
    approved = approve_letter(new, by=board)
    verdict = check("CAL/LG/1/2016", date(2018, 1, 1))
    assert (verdict.stands, verdict.replaced_by) == (False, approved.number)
    assert verdict.headline == "Ten list zastąpiono innym"


# --- what a number opens ---------------------------------------------------------------------


def test_a_refusal_shows_its_addressee_to_who_holds_it_alone(
    refused: Application, office: User
) -> None:
    draft = draft_letter(refused, Kind.REFUSAL, by=office, on=date(2016, 5, 12))
    letter = approve_letter(draft, by=make_user(Role.BOARD_MEMBER))
    assert letter.number == "CAL/P/1/2016"
    assert letter.document is not None
    day = date(2018, 1, 1)
    assert "discreetly" in check("CAL/P/1/2016", day).template
    assert "discreetly" not in check(letter.code or "", day).template
    assert "discreetly" not in check_file(letter.document.sha256, day).template


def test_the_institution_reads_what_is_written_to_it(granted: Application, office: User) -> None:
    board = make_user(Role.BOARD_MEMBER)
    head_of_municipality(granted, office)
    for letter in draft_set(granted, by=office):
        approve_letter(letter, by=board)
    seen = CommendationLetter.objects.visible_to(granted.opened_by)
    assert [each.kind for each in seen] == [Kind.COMMENDATION]

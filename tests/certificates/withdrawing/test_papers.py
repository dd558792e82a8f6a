"""The papers of a withdrawal: made by its verbs, for its people, checked by strangers."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.certificates.models import AppealRefusal, Charges, Reinstatement, Withdrawal
from certification.certificates.verification import blank_verdicts, check, check_file
from certification.certificates.withdrawing.appeals import refuse_appeal, reinstate_certificate
from certification.certificates.withdrawing.services import reply_to_charges, withdraw_certificate
from certification.documents.models import StoredDocument
from certification.documents.services import open_verified
from certification.errors import CannotDo
from institutions.states import MemberRole, Role
from tests.certificates.factories import appeal_row, charges_row, withdraw_row, write_certificate
from tests.documents.sheets import text_of
from tests.factories import days_from_today, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db

PUBLISHED, SECRET = "Powód dla wszystkich.", "kanarekodmowy"
FILES = "/weryfikacja/pliki.json"


def withdrawn(serial=1, *, replied=False):
    """By the verb, today; the charges are from before the program printed them."""
    charges = charges_row(write_certificate(serial), days_from_today(-15))
    if replied:
        reply_to_charges(charges, by=make_user(), text="Tak.")
    chair = make_user(Role.COMMITTEE_CHAIR)
    withdraw_certificate(charges, by=chair, withdrawn_on=clock.today(), reason=PUBLISHED)
    return again(charges)


def answered(resolve, serial=1, **changed):
    charges = withdrawn(serial)
    appeal_row(charges.withdrawal)
    facts = {"resolution_number": "9/2026", "adopted_on": clock.today(), "reason": SECRET}
    resolve(charges, by=make_user(Role.BOARD_MEMBER), **facts | changed)
    return again(charges)


def again(charges):
    return Charges.objects.with_outcome().get(pk=charges.pk)


def says(document):
    return " ".join(text_of(open_verified(document)).split())


# --- made by the verbs ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("replied", "heard"), [(True, "i odpowiedzi na nie"), (False, "odpowiedzi, która nie wpłynęła")]
)
def test_a_withdrawal_is_put_on_paper(replied, heard):
    withdrawal = withdrawn(replied=replied).withdrawal

    number = f"CAL/O/1/{clock.today().year}"
    assert (withdrawal.number, withdrawal.document.title) == (
        number,
        f"Odebranie certyfikatu {number}",
    )
    assert (withdrawal.document.kind, withdrawal.document.created_by) == (
        StoredDocument.Kind.WITHDRAWAL,
        withdrawal.withdrawn_by,
    )
    paper = says(withdrawal.document)
    for words in (number, withdrawal.certificate.number, PUBLISHED, heard):
        assert words in paper
    assert PdfReader(BytesIO(open_verified(withdrawal.document))).metadata.author


@pytest.mark.parametrize(
    ("resolve", "said"),
    [(reinstate_certificate, "uchylił odebranie"), (refuse_appeal, "oddalił odwołanie")],
)
def test_so_is_what_the_board_answers(resolve, said):
    answer = answered(resolve).appeal.answer

    assert answer.number == f"CAL/O/2/{clock.today().year}"
    assert answer.document.kind == StoredDocument.Kind.APPEAL_ANSWER
    paper = says(answer.document)
    for words in (said, SECRET, "9/2026"):
        assert words in paper


def test_a_refused_withdrawal_takes_no_number():
    charges = charges_row(write_certificate(1), days_from_today(-15))
    with pytest.raises(CannotDo), transaction.atomic():
        withdraw_certificate(
            charges, by=make_user(), withdrawn_on=days_from_today(1), reason=PUBLISHED
        )
    assert withdrawn(2).withdrawal.number.startswith("CAL/O/1/")


@pytest.mark.parametrize("model", [Withdrawal, Reinstatement, AppealRefusal])
def test_a_number_goes_with_a_document(model):
    charges = charges_row(write_certificate(1), clock.today())
    by, reason = make_user(), {"reason": "x", "number": "CAL/O/1/2026"}
    if model is Withdrawal:
        facts = {"charges": charges, "withdrawn_on": clock.today(), "appeal_until": clock.today()}
        who = "withdrawn_by"
    else:
        appeal = appeal_row(withdraw_row(write_certificate(2), clock.today()))
        facts = {"appeal": appeal, "resolution_number": "1", "adopted_on": clock.today()}
        who = "reinstated_by" if model is Reinstatement else "refused_by"
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**facts, **reason, **{who: by})
    model.objects.create(**facts, reason="x", **{who: by})


# --- for its people -------------------------------------------------------------------------

READERS = (
    *(Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER, Role.OFFICE),
    *(Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER),
)


def pages(charges):
    names = ("withdrawal_pdf", "appeal_answer_pdf")
    return [reverse(name, args=[charges.pk]) for name in names]


@pytest.mark.parametrize("resolve", [reinstate_certificate, refuse_appeal])
def test_who_handles_the_case_and_the_holder_read_them(signed_in, resolve):
    charges = answered(resolve)
    holder = make_member(charges.certificate.institution, MemberRole.READER)
    for person in (*map(make_user, READERS), holder):
        client = signed_in(person)
        for page in (charges.get_absolute_url(), charges.certificate.get_absolute_url()):
            read = client.get(page).content.decode()
            assert all(url in read for url in pages(charges))
        for url in pages(charges):
            assert client.get(url).headers["Content-Type"] == "application/pdf"


def test_nobody_else_does(signed_in):
    charges = answered(refuse_appeal)
    office = make_user(Role.OFFICE)
    ConflictDeclaration.objects.create(
        application=charges.certificate.application, user=office, ground="works", declared_by=office
    )
    others = (office, make_user(Role.ASSESSOR), make_member(make_institution()))
    for person in others:
        client = signed_in(person)
        assert [client.get(url).status_code for url in pages(charges)] == [404, 404]


def test_rows_from_before_the_papers_still_show(signed_in):
    appeal = appeal_row(withdraw_row(write_certificate(1), clock.today()))
    charges = appeal.withdrawal.charges
    AppealRefusal.objects.create(
        appeal=appeal,
        resolution_number="1/2020",
        adopted_on=clock.today(),
        reason="Dawny powód.",
        refused_by=make_user(),
    )
    client = signed_in(make_user(Role.OFFICE))

    read = client.get(charges.get_absolute_url()).content.decode()
    assert "Dawny powód." in read
    assert client.get(charges.certificate.get_absolute_url()).status_code == 200
    assert not any(url in read for url in pages(charges))
    assert [client.get(url).status_code for url in pages(charges)] == [404, 404]


def test_before_anything_was_decided_there_is_none(signed_in):
    charges = charges_row(write_certificate(1), clock.today())
    client = signed_in(make_user(Role.OFFICE))
    assert [client.get(url).status_code for url in pages(charges)] == [404, 404]


# --- checked by strangers -------------------------------------------------------------------


def seen(client, number):
    return client.get(reverse("verification"), {"q": number}).content.decode()


def test_a_withdrawal_is_told_of_with_its_published_reason(client):
    withdrawal = withdrawn().withdrawal

    verdict = check(withdrawal.number, clock.today())

    assert verdict == check_file(withdrawal.document.sha256, clock.today())
    assert (verdict.headline, verdict.stands) == ("To pismo pochodzi od nas", True)
    page = seen(client, withdrawal.number)
    for words in (PUBLISHED, withdrawal.certificate.holder_name, withdrawal.document.sha256):
        assert words in page
    assert "Zarzuty na piśmie." not in page


def test_once_annulled_both_papers_say_so(client):
    charges = answered(reinstate_certificate, reason="Nowy powód.")

    notice = check(charges.withdrawal.number, clock.today())
    assert (notice.headline, notice.stands) == ("To pismo nie jest już aktualne", False)
    answer = check(charges.appeal.answer.number, clock.today())
    assert answer.stands
    for verdict in (notice, answer):
        assert "Opublikowany powód: Nowy powód." in verdict.text
        assert PUBLISHED not in seen(client, verdict.number)


def test_of_a_refused_appeal_nothing_is_told_but_that_the_paper_is_ours(client):
    charges = answered(refuse_appeal)
    answer, certificate = charges.appeal.answer, charges.certificate

    for verdict in (
        check(answer.number, clock.today()),
        check_file(answer.document.sha256, clock.today()),
    ):
        assert verdict.headline == "To pismo pochodzi od nas"
        assert certificate.number not in verdict.text
    page = seen(client, answer.number)
    for words in (SECRET, certificate.number, certificate.holder_name, "odwołani"):
        assert words not in page.split("Sprawdź inny")[0]
    listed = client.get(FILES).json()["files"][answer.document.sha256]
    assert set(listed) == {"number", "status", "issued_on"}
    assert SECRET not in client.get(FILES).content.decode()


def test_papers_have_no_code_and_what_was_not_printed_is_not_found():
    row = withdraw_row(write_certificate(1), clock.today())
    assert row.number is None
    assert check("A" * 26, clock.today()).document is None
    assert check("CAL/O/1/2026", clock.today()).document is None


def test_the_list_of_files_changes_with_each_paper(client):
    charges = withdrawn()
    before = client.get(FILES)
    assert before.json()["files"][charges.withdrawal.document.sha256]["reason"] == PUBLISHED
    appeal_row(charges.withdrawal)
    refuse_appeal(
        charges,
        by=make_user(Role.BOARD_MEMBER),
        resolution_number="1",
        adopted_on=clock.today(),
        reason=SECRET,
    )

    after = client.get(FILES, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    listed = {each["status"] for each in after.json()["files"].values()}
    assert listed == {"withdrawn", "notice_withdrawn", "notice_refused"}
    assert listed <= set(blank_verdicts())

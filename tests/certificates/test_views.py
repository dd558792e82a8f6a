import re

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.certificates.codes import grouped
from certification.certificates.models import Certificate
from certification.documents.models import StoredDocument
from institutions.states import MemberRole, Role
from tests.documents.sheets import text_of
from tests.factories import (
    make_institution,
    make_member,
    make_user,
)

from .factories import issue, withdraw_row, wording, write_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_user(Role.BOARD_MEMBER)


BOARD = {Role.BOARD_MEMBER: 200, Role.RESPONSIBLE_BOARD_MEMBER: 200}
OTHERS = {
    Role.OFFICE: 403,
    Role.COMMITTEE_CHAIR: 403,
    Role.COMMITTEE_MEMBER: 403,
    Role.ASSESSOR: 404,
    Role.ADMINISTRATOR: 404,
}


# --- looking ----------------------------------------------------------------------------


def test_the_detail_shows_hash_code_and_history(signed_in, member):
    certificate = issue(by=member)

    page = signed_in(member).get(certificate.get_absolute_url()).content.decode()

    assert certificate.document.sha256 in page
    assert grouped(certificate.code) in page
    assert reverse("verification_code", args=[certificate.code]) in page
    assert re.search(r"Wydano certyfikat.{0,5}, " + member.full_name, page)


def test_the_holder_reads_its_own_without_the_history(signed_in, member):
    certificate = issue(by=member)
    reader = make_member(certificate.institution, MemberRole.READER)

    page = signed_in(reader).get(certificate.get_absolute_url()).content.decode()

    assert certificate.number in page
    assert member.full_name not in page
    assert "Popraw certyfikat" not in page


def test_charges_are_read_by_the_holder_and_the_case_only(signed_in, member):
    certificate = write_certificate(1)
    charges = withdraw_row(certificate, clock.today()).charges
    barred = make_user(Role.OFFICE)
    ConflictDeclaration.objects.create(
        application=certificate.application, user=barred, ground="works", declared_by=barred
    )
    holder = make_member(certificate.institution)

    def sees(user):
        page = signed_in(user).get(certificate.get_absolute_url()).content.decode()
        assert "Instytucja przestała działać." in page
        return charges.get_absolute_url() in page

    assert [sees(user) for user in (member, holder, barred)] == [True, True, False]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICE, 200),
        (Role.COMMITTEE_MEMBER, 200),
        (Role.COMMITTEE_CHAIR, 200),
        (Role.BOARD_MEMBER, 200),
        (Role.RESPONSIBLE_BOARD_MEMBER, 200),
        (Role.ASSESSOR, 404),
        (Role.ADMINISTRATOR, 404),
    ],
)
def test_who_reads_a_certificate(signed_in, role, status):
    certificate = issue()
    client = signed_in(make_user(role))

    assert client.get(certificate.get_absolute_url()).status_code == status
    assert client.get(reverse("certificate_pdf", args=[certificate.pk])).status_code == status


def test_another_institution_reads_nothing(signed_in):
    certificate = issue()
    client = signed_in(make_member(make_institution()))

    assert client.get(certificate.get_absolute_url()).status_code == 404
    assert client.get(reverse("certificate_pdf", args=[certificate.pk])).status_code == 404


def test_the_pdf_is_the_one_that_was_stored(signed_in, member):
    certificate = issue()

    response = signed_in(member).get(reverse("certificate_pdf", args=[certificate.pk]))

    with certificate.document.file.open("rb") as file:
        assert response.content == file.read()
    name = certificate.number.replace("/", "-")
    assert response.headers["Content-Disposition"] == f'inline; filename="Certyfikat {name}.pdf"'


def test_a_pdf_that_was_changed_is_not_served(signed_in, member):
    certificate = issue()
    with open(certificate.document.file.path, "ab") as file:
        file.write(b"x")

    response = signed_in(member).get(reverse("certificate_pdf", args=[certificate.pk]))

    assert response.status_code == 422
    assert not response.content.startswith(b"%PDF")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    signed_in, member, number, django_assert_num_queries
):
    for each in range(1, number + 1):
        write_certificate(each)
    client = signed_in(member)

    with django_assert_num_queries(7):
        page = client.get(reverse("certificate_list"))

    assert len(page.context["rows"]) == number


def test_the_list_is_narrowed(signed_in, member):
    withdraw_row(write_certificate(1), clock.today())
    write_certificate(2, make_institution(name="Biblioteka w Łęczycy"))
    client = signed_in(member)

    def numbers(**query):
        rows = client.get(reverse("certificate_list"), query).context["rows"]
        return [certificate.number for certificate, _status in rows]

    year = clock.today().year
    assert numbers(status="withdrawn") == [f"CAL/OSL/1/{year}"]
    assert numbers(q="biblioteka leczycy") == [f"CAL/OSL/2/{year}"]
    assert numbers(q="nie ma takiej") == []


def test_the_list_of_an_institution_has_its_own_only(signed_in):
    own, foreign = write_certificate(1), write_certificate(2)

    page = signed_in(make_member(own.institution)).get(reverse("certificate_list")).content.decode()
    assert "Certyfikaty Twoich instytucji" in page

    assert own.number in page
    assert foreign.number not in page


# --- correcting and withdrawing -----------------------------------------------------------


def correction(certificate, **changed):
    return {"correction_reason": "Literówka.", "reason": "za wdrażanie", **wording(), **changed}


def test_a_board_member_corrects(signed_in, member):
    old = issue()
    page = reverse("certificate_correct", args=[old.pk])

    response = signed_in(member).post(page, correction(old, label="na lata nowe"))

    new = Certificate.objects.get(replaces=old)
    assert response.url == new.get_absolute_url()
    assert new.label == "na lata nowe"


def test_correcting_a_second_time_keeps_the_text(signed_in, member):
    old, client = issue(), signed_in(member)
    page = reverse("certificate_correct", args=[old.pk])
    client.post(page, correction(old))

    response = client.post(page, correction(old, label="na lata siódme"))

    assert response.status_code == 409
    assert "na lata siódme" in response.content.decode()


@pytest.mark.parametrize(("role", "status"), (BOARD | OTHERS).items())
def test_who_may_correct(signed_in, role, status):
    certificate = issue()
    page = reverse("certificate_correct", args=[certificate.pk])
    client = signed_in(make_user(role))

    assert client.get(page).status_code == status
    if status != 200:
        assert client.post(page, correction(certificate)).status_code == status
    assert Certificate.objects.count() == 1


def test_the_file_for_a_print_shop_is_made_and_not_kept(signed_in):
    certificate = issue()
    documents = StoredDocument.objects.count()

    response = signed_in(make_user(Role.OFFICE)).get(
        reverse("certificate_print_shop", args=[certificate.pk])
    )

    assert response.headers["Content-Type"] == "application/pdf"
    assert "Plik dla drukarni" in response.headers["Content-Disposition"]
    assert certificate.holder_name in text_of(response.content)
    assert StoredDocument.objects.count() == documents


def test_what_was_withdrawn_is_not_printed_any_more(signed_in):
    certificate = issue()
    withdraw_row(certificate, clock.today())
    client = signed_in(make_user(Role.OFFICE))
    address = reverse("certificate_print_shop", args=[certificate.pk])

    assert client.get(address).status_code == 422
    page = client.get(certificate.get_absolute_url()).content.decode()
    assert address not in page

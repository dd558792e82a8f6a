"""The screens of letters: who gets in, what bad input does, what is kept."""

from typing import Any

import pytest
from django.urls import reverse

from certification.applications.models import ConflictDeclaration
from certification.letters.bank import BankFile, Paragraph
from certification.letters.models import CommendationLetter
from certification.letters.services import approve_letter, draft_letter, import_paragraphs
from institutions.models import User
from institutions.states import Role
from tests.factories import confirm_names, make_institution, make_member, make_user
from tests.letters.factories import make_certificate

pytestmark = pytest.mark.django_db
BANK = BankFile("commendation", "pl", "1", [Paragraph("always", "Znamy {full_name:acc}.")])


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


@pytest.fixture
def letter(office: User) -> CommendationLetter:
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": 2})
    confirm_names(certificate.institution)
    return draft_letter(certificate.application, by=office)


def draft_url(certificate: Any) -> str:
    return reverse("letter_draft", args=[certificate.application_id, "commendation"])


def posted(letter: CommendationLetter, **changes: Any) -> dict[str, Any]:
    (paragraph,) = letter.paragraphs.all()
    return {
        "version": letter.version,
        "place": "Warszawa",
        "dated_on": "2016-05-12",
        "addressee": "Ośrodek",
        "salutation": "Szanowni Państwo,",
        "closing": "Z poważaniem",
        "first_signatory": "Maria Przykładna",
        "first_function": "Prezes",
        "second_signatory": "",
        "second_function": "",
        "p-TOTAL_FORMS": 2,
        "p-INITIAL_FORMS": 1,
        "p-0-pk": paragraph.pk,
        "p-0-text": "Nowa treść.",
        "p-0-included": "on",
        "p-0-ORDER": 1,
        "p-1-text": "",
        **changes,
    }


def test_draft_happy_path(signed_in: Any, office: User) -> None:
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": 2})
    confirm_names(certificate.institution)
    response = signed_in(office).post(draft_url(certificate))
    letter = CommendationLetter.objects.get()
    assert (response.status_code, response.url) == (302, letter.get_absolute_url())


def test_draft_with_unconfirmed_names_leads_to_them(signed_in: Any, office: User) -> None:
    import_paragraphs(BANK)
    certificate = make_certificate({"C1": 2})
    response = signed_in(office).post(draft_url(certificate))
    assert response.url == reverse("name_forms", args=[certificate.institution_id])


def test_edit_saves(signed_in: Any, office: User, letter: CommendationLetter) -> None:
    response = signed_in(office).post(letter.get_absolute_url(), posted(letter))
    letter.refresh_from_db()
    assert response.status_code == 302
    assert (letter.closing, letter.paragraphs.get().text) == ("Z poważaniem", "Nowa treść.")


@pytest.mark.parametrize(
    "change",
    [{"place": ""}, {"dated_on": "wczoraj"}, {"p-0-text": ""}, {"p-0-text": "x" * 3001}],
)
def test_edit_bad_input_comes_back_with_everything_typed(
    signed_in: Any, office: User, letter: CommendationLetter, change: dict[str, str]
) -> None:
    data = posted(letter, closing="Moje własne zakończenie", **change)
    response = signed_in(office).post(letter.get_absolute_url(), data)
    assert response.status_code == 422
    assert "Moje własne zakończenie" in response.content.decode()
    letter.refresh_from_db()
    assert letter.version == 1


def test_edit_stale_keeps_text_and_then_saves(
    signed_in: Any, office: User, letter: CommendationLetter
) -> None:
    client = signed_in(office)
    client.post(letter.get_absolute_url(), posted(letter))
    stale = posted(letter, **{"p-0-text": "Spóźniona treść."})
    response = client.post(letter.get_absolute_url(), stale)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Spóźniona treść." in page
    assert "Nowa treść." in page
    again = client.post(letter.get_absolute_url(), {**stale, "version": 2})
    assert again.status_code == 302
    assert letter.paragraphs.get().text == "Spóźniona treść."


def test_preview_is_a_pdf_and_stores_nothing(
    signed_in: Any, office: User, letter: CommendationLetter
) -> None:
    response = signed_in(office).get(reverse("letter_preview", args=[letter.pk]))
    assert response.content.startswith(b"%PDF")
    letter.refresh_from_db()
    assert letter.document is None


def test_approve_then_pdf(signed_in: Any, office: User, letter: CommendationLetter) -> None:
    client = signed_in(make_user(Role.OFFICE))
    client.post(reverse("letter_approve", args=[letter.pk]))
    response = client.get(reverse("letter_pdf", args=[letter.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert "CAL-LG-1-" in response["Content-Disposition"]


def test_approve_second_click_is_409(
    signed_in: Any, office: User, letter: CommendationLetter
) -> None:
    approve_letter(letter, by=make_user(Role.OFFICE))
    response = signed_in(office).post(reverse("letter_approve", args=[letter.pk]))
    assert response.status_code == 409


def test_discard_asks_first_and_then_deletes(
    signed_in: Any, office: User, letter: CommendationLetter
) -> None:
    client, address = signed_in(office), reverse("letter_discard", args=[letter.pk])
    assert address in client.get(letter.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 200
    assert CommendationLetter.objects.count() == 1
    response = client.post(address)
    assert response.url == reverse("letter_set", args=[letter.application_id])
    assert not CommendationLetter.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_discard_of_an_approved_letter_is_409(
    signed_in: Any, office: User, letter: CommendationLetter, method: str
) -> None:
    approve_letter(letter, by=make_user(Role.OFFICE))
    address = reverse("letter_discard", args=[letter.pk])
    assert getattr(signed_in(office), method)(address).status_code == 409
    assert CommendationLetter.objects.count() == 1


URLS = ["letter_detail", "letter_preview", "letter_discard", "letter_pdf"]


@pytest.mark.parametrize("name", URLS)
def test_outsider_gets_404(signed_in: Any, letter: CommendationLetter, name: str) -> None:
    outsider = make_member(make_institution())
    assert signed_in(outsider).get(reverse(name, args=[letter.pk])).status_code == 404


def test_board_approves_but_does_not_edit(signed_in: Any, letter: CommendationLetter) -> None:
    client = signed_in(make_user(Role.BOARD_MEMBER))
    assert client.get(letter.get_absolute_url()).status_code == 200
    assert client.post(letter.get_absolute_url(), posted(letter)).status_code == 403
    assert client.post(reverse("letter_approve", args=[letter.pk])).status_code == 302
    letter.refresh_from_db()
    assert letter.is_approved


def test_conflict_of_interest_takes_the_office_role_away(
    signed_in: Any, office: User, letter: CommendationLetter
) -> None:
    ConflictDeclaration.objects.create(
        application=letter.certificate.application,
        user=office,
        ground=ConflictDeclaration.Ground.FAMILY,
        declared_by=office,
    )
    client = signed_in(office)
    assert client.post(letter.get_absolute_url(), posted(letter)).status_code == 403
    assert client.post(reverse("letter_approve", args=[letter.pk])).status_code == 403


def test_institution_sees_its_letter_only_when_approved(
    signed_in: Any, office: User, letter: CommendationLetter
) -> None:
    client = signed_in(make_member(letter.certificate.institution))
    assert client.get(letter.get_absolute_url()).status_code == 404
    approve_letter(letter, by=make_user(Role.OFFICE))
    assert client.get(letter.get_absolute_url()).status_code == 200
    assert client.get(reverse("letter_pdf", args=[letter.pk])).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_for_3_rows_as_for_1(
    signed_in: Any, django_assert_num_queries: Any, office: User, count: int
) -> None:
    import_paragraphs(BANK)
    for _ in range(count):
        certificate = make_certificate({"C1": 2})
        confirm_names(certificate.institution)
        draft_letter(certificate.application, by=office)
    client = signed_in(office)
    with django_assert_num_queries(6):
        response = client.get(reverse("letter_list"))
    assert len(response.context["page"].object_list) == count


def test_list_hides_drafts_from_the_institution(signed_in: Any, letter: CommendationLetter) -> None:
    client = signed_in(make_member(letter.certificate.institution))
    assert list(client.get(reverse("letter_list")).context["page"].object_list) == []

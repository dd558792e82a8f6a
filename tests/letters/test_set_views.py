"""The page of a set, and what it asks for before it drafts."""

from typing import Any

import pytest
from django.urls import reverse

from certification.applications.models import Application
from certification.letters.bank import OWN_BANKS, read
from certification.letters.models import CommendationLetter, Official
from certification.letters.services import approve_letter, draft_letter, import_paragraphs
from certification.letters.states import Kind
from institutions.models import User
from institutions.states import Role
from tests.factories import confirm_names, make_kind, make_user
from tests.letters.factories import make_certificate

pytestmark = pytest.mark.django_db
OFFICIAL = {
    "office": "prezydent",
    "full_name": "Jan Próbny",
    "gender": "m",
    "title": "Prezydent Miasta Próbnego",
    "address": "",
    "confirmed": "on",
}


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


@pytest.fixture
def case() -> Application:
    for kind in ("social_assistance", "cus", "library", "culture_centre", "ngo", "school", "other"):
        make_kind(kind)
    for bank in OWN_BANKS:
        import_paragraphs(read(bank))
    application = make_certificate({"C1": 2}).application
    institution = application.institution
    institution.teryt = "1818011"
    institution.save(update_fields=["teryt"])
    confirm_names(institution)
    return application


def at(name: str, case: Application, *more: str) -> str:
    return reverse(name, args=[case.pk, *more])


def test_the_set_says_what_there_is(signed_in: Any, office: User, case: Application) -> None:
    client = signed_in(office)
    client.post(at("letter_set_draft", case))
    page = client.get(at("letter_set", case)).content.decode()
    letter = CommendationLetter.objects.get()
    assert letter.get_absolute_url() in page
    assert "Podaj, kto kieruje gminą" in page


@pytest.mark.parametrize("drafted", [1, 3])
def test_the_set_takes_as_many_queries_for_three_as_for_one(
    signed_in: Any, django_assert_num_queries: Any, office: User, case: Application, drafted: int
) -> None:
    draft_letter(case, by=office)
    for number in range(drafted - 1):
        data = {"name": f"Partner {number}", "address": ""}
        signed_in(office).post(at("letter_draft", case, "partner"), data)
    client = signed_in(office)
    with django_assert_num_queries(10):
        client.get(at("letter_set", case))


def test_the_official_is_proposed_by_teryt_and_confirmed(
    signed_in: Any, office: User, case: Application
) -> None:
    client = signed_in(office)
    asked = client.get(at("letter_draft", case, "congratulations"))
    assert asked.url == at("letter_official", case)
    form = client.get(asked.url).context["form"]
    assert form.initial == {"office": "burmistrz", "title": "Burmistrz Miasteczka"}
    assert client.post(asked.url, OFFICIAL | {"confirmed": ""}).status_code == 422
    assert client.post(asked.url, OFFICIAL | {"title": "Wójt Gminy X"}).status_code == 422
    assert client.post(asked.url, OFFICIAL).status_code == 302
    assert str(Official.objects.get()) == "Jan Próbny, Prezydent Miasta Próbnego"
    client.post(at("letter_draft", case, "congratulations"))
    letter = CommendationLetter.objects.get(kind=Kind.CONGRATULATIONS)
    assert letter.salutation == "Szanowny Panie Prezydencie,"


def test_a_neighbour_proposes_the_same_official(
    signed_in: Any, office: User, case: Application
) -> None:
    client = signed_in(office)
    client.post(at("letter_official", case), OFFICIAL)
    other = make_certificate({"C1": 2}).application
    other.institution.teryt = "1818011"
    other.institution.save(update_fields=["teryt"])
    assert client.get(at("letter_official", other)).context["form"].initial["full_name"] == (
        "Jan Próbny"
    )
    assert Official.objects.count() == 1  # proposed, not stored


def test_a_partner_is_asked_for(signed_in: Any, office: User, case: Application) -> None:
    client = signed_in(office)
    url = at("letter_draft", case, "partner")
    assert client.post(url, {"name": "", "address": "ul. Długa 1"}).status_code == 422
    client.post(url, {"name": "Fundacja „Razem”", "address": "ul. Długa 1"})
    assert CommendationLetter.objects.get().addressee == "Fundacja „Razem”\nul. Długa 1"


def test_a_kind_that_there_is_not_is_404(signed_in: Any, office: User, case: Application) -> None:
    assert signed_in(office).get(at("letter_draft", case, "weselny")).status_code == 404


def test_a_draft_is_sent_back_and_says_why(signed_in: Any, office: User, case: Application) -> None:
    letter = draft_letter(case, by=office)
    board = signed_in(make_user(Role.BOARD_MEMBER))
    url = reverse("letter_return", args=[letter.pk])
    assert board.post(url, {"note": ""}).status_code == 422
    board.post(url, {"note": "Za długie."})
    assert "Za długie." in signed_in(office).get(letter.get_absolute_url()).content.decode()


def test_ones_own_letter_names_who_approves(
    signed_in: Any, office: User, case: Application
) -> None:
    letter = draft_letter(case, by=office)
    make_user(Role.OFFICE, full_name="Druga Osoba")
    page = signed_in(office).get(letter.get_absolute_url()).content.decode()
    assert "Druga Osoba" in page
    assert reverse("letter_approve", args=[letter.pk]) not in page


def test_an_approved_letter_is_replaced(signed_in: Any, office: User, case: Application) -> None:
    letter = approve_letter(draft_letter(case, by=office), by=make_user(Role.OFFICE))
    signed_in(office).post(reverse("letter_replace", args=[letter.pk]))
    assert CommendationLetter.objects.get(replaces=letter).state == "draft"


def test_the_list_is_narrowed(signed_in: Any, office: User, case: Application) -> None:
    draft_letter(case, by=office)
    client = signed_in(office)
    url = reverse("letter_list")
    found = {
        query: len(client.get(f"{url}?{query}").context["page"].object_list)
        for query in (
            "kind=commendation",
            "kind=refusal",
            "state=approved",
            "q=miasteczku",
            "q=xyz",
        )
    }
    assert list(found.values()) == [1, 0, 0, 1, 0]

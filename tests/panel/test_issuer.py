"""The issuer's page: who keeps the data, what is refused, and what a change reaches."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from certification import clock
from certification.audit.models import Event
from certification.certificates.printing import sheet_of
from certification.documents.models import Issuer, StoredDocument
from certification.documents.render import render_certificate, render_letter
from certification.documents.services import change_issuer, open_verified, store
from certification.errors import CannotDo
from institutions.states import Role
from tests.certificates.factories import issue
from tests.documents.sealing import key, set_seal
from tests.documents.sheets import letter_sheet, text_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
KEEPERS = [Role.ADMINISTRATOR, Role.RESPONSIBLE_BOARD_MEMBER]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}">{}</svg>'
SQUARE = SVG.format("0 0 10 10", '<rect width="10" height="10" fill="#cc0000"/>')
CIRCLE = SVG.format("0 0 10 10", '<circle cx="5" cy="5" r="5"/>')


def mark(content: str | bytes = SQUARE, name: str = "znak.svg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def png(side: int) -> bytes:
    file = io.BytesIO()
    Image.new("1", (side, side)).save(file, "PNG")
    return file.getvalue()


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "name": "Stowarzyszenie Próbne",
        "street": "ul. Nowa 3",
        "postcode": "30001",
        "city": "Kraków",
        "website": "https://www.example.org/",
        "email": "kontakt@example.org",
        "founded_year": "1999",
        "place": "Kraków",
        "first_signatory": "Maria Próbna",
        "first_function": "Prezeska",
        "second_signatory": "",
        "second_function": "Skarbnik",
        **changed,
    }


def page(response: Any) -> str:
    return str(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def keeper(signed_in: Any) -> Client:
    client: Client = signed_in(make_user(Role.ADMINISTRATOR))
    return client


# --- who ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", KEEPERS)
def test_keepers_find_the_page_in_the_navigation(signed_in: Any, role: Role) -> None:
    client = signed_in(make_user(role))
    assert 'href="/wystawca/"' in page(client.get("/panel/"))
    assert client.get("/wystawca/").status_code == 200
    assert client.get(reverse("issuer_sample", args=["letter"])).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role not in KEEPERS])
def test_nobody_else_sees_or_changes_it(signed_in: Any, role: Role) -> None:
    client = signed_in(make_user(role))
    assert 'href="/wystawca/"' not in page(client.get("/panel/"))
    addresses = ["/wystawca/", "/wystawca/znak/", "/wystawca/podglad/certificate/"]
    assert [client.get(address).status_code for address in addresses] == [403] * 3
    assert client.post("/wystawca/", typed()).status_code == 403
    assert Issuer.objects.count() == 0


# --- saving ---------------------------------------------------------------------------------


def test_data_is_saved_and_journalled_by_the_names_of_fields_alone(keeper: Client) -> None:
    response = keeper.post("/wystawca/", typed(new_mark=mark(), place="Warszawa"), follow=True)
    assert response.redirect_chain == [("/wystawca/", 302)]
    assert "Dane wystawcy są zapisane" in page(response)
    issuer = Issuer.objects.get()
    letterhead = issuer.letterhead()
    assert (issuer.name, issuer.postcode, issuer.founded_year) == (
        *("Stowarzyszenie Próbne", "30-001", 1999),
    )
    assert (letterhead.website, letterhead.mark) == ("www.example.org", SQUARE.encode())
    event = Event.objects.get(verb="documents.change_issuer")
    assert event.label == "Zmieniono dane wystawcy"
    assert event.facts == {
        "fields": "city, email, first_function, first_signatory, founded_year, mark, name, "
        "postcode, second_function, street, website"
    }


def test_saving_the_same_again_leaves_no_event(keeper: Client) -> None:
    for _time in range(2):
        keeper.post("/wystawca/", typed(new_mark=mark()))
    assert Event.objects.filter(verb="documents.change_issuer").count() == 1


def test_service_changes_only_what_is_given() -> None:
    by = make_user(Role.ADMINISTRATOR)
    change_issuer(by=by, name="Pierwsza nazwa", mark=mark())
    issuer = change_issuer(by=by, email="nowy@example.org")
    assert (issuer.name, issuer.email) == ("Pierwsza nazwa", "nowy@example.org")
    assert issuer.letterhead().mark == SQUARE.encode()


def test_neutral_mark_can_be_had_again_and_the_file_is_kept(keeper: Client) -> None:
    assert 'name="neutral_mark"' not in page(keeper.get("/wystawca/"))
    keeper.post("/wystawca/", typed(new_mark=mark()))
    own = Issuer.load().mark
    keeper.post("/wystawca/", typed(neutral_mark="on"))
    assert Issuer.load().letterhead().mark is None
    assert own.storage.exists(own.name)


def test_mark_is_shown_as_a_picture_that_can_do_nothing(keeper: Client) -> None:
    assert keeper.get("/wystawca/znak/").status_code == 404
    keeper.post("/wystawca/", typed(new_mark=mark()))
    response = keeper.get("/wystawca/znak/")
    assert (response.content, response["Content-Type"]) == (SQUARE.encode(), "image/svg+xml")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    keeper.post("/wystawca/", typed(new_mark=mark(png(10), "znak.png")))
    assert keeper.get("/wystawca/znak/")["Content-Type"] == "image/png"


# --- refusing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "To pole jest wymagane."),
        ({"postcode": "123"}, "Kod pocztowy ma pięć cyfr"),
        ({"founded_year": "1799"}, "Podaj rok od 1900 do "),
        ({"founded_year": "2999"}, "Podaj rok od 1900 do "),
        ({"name": "Stowarzyszenie 中"}, "Tych znaków nie da się wydrukować: 中"),
        (
            {"new_mark": mark(SVG.format("0 0 1 1", "<script>alert(1)</script>"))},
            "tylko proste kształty",
        ),
        ({"new_mark": mark(png(6001))}, "najwyżej 6000 pikseli"),
        ({"new_mark": mark(b"\x89PNG" + bytes(500_001))}, "najwyżej 500 kB"),
        ({"new_mark": mark(b"GIF89a", "znak.png")}, "SVG lub PNG"),
        ({"new_mark": mark(SVG.format("a b c", "<path d='M0 0h1'/>"))}, "nie da się wydrukować"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_the_rest_is_kept(
    keeper: Client, wrong: dict[str, Any], message: str
) -> None:
    if "new_mark" in wrong:
        wrong["new_mark"].seek(0)
    response = keeper.post("/wystawca/", typed(**wrong))
    assert response.status_code == 422
    assert message in page(response)
    assert 'class="error-summary"' in page(response)
    assert 'value="Maria Próbna"' in page(response)
    assert Issuer.objects.count() == 0
    assert Event.objects.count() == 0


def test_new_and_neutral_mark_at_once_are_refused(keeper: Client) -> None:
    keeper.post("/wystawca/", typed(new_mark=mark()))
    response = keeper.post("/wystawca/", typed(new_mark=mark(CIRCLE), neutral_mark="on"))
    assert response.status_code == 422
    assert Issuer.load().letterhead().mark == SQUARE.encode()


def test_service_refuses_what_the_press_cannot_print() -> None:
    with pytest.raises(CannotDo):
        change_issuer(by=make_user(), name="Nazwa 中")
    assert Issuer.objects.count() == 0


# --- what it reaches ------------------------------------------------------------------------


def test_next_certificate_carries_the_new_data_and_an_issued_one_stays(keeper: Client) -> None:
    keeper.post("/wystawca/", typed(new_mark=mark(CIRCLE)))
    earlier = issue()
    keeper.post("/wystawca/", typed(name="Zupełnie Nowa Nazwa", new_mark=mark(SQUARE)))
    later = issue()
    sheet = sheet_of(later)
    assert (sheet.issuer.name, sheet.issuer.mark) == ("Zupełnie Nowa Nazwa", SQUARE.encode())
    assert "Zupełnie Nowa Nazwa" in text_of(open_verified(later.document))
    assert render_certificate(sheet_of(earlier)) == open_verified(earlier.document)
    assert "Stowarzyszenie Próbne" in text_of(open_verified(earlier.document))


@pytest.mark.parametrize("kind", ["certificate", "letter"])
def test_sample_shows_the_saved_data_and_says_that_it_is_one(keeper: Client, kind: str) -> None:
    keeper.post("/wystawca/", typed())
    response = keeper.get(reverse("issuer_sample", args=[kind]))
    assert response["Content-Type"] == "application/pdf"
    assert "podgl" in response["Content-Disposition"]
    text = text_of(response.content)
    assert "Stowarzyszenie Próbne" in text
    assert "Maria Próbna" in text
    assert "PODGLĄD" in text


def test_there_is_no_sample_of_anything_else(keeper: Client) -> None:
    assert keeper.get(reverse("issuer_sample", args=["uchwala"])).status_code == 404


@pytest.mark.parametrize("address", ["/", "/deklaracja-dostepnosci/", "/prywatnosc/"])
def test_public_pages_show_the_new_contact(keeper: Client, client: Client, address: str) -> None:
    keeper.post("/wystawca/", typed())
    content = page(client.get(address))
    assert "Stowarzyszenie Próbne" in content
    assert 'href="mailto:kontakt@example.org"' in content


# --- the electronic seal --------------------------------------------------------------------


def test_page_says_that_no_seal_is_set(keeper: Client) -> None:
    assert "Pieczęć nie jest ustawiona" in page(keeper.get("/wystawca/"))


def test_page_tells_of_the_seal_in_use(keeper: Client, settings: Any, tmp_path: Path) -> None:
    set_seal(settings, tmp_path)
    store(StoredDocument.Kind.LETTER, "List", render_letter(letter_sheet()), by=make_user())
    told = page(keeper.get("/wystawca/"))
    assert "CAL – pieczęć próbna" in told
    assert "Urząd Pieczęci" in told
    assert "1 stycznia 2050: 1 dokument" in told
    assert "traci ważność" not in told


def test_page_warns_before_the_seal_ends(keeper: Client, settings: Any, tmp_path: Path) -> None:
    set_seal(settings, tmp_path, key("CAL – kończy się", until=clock.now() + timedelta(days=20)))
    assert "Certyfikat pieczęci traci ważność" in page(keeper.get("/wystawca/"))


def test_page_says_that_the_key_cannot_be_opened(keeper: Client, settings: Any) -> None:
    settings.SEAL_PKCS12 = "/nie/ma.p12"
    assert "Nie można otworzyć klucza pieczęci" in page(keeper.get("/wystawca/"))

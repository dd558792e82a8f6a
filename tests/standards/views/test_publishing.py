"""Publishing, retiring, and the comparison that everybody may read."""

import pytest
from django.test import Client

from certification.standards import services
from certification.standards.models import StandardSet
from tests.factories import make_standard_set
from tests.standards.factories import criterion

pytestmark = pytest.mark.django_db

PUBLISH = "/standardy/drugie/publikacja/"


def test_page_shows_what_will_be_frozen(keeper: Client, draft: StandardSet) -> None:
    response = keeper.get(PUBLISH)
    assert dict(response.context["facts"])["Kryteria"] == 4
    assert response.context["blocking"] == []
    assert "Opublikuj na stałe" in response.content.decode()


def test_edition_is_published(keeper: Client, draft: StandardSet) -> None:
    assert keeper.post(PUBLISH).headers["Location"] == "/standardy/drugie/"
    assert StandardSet.objects.current() == draft
    assert keeper.post(PUBLISH).status_code == 409


def test_what_is_in_the_way_is_shown_and_refused(keeper: Client, draft: StandardSet) -> None:
    services.remove_part(criterion(draft, "B1.1"), by=None)
    assert "Opublikuj na stałe" not in keeper.get(PUBLISH).content.decode()
    response = keeper.post(PUBLISH)
    assert response.status_code == 422
    assert [text for text, _url in response.context["blocking"]] == [
        "Standard B1 nie ma żadnego kryterium."
    ]


def test_edition_is_retired_after_asking(keeper: Client) -> None:
    edition = make_standard_set(code="pierwsze")
    address = "/standardy/pierwsze/wycofanie/"
    response = keeper.get(address)
    assert "Żadne inne wydanie nie jest w użyciu" in response.content.decode()
    assert keeper.post(address).status_code == 302
    assert StandardSet.objects.get(pk=edition.pk).is_retired
    assert keeper.get(address).status_code == 409


def test_retired_edition_stays_public(client: Client) -> None:
    edition = make_standard_set(code="pierwsze")
    services.retire(edition, by=None)
    page = client.get("/standardy/pierwsze/").content.decode()
    assert "Według tego wydania nie rozpoczyna się już wniosków." in page
    assert "standards/catalogue_empty.html" in {
        template.name for template in client.get("/standardy/").templates
    }


def test_changes_of_a_draft_are_hidden(client: Client, draft: StandardSet) -> None:
    assert client.get("/standardy/drugie/zmiany/").status_code == 404


def test_changes_of_a_published_edition_are_public(client: Client, draft: StandardSet) -> None:
    row = criterion(draft, "A1.1")
    services.edit_part(row, by=None, values={"text_pl": "Treść nowa"}, expected_version=1)
    services.publish(draft, by=None)
    page = client.get("/standardy/drugie/zmiany/").content.decode()
    assert "<del>" in page
    assert "Treść kryterium A1.2" not in page
    everything = client.get("/standardy/drugie/zmiany/?zakres=calosc").content.decode()
    assert "Treść kryterium A1.2" in everything
    assert 'href="/standardy/drugie/zmiany/"' in client.get("/standardy/").content.decode()


def test_changes_since_a_named_edition(client: Client, draft: StandardSet) -> None:
    first, other = draft.follows, make_standard_set(code="inne")
    assert first is not None
    named = client.get(f"/standardy/inne/zmiany/?od={first.code}")
    assert named.context["comparison"].old == first
    assert client.get("/standardy/inne/zmiany/").status_code == 404  # it follows none
    assert client.get("/standardy/inne/zmiany/?od=drugie").status_code == 404  # a draft
    assert other.follows is None


def test_guidance_stands_in_the_catalogue(client: Client, draft: StandardSet) -> None:
    row = criterion(draft, "A1.1")
    services.edit_part(
        row, by=None, values={"guidance_pl": "Piszcie **prosto**."}, expected_version=1
    )
    services.publish(draft, by=None)
    assert "<strong>prosto</strong>" in client.get("/standardy/drugie/").content.decode()

"""The list of editions, a new draft, a file read and written, a draft discarded."""

from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from certification.audit.models import Event
from certification.standards import services
from certification.standards.models import Criterion, StandardSet
from certification.standards.writing import to_yaml
from institutions.states import Role
from tests.factories import make_standard_set, make_user
from tests.standards.factories import criterion, make_draft, make_keeper
from tests.standards.test_reading import SMALL

pytestmark = pytest.mark.django_db

LIST, NEW, IMPORT = "/standardy/edycje/", "/standardy/edycje/nowa/", "/standardy/edycje/wczytaj/"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
@pytest.mark.parametrize("address", [LIST, NEW, IMPORT])
def test_only_the_keeper_of_the_catalogue(signed_in: Any, role: Role, address: str) -> None:
    assert signed_in(make_user(role)).get(address).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_few_queries(keeper: Client, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        services.retire(make_standard_set(), by=make_keeper())
    keeper.get(LIST)
    with django_assert_num_queries(5):
        page = keeper.get(LIST).content.decode()
    assert page.count('<article class="sheet edition"') == count


def test_list_without_any_edition(keeper: Client) -> None:
    assert "Nie ma jeszcze żadnego wydania" in keeper.get(LIST).content.decode()


def test_draft_is_begun(keeper: Client) -> None:
    base = make_standard_set()
    data = {"base": base.pk, "code": "nowe", "edition": "2", "name_pl": "Nowe", "name_en": ""}
    response = keeper.post(NEW, data)
    assert response.headers["Location"] == "/standardy/nowe/redakcja/"
    assert StandardSet.objects.get(code="nowe").follows == base


@pytest.mark.parametrize("code", ["edycje", "Nie kod", ""])
def test_draft_with_a_wrong_code(keeper: Client, code: str) -> None:
    base = make_standard_set()
    data = {"base": base.pk, "code": code, "edition": "2", "name_pl": "Nowe"}
    response = keeper.post(NEW, data)
    assert response.status_code == 422
    assert "code" in response.context["form"].errors


def file_of(data: Any) -> SimpleUploadedFile:
    text = data if isinstance(data, bytes) else yaml.safe_dump(data, allow_unicode=True).encode()
    return SimpleUploadedFile("katalog.yaml", text)


def test_import_shows_first_and_writes_nothing(keeper: Client) -> None:
    response = keeper.post(IMPORT, {"file": file_of(SMALL)})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Wczytaj jako szkic" in page
    assert "Mały zestaw" in response.context["form"]["text"].value()
    assert StandardSet.objects.count() == Event.objects.count() == 0


def test_import_loads_what_was_shown(keeper: Client) -> None:
    text = yaml.safe_dump(SMALL, allow_unicode=True)
    response = keeper.post(IMPORT, {"text": text, "load": "1"})
    assert response.headers["Location"] == "/standardy/maly/redakcja/"
    assert Criterion.objects.count() == 2
    assert Event.objects.get(verb="standards.import").by is not None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"areas: [", "nie jest poprawnym plikiem YAML"),
        (b"- a", "names with values|potrzebne są nazwy"),
        (b"a: &x [1]\nb: *x", "aliases are not allowed"),
        (b"\xff\xfe", "UTF-8"),
        (b"", "Wybierz plik"),
    ],
)
def test_import_of_a_wrong_file(keeper: Client, content: bytes, told: str) -> None:
    response = keeper.post(IMPORT, {"file": file_of(content)} if content else {})
    assert response.status_code == 422
    assert StandardSet.objects.count() == 0


def test_import_names_every_problem_and_keeps_the_text(keeper: Client) -> None:
    text = yaml.safe_dump(SMALL | {"areas": [{"id": "A"}, {"pl": "x"}]}, allow_unicode=True)
    response = keeper.post(IMPORT, {"text": text, "load": "1"})
    assert response.status_code == 422
    assert len(response.context["problems"]) == 4
    assert response.context["form"]["text"].value() == text


def test_import_says_what_it_replaces_and_leaves_open(keeper: Client) -> None:
    draft = make_draft()
    data = yaml.safe_load(to_yaml(draft))
    data["areas"].pop()
    response = keeper.post(IMPORT, {"text": yaml.safe_dump(data)})
    assert (response.context["replaced"], response.context["waiting"]) == (draft, 1)
    assert Criterion.objects.of_set(draft).count() == 4


def test_import_over_a_published_edition_is_a_problem(keeper: Client) -> None:
    edition = make_standard_set()
    response = keeper.post(IMPORT, {"text": to_yaml(edition)})
    assert response.status_code == 422
    assert edition.code in response.context["problems"][0]


def test_file_of_an_edition(client: Client) -> None:
    edition = make_standard_set(code="pierwsze")
    response = client.get("/standardy/pierwsze/plik/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="pierwsze.yaml"'
    assert response.content.decode() == to_yaml(edition)


def test_file_of_a_draft_is_hidden(client: Client) -> None:
    make_draft()
    assert client.get("/standardy/drugie/plik/").status_code == 404


def test_draft_is_discarded_after_asking(keeper: Client) -> None:
    draft = make_draft()
    address = f"/standardy/{draft.code}/redakcja/usuniecie/"
    assert keeper.get(address).status_code == 200
    assert keeper.post(address).headers["Location"] == LIST
    assert not StandardSet.objects.filter(pk=draft.pk).exists()


def test_published_edition_is_not_edited(keeper: Client) -> None:
    edition = make_standard_set(code="pierwsze")
    part = criterion(edition, "A1.1").pk
    for address in ("", "opis/", "usuniecie/", f"kryterium/{part}/", "pochodzenie/"):
        assert keeper.get(f"/standardy/pierwsze/redakcja/{address}").status_code == 409

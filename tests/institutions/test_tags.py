"""Tags of evidence: how they are read, kept in one spelling, suggested, saved and found."""

from typing import Any

import pytest
from django.test import Client

from certification.audit.models import Event
from certification.errors import Stale
from institutions.models import Evidence, EvidenceRevision, EvidenceTag, Institution, User
from institutions.services.evidence import add_evidence, revise_evidence
from institutions.services.library import change_evidence, description_version
from institutions.tags import read_tags
from tests.factories import make_evidence, make_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(by: User, signed_in: Any) -> Client:
    return signed_in(by)


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", []),
        (" , ;,", []),
        ("rada osiedla,  Piknik ,2016", ["rada osiedla", "Piknik", "2016"]),
        ("Łódź, ŁÓDŹ, łódź", ["Łódź"]),
        ("#piknik; # lato\nzima", ["piknik", "lato", "zima"]),
        ("ra\u202eda, a\x00b, Z\u0301", ["ra da", "a b", "Ź"]),
    ],
)
def test_tags_are_read_as_people_type_them(typed: str, tags: list[str]) -> None:
    assert read_tags(typed) == tags


def tags_of(evidence: Evidence) -> list[str]:
    return sorted(EvidenceTag.objects.filter(evidence=evidence).values_list("text", flat=True))


def test_tags_come_with_new_evidence(institution: Institution, by: User) -> None:
    kind = make_evidence(institution).evidence.type
    evidence = add_evidence(
        institution, by=by, title="Zdjęcie", type=kind, form="note", text="x", tags=["lato", "Łódź"]
    )
    assert tags_of(evidence) == ["lato", "Łódź"]
    assert list(Evidence.objects.matching("lodz")) == [evidence]


def test_tag_keeps_the_capitals_it_has_in_the_library(institution: Institution, by: User) -> None:
    make_evidence(institution, tags=["Rada Osiedla"])
    make_evidence(make_institution(), tags=["LATO"])
    evidence = make_evidence(institution).evidence
    change_evidence(evidence, by=by, tags=["rada osiedla", "lato"])
    assert tags_of(evidence) == ["Rada Osiedla", "lato"]


def test_changed_tags_are_journalled_and_found(institution: Institution, by: User) -> None:
    evidence = make_evidence(institution, title="Statut", tags=["stara"]).evidence
    change_evidence(evidence, by=by, tags=["nowa"])
    event = Event.objects.get(verb="institutions.change_evidence")
    assert event.facts == {"fields": "tags"}
    assert list(Evidence.objects.matching("nowa")) == [evidence]
    assert not Evidence.objects.matching("stara").exists()


def test_same_tags_again_leave_no_event(institution: Institution, by: User) -> None:
    evidence = make_evidence(institution, tags=["rada"]).evidence
    change_evidence(evidence, by=by, tags=["rada"])
    change_evidence(evidence, by=by)
    assert tags_of(evidence) == ["rada"]
    assert not Event.objects.exists()


def test_tags_changed_meanwhile_are_not_overwritten(institution: Institution, by: User) -> None:
    evidence = make_evidence(institution).evidence
    seen = description_version(evidence)
    change_evidence(evidence, by=by, seen=seen, tags=["pierwsza"])
    with pytest.raises(Stale):
        change_evidence(evidence, by=by, seen=seen, tags=["druga"])
    assert tags_of(evidence) == ["pierwsza"]


def test_form_shows_saves_and_suggests(editor: Client, institution: Institution) -> None:
    evidence = make_evidence(institution, title="Statut", tags=["rada", "lato"]).evidence
    make_evidence(institution, tags=["zima"])
    make_evidence(make_institution(), tags=["KANAREK"])
    address = f"/dowody/{evidence.pk}/opis/"
    page = editor.get(address).content.decode()
    assert 'value="lato, rada"' in page
    assert '<option value="zima">' in page
    assert "KANAREK" not in page
    typed = {"title": "Statut", "type": evidence.type_id, "tags": "Wiosna, wiosna, #zima"}
    assert editor.post(address, typed).status_code == 302
    assert tags_of(evidence) == ["Wiosna", "zima"]


@pytest.mark.parametrize("typed", [", ".join("abcdefghijk"), "x" * 51])
def test_too_much_comes_back_with_what_was_typed(
    editor: Client, institution: Institution, typed: str
) -> None:
    evidence = make_evidence(institution).evidence
    given = {"title": "Statut", "type": evidence.type_id, "tags": typed}
    response = editor.post(f"/dowody/{evidence.pk}/opis/", given)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["tags"]
    assert f'value="{typed}"' in response.content.decode()


def test_every_verb_writes_what_is_searched(institution: Institution, by: User) -> None:
    evidence = make_evidence(institution, title="Łąka", by=by).evidence
    EvidenceRevision.objects.create(
        evidence=evidence, number=2, url="https://plan.example", sha256="0", added_by=by
    )
    revise_evidence(evidence, by=by, text="Nowa treść")
    change_evidence(evidence, by=by, description="Opis życia")
    evidence.refresh_from_db()
    assert evidence.search_text == "laka opis zycia https://plan.example"
    sizes = evidence.revisions.values_list("size", flat=True)
    assert (evidence.sort_title, evidence.size) == ("laka", sum(sizes))


def test_long_description_leaves_room_and_fits(institution: Institution, by: User) -> None:
    evidence = make_evidence(institution, title="Ł" * 200, description="ż" * 2000).evidence
    change_evidence(evidence, by=by, tags=[f"{number}" * 25 for number in range(10, 20)])
    for number in range(2, 12):
        EvidenceRevision.objects.create(
            evidence=evidence, number=number, url=f"https://e.org/{'a' * 900}{number}",
            sha256="0", added_by=by,
        )  # fmt: skip
    change_evidence(evidence, by=by, title="Krótki")
    evidence.refresh_from_db()
    assert len(evidence.search_text) == 4000

"""Adding and revising evidence: what is stored, hashed, refused and journalled."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.utils import translation

from certification.audit.models import Event
from certification.errors import CannotDo, Stale
from certification.standards.models import EvidenceType
from institutions.models import Evidence, EvidenceRevision, Institution, User
from institutions.models.evidence import Form
from institutions.services.evidence import add_evidence, revise_evidence
from institutions.services.library import change_evidence, description_version
from institutions.uploads import Refused
from tests.factories import make_evidence, make_institution

from .hostile_files import pdf, photo_with_place

pytestmark = pytest.mark.django_db

PDF = pdf()  # each call makes another one


@pytest.fixture
def add(institution: Institution, by: User, statute: EvidenceType) -> Any:
    def add_with(**given: Any) -> Evidence:
        return add_evidence(
            institution, by=by, **{"title": "Statut", "type": statute, "form": Form.FILE} | given
        )

    return add_with


def file(content: bytes | None = None, name: str = "Statut.pdf") -> ContentFile:
    return ContentFile(PDF if content is None else content, name=name)


def files_on_disk() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_file_is_stored_under_a_uuid_with_its_hash(add: Any, institution: Institution) -> None:
    content = PDF
    revision = add(file=file(content, "../Uchwała zażółć.pdf")).latest

    assert (revision.number, revision.filename) == (1, "Uchwała zażółć.pdf")
    assert (revision.content_type, revision.size) == ("application/pdf", len(content))
    assert revision.sha256 == sha256(content)
    (stored,) = files_on_disk()
    assert stored.read_bytes() == content
    assert stored.parent == Path(settings.MEDIA_ROOT) / "evidence" / str(institution.pk)
    assert (len(stored.stem), stored.suffix) == (36, ".pdf")


def test_hash_is_of_the_stored_bytes_of_a_picture(add: Any) -> None:
    revision = add(file=file(photo_with_place(), "zdjęcie.jpg")).latest
    (stored,) = files_on_disk()
    assert revision.sha256 == sha256(stored.read_bytes()) != sha256(photo_with_place())
    assert revision.size == stored.stat().st_size


def test_link_is_hashed(add: Any) -> None:
    revision = add(form=Form.LINK, url=" https://www.example.org/ą ").latest
    assert revision.url == "https://www.example.org/ą"
    assert revision.sha256 == sha256("https://www.example.org/ą".encode())


def test_note_is_hashed_with_one_kind_of_line_end(add: Any) -> None:
    revision = add(form=Form.NOTE, text="Pierwszy\r\nDrugi\n").latest
    assert revision.text == "Pierwszy\nDrugi"
    assert revision.sha256 == sha256(b"Pierwszy\nDrugi")
    assert revision.size == 14


def test_description_is_kept(add: Any, by: User, statute: EvidenceType) -> None:
    evidence = add(
        form=Form.NOTE,
        text="Treść",
        description="O czym",
        occurred_from=date(2015, 1, 1),
        occurred_to=date(2015, 12, 31),
    )
    evidence.refresh_from_db()
    assert (evidence.title, evidence.type, evidence.added_by) == ("Statut", statute, by)
    assert (evidence.description, evidence.occurred_to) == ("O czym", date(2015, 12, 31))


@pytest.mark.parametrize("form", Form)
def test_empty_evidence_is_refused(add: Any, form: Form) -> None:
    with pytest.raises(CannotDo):
        add(form=form)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"), [(b"MZ\x90", "program.exe"), (b"<html>", "strona.pdf"), (b"", "pusty.pdf")]
)
def test_unwanted_file_leaves_nothing(add: Any, content: bytes, name: str) -> None:
    with pytest.raises(Refused):
        add(file=file(content, name))
    assert not Evidence.objects.exists()
    assert files_on_disk() == []


def test_too_large_file_leaves_nothing(add: Any, settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = 100
    with pytest.raises(Refused):
        add(file=file())
    assert files_on_disk() == []


def test_failed_write_leaves_no_file(add: Any) -> None:
    with pytest.raises(IntegrityError):
        add(file=file(), occurred_from=date(2016, 1, 2), occurred_to=date(2016, 1, 1))
    assert not Evidence.objects.exists()
    assert files_on_disk() == []
    assert not Event.objects.exists()


def test_adding_leaves_one_event(add: Any, by: User) -> None:
    evidence = add(form=Form.NOTE, text="Treść")
    event = Event.objects.about(evidence).get()
    assert (event.verb, event.by) == ("institutions.add_evidence", by)
    assert event.facts == {"form": "note", "sha256": sha256("Treść".encode())}


def test_newer_version_stands_beside_the_older(add: Any, by: User) -> None:
    evidence = add(file=file())
    old = evidence.latest
    revision = revise_evidence(evidence, by=by, file=file(PDF + b"\n", "Statut 2.pdf"))

    assert (revision.number, revision.filename) == (2, "Statut 2.pdf")
    assert evidence.latest == revision
    assert EvidenceRevision.objects.get(number=1).sha256 == old.sha256
    assert len(files_on_disk()) == 2
    event = Event.objects.about(evidence).get(verb="institutions.revise_evidence")
    assert event.facts == {"number": 2, "sha256": revision.sha256}


def test_same_version_again_is_refused(add: Any, by: User) -> None:
    evidence = add(file=file())
    with pytest.raises(CannotDo):
        revise_evidence(evidence, by=by, file=file())
    assert evidence.revisions.count() == 1
    assert len(files_on_disk()) == 1


def test_newer_version_keeps_the_form(add: Any, by: User) -> None:
    evidence = add(form=Form.NOTE, text="Treść")
    with pytest.raises(CannotDo):
        revise_evidence(evidence, by=by, file=file())
    assert revise_evidence(evidence, by=by, text="Nowa").text == "Nowa"


def test_description_changes_and_says_which_fields(add: Any, by: User) -> None:
    evidence = add(form=Form.NOTE, text="Treść")
    change_evidence(evidence, by=by, title="Nowy tytuł", description="Nowy opis")
    evidence.refresh_from_db()
    assert (evidence.title, evidence.description) == ("Nowy tytuł", "Nowy opis")
    event = Event.objects.about(evidence).get(verb="institutions.change_evidence")
    assert event.facts == {"fields": "title, description"}


def test_unchanged_description_leaves_no_event(add: Any, by: User) -> None:
    evidence = add(form=Form.NOTE, text="Treść")
    change_evidence(evidence, by=by, title=evidence.title)
    assert not Event.objects.filter(verb="institutions.change_evidence").exists()


def test_outdated_description_is_refused(add: Any, by: User) -> None:
    evidence = add(form=Form.NOTE, text="Treść")
    seen = description_version(evidence)
    change_evidence(evidence, by=by, seen=seen, title="Pierwsza")
    with pytest.raises(Stale):
        change_evidence(evidence, by=by, seen=seen, title="Druga")
    evidence.refresh_from_db()
    assert evidence.title == "Pierwsza"


def test_revision_stands_still() -> None:
    revision = make_evidence(make_institution())
    rows = EvidenceRevision.objects.filter(pk=revision.pk)
    with pytest.raises(IntegrityError):
        rows.update(text="zmiana")


@pytest.mark.parametrize(
    "content",
    [{}, {"url": "https://example.org", "text": "x"}, {"file": "a.pdf", "url": "https://e.org"}],
)
def test_revision_is_one_thing(content: dict[str, str]) -> None:
    evidence = make_evidence(make_institution()).evidence
    with pytest.raises(IntegrityError):
        EvidenceRevision.objects.create(
            evidence=evidence, number=2, sha256="0", added_by=evidence.added_by, **content
        )


def test_revision_number_stands_once() -> None:
    revision = make_evidence(make_institution())
    with pytest.raises(IntegrityError):
        EvidenceRevision.objects.create(
            evidence=revision.evidence, text="x", sha256="0", added_by=revision.added_by
        )


def test_time_of_evidence_runs_forward() -> None:
    with pytest.raises(IntegrityError):
        make_evidence(
            make_institution(), occurred_from=date(2016, 1, 2), occurred_to=date(2016, 1, 1)
        )


@pytest.mark.parametrize(
    ("content_type", "shown"),
    [
        ("application/pdf", True),
        ("image/png", True),
        ("text/plain", True),
        ("text/html", False),
        ("image/svg+xml", False),
        ("video/mp4", True),
        ("application/octet-stream", False),
    ],
)
def test_only_safe_kinds_are_shown(content_type: str, shown: bool) -> None:
    assert EvidenceRevision(file="a", content_type=content_type).can_be_shown is shown


def test_search_finds_every_word_whatever_its_capitals() -> None:
    institution = make_institution()
    found = make_evidence(institution, title="Piknik Środowiskowy", description="na Śląsku")
    make_evidence(institution, title="Piknik")
    with translation.override("pl"):
        assert list(Evidence.objects.matching("środowiskowy śląsku")) == [found.evidence]

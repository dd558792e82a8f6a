"""Files on their way in: room, limits, and becoming evidence exactly once, whoever is killed."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import OperationalError, close_old_connections, connection

from certification.errors import CannotDo
from certification.standards.models import EvidenceType
from institutions.models import Evidence, EvidenceRevision, Institution, Upload, User
from institutions.models.evidence import Form
from institutions.services import content, uploads
from institutions.services.content import HasPersonalNumbers
from institutions.services.evidence import add_evidence, revise_evidence
from institutions.services.uploads import (
    Room,
    TooLarge,
    discard_upload,
    keep_file,
    room_of,
    start_upload,
)
from institutions.uploads import Refused, checking
from tests.factories import make_evidence, make_institution, make_upload

from .hostile_files import pdf

pytestmark = pytest.mark.django_db

PDF = pdf()


@pytest.fixture
def add(institution: Institution, by: User, statute: EvidenceType) -> Any:
    def add_with(upload: Upload, **given: Any) -> Evidence:
        described = {"title": "Statut", "type": statute, "form": Form.FILE}
        return add_evidence(institution, by=by, upload=upload, **described, **given)

    return add_with


def staged() -> list[Path]:
    return [path for path in Path(settings.UPLOADS_ROOT).iterdir() if path.is_file()]


def stored() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


# --- room ---------------------------------------------------------------------------------


def test_room_counts_what_is_stored_and_what_comes(institution: Institution, by: User) -> None:
    revision = make_evidence(institution)
    make_evidence(make_institution(), text="x" * 5000)
    start_upload(institution, by=by, filename="a.pdf", size=1000)
    assert room_of(institution) == Room(
        used=revision.size + 1000, quota=settings.EVIDENCE_QUOTA_BYTES
    )


def test_room_may_be_given_to_one_institution(institution: Institution) -> None:
    institution.evidence_quota = 0
    assert room_of(institution) == Room(used=0, quota=0)
    assert (room_of(institution).left, room_of(institution).is_short) == (0, True)


def test_file_beyond_the_room_is_refused(institution: Institution, by: User) -> None:
    institution.evidence_quota = 1000
    institution.save()
    start_upload(institution, by=by, filename="a.pdf", size=600)
    with pytest.raises(TooLarge):
        start_upload(institution, by=by, filename="b.pdf", size=401)
    start_upload(institution, by=by, filename="c.pdf", size=400)
    assert len(staged()) == Upload.objects.count() == 2


def test_file_beyond_the_limit_is_refused(
    institution: Institution, by: User, settings: Any
) -> None:
    settings.EVIDENCE_MAX_BYTES = 100
    with pytest.raises(TooLarge):
        start_upload(institution, by=by, filename="a.pdf", size=101)
    with pytest.raises(TooLarge):
        keep_file(institution, by=by, file=ContentFile(b"x" * 101, name="a.pdf"))
    start_upload(institution, by=by, filename="a.pdf", size=100)


def test_empty_file_is_refused(institution: Institution, by: User) -> None:
    with pytest.raises(CannotDo):
        keep_file(institution, by=by, file=ContentFile(b"", name="a.pdf"))


def test_only_so_many_may_wait(
    institution: Institution, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 2)
    for name in ("a.pdf", "b.pdf"):
        start_upload(institution, by=by, filename=name, size=1)
    with pytest.raises(CannotDo):
        start_upload(institution, by=by, filename="c.pdf", size=1)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks")
@pytest.mark.django_db(transaction=True)
def test_room_is_given_once(institution: Institution, by: User) -> None:
    """Eight at once, room for three: three are let in."""
    institution.evidence_quota = 3 * 1000 + 999
    institution.save()

    def one(number: int) -> bool:
        try:
            start_upload(institution, by=by, filename=f"{number}.pdf", size=1000)
        except TooLarge:
            return False
        finally:
            close_old_connections()
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(8))) == 3
    assert len(staged()) == Upload.objects.count() == 3


# --- becoming evidence ----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_upload_becomes_evidence(add: Any, institution: Institution, by: User) -> None:
    upload = make_upload(institution, by, PDF, "Uchwała.pdf")
    inode = upload.path.stat().st_ino
    revision = add(upload).latest
    assert (revision.filename, revision.size) == ("Uchwała.pdf", len(PDF))
    assert revision.sha256 == hashlib.sha256(PDF).hexdigest()
    (path,) = stored()
    assert path.read_bytes() == PDF
    assert path.stat().st_ino == inode, "moved, and not copied"
    assert (staged(), Upload.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_upload_becomes_a_newer_version(add: Any, institution: Institution, by: User) -> None:
    evidence = add(make_upload(institution, by, PDF))
    upload = make_upload(institution, by, PDF + b"\n")
    assert revise_evidence(evidence, by=by, upload=upload).number == 2
    assert (staged(), len(stored())) == ([], 2)


def test_upload_is_used_once(add: Any, institution: Institution, by: User) -> None:
    upload = make_upload(institution, by, PDF)
    add(upload)
    with pytest.raises(CannotDo, match="Statut.pdf"):
        add(upload)  # from another tab, before the bytes went
    assert (Evidence.objects.count(), len(stored())) == (1, 1)


def test_unfinished_upload_is_not_added(add: Any, institution: Institution, by: User) -> None:
    upload = start_upload(institution, by=by, filename="Statut.pdf", size=len(PDF))
    upload.path.write_bytes(PDF[:-1])
    with pytest.raises(CannotDo):
        add(upload)
    assert (upload.path.read_bytes(), stored()) == (PDF[:-1], [])


def test_refused_upload_stores_nothing(add: Any, institution: Institution, by: User) -> None:
    upload = make_upload(institution, by, b"<html>", "strona.pdf")
    with pytest.raises(Refused):
        add(upload)
    assert stored() == []
    assert staged() == [upload.path]


def test_failed_write_keeps_the_upload(add: Any, institution: Institution, by: User) -> None:
    upload = make_upload(institution, by, PDF)
    with pytest.raises(ValueError, match="no"):
        add(upload, tags=_failing())
    assert (stored(), staged()) == ([], [upload.path])
    assert Upload.objects.count() == 1
    assert add(upload).latest.size == len(PDF)


def _failing() -> Any:
    yield "etykieta"
    raise ValueError("no")


@pytest.mark.django_db(transaction=True)
def test_doubtful_commit_keeps_the_file(
    add: Any, institution: Institution, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes away during COMMIT: perhaps the row is there, so the file must be."""
    upload = make_upload(institution, by, PDF)
    commit = connection._commit

    def lost() -> None:
        commit()
        monkeypatch.undo()
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(connection, "_commit", lost)
    with pytest.raises(OperationalError):
        add(upload)
    revision = EvidenceRevision.objects.get()
    assert revision.file.read() == PDF
    revision.file.close()


def test_discarded_upload_takes_its_room_along(institution: Institution, by: User) -> None:
    upload = make_upload(institution, by, PDF)
    discard_upload(upload)
    discard_upload(upload)
    assert room_of(institution).used == 0


# --- personal numbers --------------------------------------------------------------------------


@pytest.fixture
def with_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file seems to hold three PESEL numbers."""
    original = checking.inspect

    def inspect(*args: Any, **kwargs: Any) -> Any:
        checked = original(*args, **kwargs)
        object.__setattr__(checked, "personal_numbers", 3)
        return checked

    monkeypatch.setattr(content, "inspect", inspect)


@pytest.mark.usefixtures("with_numbers")
def test_personal_numbers_are_asked_about(add: Any, institution: Institution, by: User) -> None:
    upload = make_upload(institution, by, PDF)
    with pytest.raises(HasPersonalNumbers) as asked:
        add(upload)
    assert asked.value.count == 3
    assert (stored(), staged()) == ([], [upload.path])
    assert add(upload, with_personal_numbers=True).latest.personal_numbers == 3

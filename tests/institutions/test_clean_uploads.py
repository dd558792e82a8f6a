"""What killed processes leave behind is found and named; what is young or in use is left alone."""

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from certification import clock
from certification.standards.models import EvidenceType
from institutions.models import EvidenceRevision, Institution, Upload, User
from institutions.models.evidence import Form
from institutions.receiving import staging
from institutions.services.evidence import add_evidence
from tests.factories import make_upload

from .hostile_files import pdf

pytestmark = pytest.mark.django_db

PDF = pdf()


@pytest.fixture
def upload(institution: Institution, by: User) -> Upload:
    return make_upload(institution, by, PDF)


@pytest.fixture
def add(institution: Institution, by: User) -> Any:
    kind = EvidenceType.objects.create(code="statut", name_pl="Statut")

    def add_it(upload: Upload) -> EvidenceRevision:
        evidence = add_evidence(
            institution, by=by, title="Statut", type=kind, form=Form.FILE, upload=upload
        )
        return evidence.latest

    return add_it


class Killed(BaseException):
    """kill -9: nothing of ours runs after it."""


def clean(*, days_later: float = 0, **options: Any) -> str:
    """What the command says, run that many days from now."""
    out = io.StringIO()
    with clock.set_to(clock.now() + timedelta(days=days_later)):
        call_command("clean_uploads", stdout=out, stderr=out, **options)
    return out.getvalue()


def files() -> list[Path]:
    folders = [Path(settings.UPLOADS_ROOT), Path(settings.MEDIA_ROOT)]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def test_nothing_to_do_is_said(upload: Upload) -> None:
    assert "removed: 0 uploads" in clean()
    assert files() == [upload.path]


@pytest.mark.django_db(transaction=True)
def test_upload_goes_after_a_week(upload: Upload) -> None:
    clean(days_later=6.9)
    assert (Upload.objects.count(), files()) == (1, [upload.path])
    said = clean(days_later=7.1)
    assert f"removed upload {upload.pk}" in said
    assert "removed: 1 uploads" in said
    assert (Upload.objects.count(), files()) == (0, [])


def test_dry_run_removes_nothing(upload: Upload) -> None:
    assert f"would remove upload {upload.pk}" in clean(days_later=8, dry_run=True)
    assert (Upload.objects.count(), files()) == (1, [upload.path])


def test_file_whose_row_was_never_written_goes_after_a_day(upload: Upload) -> None:
    """Killed between the file and the row of a new upload."""
    Upload.objects.all().delete()
    assert "removed: 0 uploads, older" not in clean()
    assert files() == [upload.path]
    assert f"removed file {upload.path}" in clean(days_later=1.1)
    assert files() == []


@pytest.mark.parametrize(
    "where",
    [
        "institutions.services.content.sha256_of",  # checked
        "institutions.models.Evidence.save",  # stored
        "institutions.services.content.use_up",  # about to commit
    ],
)
def test_killed_while_adding_leaves_the_upload_and_an_orphan(
    upload: Upload, add: Any, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def die(*_args: Any, **_kwargs: Any) -> None:
        raise Killed

    monkeypatch.setattr(Path, "unlink", lambda *_args, **_kwargs: None)  # nothing tidies up
    monkeypatch.setattr(where, die)
    with pytest.raises(Killed):
        add(upload)
    monkeypatch.undo()

    left = [path for path in files() if path != upload.path]
    assert len(left) == 1, "a second name of the staged file, or the stored file"
    assert upload.path.read_bytes() == PDF
    clean()
    assert sorted([*left, upload.path]) == files(), "too young to be touched"
    clean(days_later=1.1)
    assert files() == [upload.path]
    assert add(upload).file.size == len(PDF), "and it can still be added"


def test_stored_file_of_an_old_upload_is_young(upload: Upload, add: Any) -> None:
    """It lay in the waiting room for days; the moment it was stored is what counts."""
    os.utime(upload.path, (0, 0))
    revision = add(upload)
    name = revision.file.name
    EvidenceRevision.objects.all().delete()  # as another process sees it before the commit
    clean()
    assert default_storage.exists(name)


def test_evidence_stays(upload: Upload, add: Any) -> None:
    revision = add(upload)
    clean(days_later=400)
    assert revision.file.read() == PDF
    revision.file.close()


def test_orphans_of_what_people_send_go_and_no_others(institution: Institution) -> None:
    sent = [f"{folder}/7/a.pdf" for folder in ("evidence", "custody", "messages", "signed")]
    for name in (*sent, "documents/c.pdf", "issuer/d.png"):
        default_storage.save(name, ContentFile(b"x"))
    said = clean(days_later=2)
    for name in sent:
        assert f"removed stored file {name}" in said
    assert [path.name for path in files()] == ["c.pdf", "d.png"]


def test_row_whose_file_is_missing_is_named(upload: Upload, add: Any) -> None:
    name = add(upload).file.name
    default_storage.delete(name)
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 files are missing"):
        call_command("clean_uploads", stdout=out, stderr=out)
    assert f"missing: {name}" in out.getvalue()


def test_part_of_a_form_goes_after_a_day() -> None:
    part = staging.root() / "tmpabc.form"
    part.write_bytes(b"x")
    clean()
    assert files() == [part]
    clean(days_later=1.1)
    assert files() == []

"""The whole way of a file through an S3-compatible storage: a stand-in on this machine."""

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from moto.server import ThreadedMotoServer

from certification.applications.dossiers import is_intact
from certification.documents.models import StoredDocument
from certification.documents.services import Tampered, open_verified, store, strays
from certification.standards.models import EvidenceType
from certification.storage import PrivateBucket, StorageAway
from institutions.models import EvidenceRevision, Institution, User
from institutions.models.evidence import Form
from institutions.services.evidence import add_evidence, revise_evidence
from institutions.uploads import Refused
from tests.factories import make_institution, make_user
from tests.institutions import hostile_files as files

PDF = files.pdf()
BUCKET = "certyfikat"
KEYS = {"access_key": "made-up", "secret_key": "made-up"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A stand-in for an S3 storage."""
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture
def bucket(server: str, settings: Any) -> Iterator[Any]:
    """An empty bucket, in which the program keeps its files for this test."""
    client = boto3.client(
        "s3",
        endpoint_url=server,
        region_name="eu-central-1",
        aws_access_key_id="made-up",
        aws_secret_access_key="made-up",
        config=Config(retries={"max_attempts": 0}),
    )
    client.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    settings.STORAGES = settings.STORAGES | {"default": in_bucket(server)}
    yield client
    for key in keys_in(client):
        client.delete_object(Bucket=BUCKET, Key=key)
    client.delete_bucket(Bucket=BUCKET)
    client.close()


def in_bucket(server: str, **options: Any) -> dict[str, Any]:
    given = {"bucket_name": BUCKET, "endpoint_url": server, "region_name": "eu-central-1"}
    return {"BACKEND": "certification.storage.PrivateBucket", "OPTIONS": given | KEYS | options}


def keys_in(client: Any) -> list[str]:
    return [row["Key"] for row in client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def content_of(client: Any, key: str) -> bytes:
    content: bytes = client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    return content


@pytest.fixture
def institution(db: None) -> Institution:
    return make_institution()


@pytest.fixture
def add(bucket: Any, institution: Institution, by: User) -> Any:
    statute = EvidenceType.objects.create(code="statut", name_pl="Statut")

    def add_file(content: bytes = PDF, name: str = "Uchwała.pdf") -> EvidenceRevision:
        file = ContentFile(content, name=name)
        given = {"title": "Statut", "type": statute, "form": Form.FILE, "file": file}
        return add_evidence(institution, by=by, **given).latest

    return add_file


def test_evidence_is_kept_in_the_bucket_alone(
    add: Any, bucket: Any, institution: Institution, settings: Any
) -> None:
    revision = add()
    (key,) = keys_in(bucket)
    assert key == revision.file.name
    assert key.startswith(f"evidence/{institution.pk}/")
    assert content_of(bucket, key) == PDF
    assert revision.sha256 == hashlib.sha256(PDF).hexdigest()
    assert list(Path(settings.MEDIA_ROOT).rglob("*")) == []


def test_nobody_else_may_read_it(add: Any, bucket: Any) -> None:
    key = add().file.name
    grants = bucket.get_object_acl(Bucket=BUCKET, Key=key)["Grants"]
    assert {grant["Grantee"]["Type"] for grant in grants} == {"CanonicalUser"}
    assert len(grants) == 1


def test_picture_is_kept_as_it_was_drawn_anew(add: Any, bucket: Any) -> None:
    revision = add(files.photo_with_place(), "zdjęcie.jpg")
    stored = content_of(bucket, revision.file.name)
    assert revision.sha256 == hashlib.sha256(stored).hexdigest()
    assert b"Exif" not in stored


def test_newer_version_stands_beside_the_older(add: Any, bucket: Any, by: User) -> None:
    old = add()
    newer = revise_evidence(old.evidence, by=by, file=ContentFile(PDF + b"\n", name="b.pdf"))
    assert {content_of(bucket, key) for key in keys_in(bucket)} == {PDF, PDF + b"\n"}
    assert newer.file.name != old.file.name


def test_refused_file_never_reaches_the_bucket(add: Any, bucket: Any) -> None:
    with pytest.raises(Refused):
        add(b"MZ\x90", "umowa.docx")
    assert keys_in(bucket) == []


def test_same_version_leaves_nothing_in_the_bucket(add: Any, bucket: Any, by: User) -> None:
    old = add()
    with pytest.raises(Refused):
        revise_evidence(old.evidence, by=by, file=ContentFile(PDF, name="b.pdf"))
    assert keys_in(bucket) == [old.file.name]


def test_file_is_downloaded_whole(add: Any, by: User, signed_in: Any) -> None:
    revision = add()
    client: Client = signed_in(by)
    response = client.get(reverse("revision_file", args=[revision.pk]))
    assert b"".join(response) == PDF
    assert response["Content-Length"] == str(len(PDF))
    assert "Location" not in response
    response.close()


def test_part_of_a_file_is_downloaded(add: Any, by: User, signed_in: Any) -> None:
    revision = add()
    address = reverse("revision_file", args=[revision.pk])
    response = signed_in(by).get(address, headers={"Range": "bytes=5-9"})
    assert (response.status_code, b"".join(response)) == (206, PDF[5:10])
    response.close()


def test_lost_file_is_not_found(add: Any, bucket: Any, by: User, signed_in: Any) -> None:
    revision = add()
    bucket.delete_object(Bucket=BUCKET, Key=revision.file.name)
    response = signed_in(by).get(reverse("revision_file", args=[revision.pk]))
    assert response.status_code == 404


def test_dossier_tells_a_whole_file_from_a_changed_and_a_lost_one(add: Any, bucket: Any) -> None:
    revision = add()
    assert is_intact(revision, revision.sha256)
    assert is_intact(revision, revision.sha256)  # closed, and opened again

    bucket.put_object(Bucket=BUCKET, Key=revision.file.name, Body=b"changed")
    assert not is_intact(EvidenceRevision.objects.get(), revision.sha256)
    bucket.delete_object(Bucket=BUCKET, Key=revision.file.name)
    assert not is_intact(EvidenceRevision.objects.get(), revision.sha256)


def test_dossier_never_calls_a_file_changed_when_nobody_answers(add: Any, settings: Any) -> None:
    revision = add()
    settings.STORAGES = settings.STORAGES | {"default": in_bucket("http://127.0.0.1:1")}
    with pytest.raises(StorageAway):
        is_intact(EvidenceRevision.objects.get(), revision.sha256)


def test_page_says_that_the_storage_does_not_answer(
    add: Any, by: User, signed_in: Any, settings: Any
) -> None:
    revision = add()
    settings.STORAGES = settings.STORAGES | {"default": in_bucket("http://127.0.0.1:1")}
    response = signed_in(by).get(reverse("revision_file", args=[revision.pk]))
    assert response.status_code == 503
    assert "Magazyn plików" in response.content.decode()


def test_wrong_key_is_no_lost_file(add: Any, settings: Any, server: str) -> None:
    settings.STORAGES = settings.STORAGES | {"default": in_bucket(server, bucket_name="elsewhere")}
    with pytest.raises(StorageAway):
        default_storage.save("a", ContentFile(b"x"))


def test_large_file_is_read_from_any_place_on(bucket: Any) -> None:
    content = os.urandom(20_000_000)
    name = default_storage.save("large.bin", ContentFile(content))
    with default_storage.open(name) as file:
        assert file.size == len(content)
        assert file.read(3) == content[:3]
        file.seek(19_999_990)
        assert file.read() == content[-10:]
        file.seek(-5, io.SEEK_END)
        assert file.read(9) == content[-5:]
        file.seek(10_000_000)
        assert file.read(1000) == content[10_000_000:10_001_000]
        file.seek(0)
        assert hashlib.file_digest(file, "sha256").digest() == hashlib.sha256(content).digest()
    assert default_storage.size(name) == len(content)


def test_file_can_be_closed_and_opened_again(bucket: Any) -> None:
    file = default_storage.open(default_storage.save("a.txt", ContentFile(b"abc")))
    file.close()
    assert file.closed
    with file.open() as again:
        assert again.read() == b"abc"


def test_two_files_of_one_name_are_two(bucket: Any) -> None:
    names = {default_storage.save("a.txt", ContentFile(b"x")) for _number in range(2)}
    assert len(names) == 2
    assert sorted(names) == keys_in(bucket)


def test_missing_file_is_told_as_on_a_disk(bucket: Any) -> None:
    for ask in (default_storage.open, default_storage.size, default_storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask("nothing.pdf")
    assert not default_storage.exists("nothing.pdf")
    default_storage.delete("nothing.pdf")


def test_file_is_not_written_in_place(bucket: Any) -> None:
    with pytest.raises(ValueError, match="only read"):
        default_storage.open("a.txt", "wb")


def test_a_piece_at_a_time_is_in_memory(bucket: Any) -> None:
    storage = storages["default"]
    assert isinstance(storage, PrivateBucket)
    assert storage.transfer_config.use_threads is False
    assert storage.client_config.signature_version == "s3v4"
    assert (storage.file_overwrite, storage.querystring_auth) == (False, False)


@pytest.fixture
def document(bucket: Any, db: None) -> StoredDocument:
    return store(StoredDocument.Kind.LETTER, "CAL/LG/1/2016", b"%PDF", by=make_user())


def test_document_is_opened_verified(document: StoredDocument, bucket: Any) -> None:
    assert open_verified(document) == b"%PDF"
    bucket.put_object(Bucket=BUCKET, Key=document.file.name, Body=b"%PDF!")
    with pytest.raises(Tampered):
        open_verified(StoredDocument.objects.get())
    bucket.delete_object(Bucket=BUCKET, Key=document.file.name)
    with pytest.raises(Tampered):
        open_verified(StoredDocument.objects.get())


def test_documents_are_verified(
    document: StoredDocument, bucket: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_documents")
    assert capsys.readouterr().out == "Every stored document is as it was issued.\n"
    bucket.put_object(Bucket=BUCKET, Key=document.file.name, Body=b"%PDF!")
    with pytest.raises(CommandError, match="1 stored documents"):
        call_command("verify_documents")


def test_verifying_says_when_the_storage_does_not_answer(
    document: StoredDocument, settings: Any
) -> None:
    settings.STORAGES = settings.STORAGES | {"default": in_bucket("http://127.0.0.1:1")}
    with translation.override("en"), pytest.raises(CommandError, match="does not answer"):
        call_command("verify_documents")


def test_sweep_removes_old_strays_only(
    document: StoredDocument, bucket: Any, monkeypatch: Any
) -> None:
    stray = default_storage.save("documents/stray.pdf", ContentFile(b"x"))
    call_command("verify_documents", sweep=True)
    assert strays() == [stray]

    two_hours_ago = default_storage.get_modified_time(stray).replace(year=2020)
    monkeypatch.setattr(PrivateBucket, "get_modified_time", lambda _self, _name: two_hours_ago)
    call_command("verify_documents", sweep=True)
    assert keys_in(bucket) == [document.file.name]


def test_first_sweep_finds_nothing(bucket: Any, db: None) -> None:
    assert strays() == []


@pytest.mark.parametrize("missing", ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"])
def test_bucket_without_its_key_stops_the_start(missing: str) -> None:
    given = {"S3_BUCKET": "b", "S3_ACCESS_KEY_ID": "a", "S3_SECRET_ACCESS_KEY": "s"}
    environment = os.environ | {name: value for name, value in given.items() if name != missing}
    done = subprocess.run(
        [sys.executable, "-c", "import certification.settings"],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"S3_BUCKET is set: set {missing} as well" in done.stderr

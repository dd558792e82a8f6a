"""The waiting room: pieces that cannot mix, and a second name that loses nothing."""

import io
import os
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from institutions.models import Institution, Upload, User
from institutions.receiving import digests, staging
from institutions.services.uploads import start_upload
from tests.factories import make_upload

pytestmark = pytest.mark.django_db

CONTENT = b"0123456789" * 100


@pytest.fixture
def upload(institution: Institution, by: User) -> Upload:
    return start_upload(institution, by=by, filename="Statut.pdf", size=len(CONTENT))


class Stream(io.BytesIO):
    """A connection; `meanwhile` happens before its second piece is read."""

    def __init__(self, content: bytes, meanwhile: Any = None) -> None:
        super().__init__(content)
        self.meanwhile, self.reads = meanwhile, 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        if self.meanwhile and self.reads == 2:
            self.meanwhile()
        return super().read(min(size or 0, 300))


class Broken(Stream):
    """A connection that is cut off after its first piece."""

    def read(self, size: int | None = -1) -> bytes:
        if self.reads:
            raise ConnectionResetError
        return super().read(size)


def test_pieces_follow_each_other(upload: Upload) -> None:
    assert staging.append(upload, offset=0, length=700, stream=Stream(CONTENT[:700])) == 700
    assert staging.append(upload, offset=700, length=300, stream=Stream(CONTENT[700:])) == 1000
    assert upload.path.read_bytes() == CONTENT


def test_nothing_is_written_beyond_the_size(upload: Upload) -> None:
    assert staging.append(upload, offset=0, length=1004, stream=Stream(CONTENT + b"more")) == 1000
    assert upload.path.read_bytes() == CONTENT


def test_broken_connection_keeps_what_came(upload: Upload) -> None:
    with pytest.raises(ConnectionResetError):
        staging.append(upload, offset=0, length=1000, stream=Broken(CONTENT))
    assert upload.path.read_bytes() == CONTENT[:300]


def test_two_senders_of_one_file_do_not_mix(upload: Upload) -> None:
    """The second takes over where the first stands; the first, coming to itself, is stopped."""

    def second() -> None:
        assert (
            staging.append(upload, offset=300, length=600, stream=Stream(CONTENT[300:900])) == 900
        )

    with pytest.raises(staging.OffsetMoved):
        staging.append(upload, offset=0, length=1000, stream=Stream(CONTENT, meanwhile=second))
    assert upload.path.read_bytes() == CONTENT[:900]


@pytest.mark.parametrize("cuts", [[0], [0, 700], [0, 300, 301, 999]])
def test_file_is_hashed_while_its_last_piece_comes(
    upload: Upload, cuts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many pieces there were, whichever process received them."""
    monkeypatch.setattr(digests, "PIECE", 200)
    for first, last in pairwise([*cuts, len(CONTENT)]):
        piece = CONTENT[first:last]
        staging.append(upload, offset=first, length=len(piece), stream=Stream(piece))
    assert sha256_noted(upload) == sha256(CONTENT).hexdigest()


def test_broken_last_piece_leaves_no_hash_and_the_next_one_does(upload: Upload) -> None:
    staging.append(upload, offset=0, length=100, stream=Stream(CONTENT[:100]))
    with pytest.raises(ConnectionResetError):
        staging.append(upload, offset=100, length=900, stream=Broken(CONTENT[100:]))
    assert sha256_noted(upload) == ""
    staging.append(upload, offset=400, length=600, stream=Stream(CONTENT[400:]))
    assert sha256_noted(upload) == sha256(CONTENT).hexdigest()


def test_overtaken_sender_notes_no_hash(upload: Upload) -> None:
    def second() -> None:
        staging.append(upload, offset=300, length=600, stream=Stream(b"x" * 600))

    with pytest.raises(staging.OffsetMoved):
        staging.append(upload, offset=0, length=1000, stream=Stream(CONTENT, meanwhile=second))
    assert sha256_noted(upload) == ""


def sha256_noted(upload: Upload) -> str:
    with staging.borrowed(upload) as file:
        return file.sha256


def test_lock_is_not_held_while_waiting(upload: Upload) -> None:
    """A sender whose connection hangs stands in nobody's way."""
    done = []
    slow = Stream(CONTENT, meanwhile=lambda: done.append(upload.path.read_bytes()))
    staging.append(upload, offset=0, length=1000, stream=slow)
    assert done == [CONTENT[:300]]


def test_folder_is_the_programs_own(upload: Upload) -> None:
    root = Path(settings.UPLOADS_ROOT)
    assert root.stat().st_mode & 0o777 == 0o700
    assert upload.path.stat().st_mode & 0o777 == 0o600


def test_borrowed_file_may_be_taken_away(institution: Institution, by: User) -> None:
    upload = make_upload(institution, by, CONTENT)
    with staging.borrowed(upload) as file:
        elsewhere = Path(settings.UPLOADS_ROOT) / "elsewhere"
        Path(file.temporary_file_path()).rename(elsewhere)
    assert upload.path.read_bytes() == elsewhere.read_bytes() == CONTENT
    assert upload.path.samefile(elsewhere)


def test_borrowed_file_is_gone_afterwards(institution: Institution, by: User) -> None:
    upload = make_upload(institution, by, CONTENT)
    with staging.borrowed(upload) as file:
        assert file.read() == CONTENT
        assert file.name == "Statut.pdf"
    assert list(Path(settings.UPLOADS_ROOT).iterdir()) == [upload.path]


def test_borrowed_file_counts_as_new(institution: Institution, by: User) -> None:
    """Else what cleans up would take the stored file for one forgotten long ago."""
    upload = make_upload(institution, by, CONTENT)
    os.utime(upload.path, (0, 0))
    with staging.borrowed(upload) as file:
        assert Path(file.temporary_file_path()).stat().st_mtime > 0


def test_borrowed_file_is_copied_where_links_are_impossible(
    institution: Institution, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = make_upload(institution, by, CONTENT)

    def no_links(*_paths: Any) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", no_links)
    with staging.borrowed(upload) as file:
        assert file.read() == CONTENT
        assert not upload.path.samefile(file.temporary_file_path())


def test_lost_bytes_cannot_be_borrowed(institution: Institution, by: User) -> None:
    upload = make_upload(institution, by, CONTENT)
    staging.remove(upload.pk)
    staging.remove(upload.pk)
    with pytest.raises(staging.Gone), staging.borrowed(upload):
        pass

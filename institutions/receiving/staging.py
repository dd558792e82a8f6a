"""The waiting room on the disk: where the bytes of an Upload lie until they become evidence.

Nothing is held locked while somebody's connection is slow. Each piece is written only where the
file ends at that very moment, so two senders of one file cannot mix, and one that was cut off
stands in nobody's way. A process that is killed leaves a shorter file, never a wrong one.
"""

import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File

from institutions.models import Upload
from institutions.receiving.digests import RunningDigest

PIECE = 1024 * 1024  # bytes in memory for each sender


class OffsetMoved(Exception):
    """The file does not end where this piece would begin."""


class Gone(Exception):
    """There are no bytes of this upload any more."""


class Borrowed(File):
    """A whole upload under a path of its own, which a storage may take away by moving it.

    `sha256` was computed while it came, or is empty.
    """

    def __init__(self, content: IO[bytes], name: str, path: Path, sha256: str) -> None:
        super().__init__(content, name=name)
        self._path, self.sha256 = path, sha256

    def temporary_file_path(self) -> str:
        return str(self._path)


def root() -> Path:
    """The folder of files on their way in; made when it is missing, for the program alone."""
    folder = Path(settings.UPLOADS_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def create(pk: uuid.UUID) -> None:
    """An empty file, ready to be appended to."""
    (root() / str(pk)).touch(mode=0o600, exist_ok=False)


def take(pk: uuid.UUID, file: "File[bytes]") -> None:
    """Put a file that has come whole into the room; `file` itself stays where it is."""
    if sha256 := getattr(file, "sha256", ""):
        _digest_path(pk).write_text(sha256)
    if path := getattr(file, "temporary_file_path", None):
        _link_or_copy(Path(path()), root() / str(pk))
        return
    with (root() / str(pk)).open("xb") as target:
        for piece in file.chunks():
            target.write(piece)


def append(upload: Upload, *, offset: int, length: int, stream: Any) -> int:
    """Write the `length` bytes that `stream` gives at `offset`; where the file ends then.

    Stops without an error where the stream ends. Raises OffsetMoved when the file does not end
    at `offset`, before or meanwhile; what was written by then is right and stays.
    """
    root()
    upload.path.touch(mode=0o600)
    if offset + length < upload.size:
        return sum(_written(upload, offset, stream), offset)
    return _receive_last(upload, offset, stream)


def _receive_last(upload: Upload, offset: int, stream: Any) -> int:
    """As `append`, of what is still missing: the whole file is hashed beside it.

    What came before, in whatever process, is read from the disk while the rest is on its way.
    """
    _digest_path(upload.pk).unlink(missing_ok=True)
    with closing(RunningDigest(upload.path)) as digest:
        digest.follow(offset)
        for size in _written(upload, offset, stream):
            offset += size
            digest.follow(offset)
        if offset == upload.size:
            _digest_path(upload.pk).write_text(digest.hexdigest())
    return offset


def _written(upload: Upload, offset: int, stream: Any) -> Iterator[int]:
    """The size of each piece after it was written."""
    target = os.open(upload.path, os.O_WRONLY)
    try:
        while piece := stream.read(min(PIECE, upload.size - offset)):
            _write_at_end(target, offset, piece)
            offset += len(piece)
            yield len(piece)
        if os.fstat(target).st_size != offset:
            raise OffsetMoved
    finally:
        os.close(target)


def _write_at_end(target: int, offset: int, piece: bytes) -> None:
    fcntl.flock(target, fcntl.LOCK_EX)
    try:
        if os.fstat(target).st_size != offset:
            raise OffsetMoved
        rest = memoryview(piece)
        while rest:
            written = os.pwrite(target, rest, offset)
            offset, rest = offset + written, rest[written:]
    finally:
        fcntl.flock(target, fcntl.LOCK_UN)


@contextmanager
def borrowed(upload: Upload) -> Iterator[Borrowed]:
    """The upload's bytes as a file that may be read, checked and moved away.

    It is a second name of the same bytes (a hard link; a copy where there are none), so the upload
    itself loses nothing, whatever becomes of this one. Its time of change is now, so that
    what cleans up takes neither it nor the stored file for something forgotten. Raises Gone.
    """
    path = root() / f"{upload.pk}.{uuid.uuid4()}"
    try:
        _link_or_copy(upload.path, path)
    except FileNotFoundError as error:
        raise Gone from error
    try:
        os.utime(path)
        with path.open("rb") as content:
            yield Borrowed(content, upload.filename, path, _digest_of(upload.pk))
    finally:
        path.unlink(missing_ok=True)


def remove(pk: uuid.UUID) -> None:
    """Throw the bytes away; nothing happens when they are gone already."""
    (Path(settings.UPLOADS_ROOT) / str(pk)).unlink(missing_ok=True)
    _digest_path(pk).unlink(missing_ok=True)


def _digest_path(pk: uuid.UUID) -> Path:
    return root() / f"{pk}.sha256"


def _digest_of(pk: uuid.UUID) -> str:
    """What was written down of the whole file; nothing where that was cut off."""
    try:
        noted = _digest_path(pk).read_text()
    except FileNotFoundError:
        return ""
    return noted if len(noted) == hashlib.sha256().digest_size * 2 else ""


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without hard links
        shutil.copyfile(source, target)

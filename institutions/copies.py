"""Copies of files from a storage elsewhere, for programs that read a file in parts.

A document in a bucket is fetched once and read page by page from this machine's disk. A copy is
named by its SHA-256 and checked against it while it comes; nobody gets to it but through a row
they may see. Copies are kept within COPIES_MAX_BYTES: those not looked at for longest go first,
and after a day all do. On a disk of our own nothing is copied.
"""

import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.utils.translation import ngettext

logger = logging.getLogger(__name__)

KEPT_FOR = 24 * 60 * 60  # seconds since it was last looked at
IN_USE = 60  # seconds: a program that reads it may take a quarter of that
_PIECE = 256 * 1024
_FETCHED, _COMING = ".copy", ".coming"
_LOCKS = 64  # files locked while something is fetched; two documents seldom share one


class Changed(OSError):
    """The storage gave something else than what was once stored."""


@contextmanager
def at_hand(stored: FieldFile, sha256: str) -> Iterator[IO[bytes]]:
    """The file, open, and on this machine's disk; `sha256` is that of its bytes.

    Raises FileNotFoundError, Changed, or what the storage raises when it does not answer.
    """
    is_here = isinstance(stored.storage, FileSystemStorage)
    with stored.open("rb") if is_here else _copy(stored, sha256) as file:
        yield file


def forget(sha256: str) -> None:
    """The file is deleted: let its copy go too."""
    (Path(settings.COPIES_ROOT) / (sha256 + _FETCHED)).unlink(missing_ok=True)


def remove_old_copies(now: datetime) -> str:
    """Remove what nobody looked at for a day, and what a killed process left. A chore."""
    old = [path for path, facts in _there() if facts.st_mtime < now.timestamp() - KEPT_FOR]
    for path in old:
        path.unlink(missing_ok=True)
    if not old:
        return ""
    text = ngettext(
        "%(n)s copy of a document removed", "%(n)s copies of documents removed", len(old)
    )
    return text % {"n": len(old)}


@contextmanager
def _copy(stored: FieldFile, sha256: str) -> Iterator[IO[bytes]]:
    with _alone(f"lock-{int(sha256[:8], 16) % _LOCKS}"):
        file = _kept(sha256) or _fetch(stored, sha256)
    with closing(file):
        yield file


def _kept(sha256: str) -> Any:
    path = _root() / (sha256 + _FETCHED)
    with suppress(FileNotFoundError):
        os.utime(path)
        return path.open("rb")
    return None


def _fetch(stored: FieldFile, sha256: str) -> Any:
    """The copy as a temporary file, which is given a second name if there is room to keep it."""
    copy = NamedTemporaryFile(dir=_root(), suffix=_COMING)  # noqa: SIM115 - closed by the caller
    try:
        digest = hashlib.sha256()
        with stored.open("rb") as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
                copy.write(piece)
        copy.seek(0)
        if digest.hexdigest() != sha256:
            logger.error("The stored file %s is not what was stored once", stored.name)
            raise Changed
        _keep(Path(copy.name), sha256)
    except BaseException:
        copy.close()
        raise
    return copy


def _keep(copy: Path, sha256: str) -> None:
    with _alone("lock-room"):
        if _make_room(copy.stat().st_size):
            with suppress(FileExistsError):
                os.link(copy, _root() / (sha256 + _FETCHED))


def _make_room(size: int) -> bool:
    """Let go of the copies not looked at for longest; whether `size` bytes fit in now."""
    kept = [(path, facts) for path, facts in _there() if path.suffix == _FETCHED]
    left = settings.COPIES_MAX_BYTES - sum(facts.st_size for _path, facts in kept) - size
    for path, facts in sorted(kept, key=lambda one: one[1].st_mtime):
        is_old = facts.st_mtime < time.time() - KEPT_FOR
        if left >= 0 and not is_old:
            break
        if facts.st_mtime < time.time() - IN_USE:
            path.unlink(missing_ok=True)
            left += facts.st_size
    return left >= 0


def _there() -> Iterator[tuple[Path, os.stat_result]]:
    for path in _root().iterdir():
        if path.suffix in {_FETCHED, _COMING}:
            with suppress(FileNotFoundError):
                yield path, path.stat()


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process and thread at a time; the files of locks are empty and stay."""
    lock = os.open(_root() / name, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _root() -> Path:
    folder = Path(settings.COPIES_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder

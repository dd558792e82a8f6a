"""Files in an S3-compatible storage, where S3_BUCKET is set (STORAGES in settings).

Nothing in it is public: files are handed out by the program, which asks who may see them, and an
address of the bucket is never given to a browser.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage

from certification.errors import Unavailable

_BUFFER = 256 * 1024
_MISSING = {"404", "NoSuchKey"}


class StorageAway(Unavailable):
    """The storage does not answer, or refuses our key; whether the file is there, nobody knows."""


@contextmanager
def _answering() -> Iterator[None]:
    """Tell a file that is not there from a storage that is not there."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _MISSING:
            raise FileNotFoundError("no such file in the bucket") from error
        raise _away() from error
    except BotoCoreError as error:
        raise _away() from error


def _away() -> StorageAway:
    return StorageAway(
        _("The storage of files does not answer just now. Nothing is lost. Try in a few minutes.")
    )


class PrivateBucket(S3Storage):
    """The bucket as the rest of the program sees any storage: FileNotFoundError, constant memory.

    No ACL is sent: an object without one belongs to the bucket's owner alone, and buckets of today
    refuse to be given any.
    """

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {
            "file_overwrite": False,
            "querystring_auth": False,
            "default_acl": None,
            "gzip": False,
            "transfer_config": TransferConfig(use_threads=False),  # one piece in memory, not ten
        }

    def __init__(self, **given: Any) -> None:
        own_address = bool(given.get("endpoint_url"))
        config = Config(
            signature_version="s3v4",
            # a storage of one's own seldom has a host name for each bucket
            s3={"addressing_style": "path" if own_address else "auto"},
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "max_attempts": 3},
            # the checksums that only Amazon's own storage understands
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**{"client_config": config} | given)

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError("Files in the bucket are only read, or saved whole.")
        return BucketFile(self, name)

    def _save(self, name: str, content: Any) -> str:
        with _answering():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _answering():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _answering():
            return bool(super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _answering():
            folders, files = super().listdir(name)
        return list(folders), list(files)

    def size(self, name: str) -> int:
        with _answering():
            return int(super().size(name))

    def get_modified_time(self, name: str) -> Any:
        with _answering():
            return super().get_modified_time(name)

    def object_named(self, name: str) -> Any:
        """The object of boto3; nothing is asked of the storage yet."""
        return self.bucket.Object(self._normalize_name(name))


class BucketFile(File):
    """A file of the bucket, which can be closed and opened again as one on a disk can."""

    def __init__(self, storage: PrivateBucket, name: str) -> None:
        self._object = storage.object_named(name)
        super().__init__(self._opened(), name=name)

    def open(self, mode: str | None = None, *args: Any, **kwargs: Any) -> "BucketFile":
        if self.closed:
            self.file = self._opened()
        self.seek(0)
        return self

    def _opened(self) -> io.BufferedReader:
        with _answering():
            self._object.load()
            size = int(self._object.content_length)
        return io.BufferedReader(_Reading(self._object, size), _BUFFER)


class _Reading(io.RawIOBase):
    """An object read from any place on; a request is made only where the reading jumps."""

    def __init__(self, stored: Any, size: int) -> None:
        self._stored, self._size = stored, size
        self._at = 0
        self._body: Any = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset != self._at:
            self._leave()
            self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            return 0
        with _answering():
            if self._body is None:
                self._body = self._stored.get(Range=f"bytes={self._at}-")["Body"]
            piece = self._body.read(len(buffer))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._leave()
        super().close()

    def _leave(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None

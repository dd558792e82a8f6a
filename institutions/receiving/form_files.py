"""Files that come inside a form: no more is written down than may be kept.

Django would write a form's files to the disk whatever their size, and whoever sends them. Here
what is too much runs past unwritten; the page then says so at the field. A person's session that
ended gets the names back (certification/panel/resending.py) and not the bytes.
"""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.temp import NamedTemporaryFile
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser

from institutions.models import Institution
from institutions.receiving import staging
from institutions.receiving.digests import RunningDigest
from institutions.services.uploads import room_of


class Unkept(UploadedFile):
    """A file of which only the name and the size are known: its bytes were let past."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(ContentFile(b""), name=name, size=size)


class Limit(FileUploadHandler):
    """Stands before the handlers that write; lets past what is beyond `bytes`, in one request.

    By default that is the size of the largest file we take, and nothing from a visitor.
    """

    def __init__(self, request: HttpRequest | None = None, *, most: int | None = None) -> None:
        super().__init__(request)
        user = getattr(request, "user", None)
        signed_in = user is not None and user.is_authenticated
        self.left = 0 if not signed_in else settings.EVIDENCE_MAX_BYTES if most is None else most
        self.is_past = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.is_past = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        size = len(raw_data)
        if self.is_past or size > self.left or start + size > settings.EVIDENCE_MAX_BYTES:
            self.is_past = True
            return None
        self.left -= size
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return Unkept(self.file_name or "", file_size) if self.is_past else None


class BesideUploads(Limit):
    """Writes the file where uploads lie, so that it is kept by a link and not by copying."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: str, encoding: Any = None
    ) -> Any:
        """Have the form read in large pieces: a server may copy what is left for each small one."""
        if isinstance(input_data, io.BufferedReader):
            return None
        large = io.BufferedReader(_Readable(input_data), staging.PIECE)
        return MultiPartParser(meta, large, [self], encoding).parse()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.beside: _Beside | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if super().receive_data_chunk(raw_data, start) is None:
            self._let_go()
        else:
            file = self._file()
            file.write(raw_data)
            file.flush()
            file.digest.follow(start + len(raw_data))
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if unkept := super().file_complete(file_size):
            return unkept
        file = self._file()
        file.seek(0)
        file.size, file.sha256 = file_size, file.digest.hexdigest()
        return file

    def upload_interrupted(self) -> None:
        self._let_go()

    def _file(self) -> "_Beside":
        if not self.beside:
            about = (self.content_type, 0, self.charset, self.content_type_extra)
            self.beside = _Beside(self.file_name, *about)
        return self.beside

    def _let_go(self) -> None:
        if self.beside:
            self.beside.close()
            self.beside = None


class _Beside(TemporaryUploadedFile):
    """Hashed while it comes; closing it removes it."""

    sha256 = ""

    def __init__(self, name: Any, content_type: Any, size: int, charset: Any, extra: Any) -> None:
        file = NamedTemporaryFile(dir=staging.root(), suffix=".form")
        UploadedFile.__init__(self, file, name, content_type, size, charset, extra)
        self.digest = RunningDigest(Path(file.name))

    def close(self) -> None:
        self.digest.close()
        super().close()


class _Readable(io.RawIOBase):
    def __init__(self, source: Any) -> None:
        self.source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.source.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def beside_uploads(request: HttpRequest, institution: Institution) -> None:
    """Let this request's files come in as far as the institution has room for them.

    Must be called before anything reads the form, the check for forged requests included.
    """
    if request.method == "POST":
        handler = BesideUploads(request, most=room_of(institution).left)
        request.upload_handlers = [handler]  # type: ignore[assignment]

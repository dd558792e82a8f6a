"""A storage that is not on this machine's disk, and counts what is fetched from it."""

import io
from typing import Any

from django.core.files.base import File
from django.core.files.storage import InMemoryStorage

STORAGE = {"BACKEND": "tests.institutions.elsewhere.Elsewhere"}
fetched: list[int] = []  # bytes, a number for each reading


class _Counted(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        fetched.append(len(piece))
        return piece


class Elsewhere(InMemoryStorage):
    def _open(self, name: str, mode: str = "rb") -> Any:
        return File(_Counted(super()._open(name, mode).read()), name=name)

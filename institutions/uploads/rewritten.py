"""A file of ours, to store in place of the one that was sent."""

import weakref

from django.core.files.base import File
from django.core.files.temp import NamedTemporaryFile


class Rewritten(File):
    """An empty file under a path of its own; it is gone when closed, or with its last holder."""

    def __init__(self, suffix: str) -> None:
        written = NamedTemporaryFile(suffix=suffix)
        super().__init__(written, name=written.name)
        weakref.finalize(self, written.close)

    def read(self, size: int = -1) -> bytes:
        """A method, where File lends that of the file inside: so whoever reads holds this, too."""
        content: bytes = self.file.read(size)  # type: ignore[union-attr]
        return content

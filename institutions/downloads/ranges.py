"""Parts of a file, as HTTP asks for them (RFC 9110, section 14): for films and large PDFs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

PIECE = 64 * 1024  # bytes held in memory at once

# One range; several at once are allowed to be answered with the whole file (14.2).
_RANGE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.ASCII | re.I)


class Unsatisfiable(Exception):
    """No byte of the file lies in the range asked for: 416."""


@dataclass(frozen=True)
class Part:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def part_asked(header: str, size: int) -> Part | None:
    """The part of `size` bytes that a Range header names; None means the whole file.

    A header that is not understood is as good as none. Raises Unsatisfiable.
    """
    asked = _RANGE.fullmatch(header.strip())
    if not asked or asked.groups() == ("", ""):
        return None
    first, last = asked.groups()
    if max(len(first), len(last)) > 18:  # digits; no file is that long
        raise Unsatisfiable
    if not first:
        return _last_bytes(int(last), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return Part(int(first), min(int(last) if last else size - 1, size - 1))


def _last_bytes(count: int, size: int) -> Part:
    if not count or not size:
        raise Unsatisfiable
    return Part(max(size - count, 0), size - 1)


class Pieces:
    """Iterates over a part of a file in pieces, and closes the file with the response.

    `file` is any that can seek: on S3 a part costs what it weighs only where its storage fetches
    ranges; otherwise the storage fetches what lies before it, too.
    """

    def __init__(self, file: IO[bytes] | Any, part: Part) -> None:
        self._file = file
        self._left = part.length
        file.seek(part.first)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece: bytes = self._file.read(min(PIECE, self._left))
        if not piece:
            raise StopIteration
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()

"""Plain text and CSV: readable to the last character, and nothing a program would run."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

from django.core.files.base import File
from django.utils.translation import gettext as _

from institutions.uploads.errors import Refused
from institutions.uploads.rewritten import Rewritten

MAX_BYTES = 10 * 1024 * 1024
_CHUNK = 256 * 1024

# Text that programs take for something else; it has other names.
_OTHER_KINDS = re.compile(
    rb"\s*(%PDF-|#!|<\?|<!--|<!doctype|<html|<script|<svg|<head|<body|<iframe|\{\\rtf)", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def read(file: IO[bytes]) -> "File[bytes] | None":
    """The same text in UTF-8, if older programs wrote it in CP1250 or UTF-16; else None.

    It lies in a temporary file, which goes with its last holder.
    """
    file.seek(MAX_BYTES)
    if file.read(1):
        raise Refused(_("This text is longer than 10 MB. Save the part that matters as a PDF."))
    file.seek(0)
    beginning = file.read(4096)
    if _OTHER_KINDS.match(beginning.removeprefix(codecs.BOM_UTF8)):
        raise Refused(
            _("This file is not a plain text inside. Save what you want to show as a PDF.")
        )
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # "Unicode" of Excel
        return _in_utf_8(file, "utf-16")
    try:
        for _piece in _decoded(file, "utf-8-sig"):
            pass
    except UnicodeDecodeError:
        return _in_utf_8(file, "cp1250")
    return None


def _in_utf_8(file: IO[bytes], encoding: str) -> "File[bytes]":
    written = Rewritten(".txt")
    try:
        for number, piece in enumerate(_decoded(file, encoding)):
            if not number and _OTHER_KINDS.match(piece[:4096].encode()):
                raise _unreadable()
            written.write(piece.encode())
        written.flush()
    except UnicodeError as error:
        raise _unreadable() from error
    return written


def _decoded(file: IO[bytes], encoding: str) -> Iterator[str]:
    """The text piece by piece; refuses characters that no text has."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    while piece := file.read(_CHUNK):
        text = decoder.decode(piece)
        if _CONTROL.search(text):
            raise _unreadable()
        yield text
    decoder.decode(b"", final=True)


def _unreadable() -> Refused:
    return Refused(
        _(
            "This file cannot be read as a text. Save it with the encoding UTF-8, or as a PDF, and "
            "send it again."
        )
    )

"""Plain text and CSV: readable to the last character, and nothing a program would run."""

import re
from typing import IO

from django.utils.translation import gettext as _

from institutions.uploads.errors import Refused

MAX_BYTES = 10 * 1024 * 1024

# Text that programs take for something else; it has other names.
_OTHER_KINDS = re.compile(
    rb"\s*(%PDF-|#!|<\?|<!doctype|<html|<script|<svg|<head|<body|\{\\rtf)", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def read(file: IO[bytes]) -> bytes | None:
    """The same text in UTF-8 if it was in CP1250, as older Polish programs write; else None."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Refused(_("This text is longer than 10 MB. Save the part that matters as a PDF."))
    if _OTHER_KINDS.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise Refused(
            _("This file is not a plain text inside. Save what you want to show as a PDF.")
        )
    text, encoding = _decode(data)
    if _CONTROL.search(text):
        raise _unreadable()
    return None if encoding == "utf-8-sig" else text.encode()


def _decode(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise _unreadable()


def _unreadable() -> Refused:
    return Refused(
        _(
            "This file cannot be read as a text. Save it with the encoding UTF-8, or as a PDF, and "
            "send it again."
        )
    )

"""Office documents: looked into by a process of its own (office_probe.py), which says one word."""

from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from certification.sandbox import on_disk, run
from institutions.uploads.errors import Refused
from institutions.uploads.kinds import FileType

PROBE = Path(__file__).with_name("office_probe.py")

_SENTENCES = {
    "old": gettext_noop(
        "This document is protected by a password or saved in an old format. Save it without a "
        "password, or as a PDF, and send it again."
    ),
    "locked": gettext_noop(
        "This document is protected by a password. Save it without one and send it again."
    ),
    "macros": gettext_noop("This file has macros. Save it as a PDF and send it again."),
    "nested": gettext_noop(
        "Another file is put inside this document. Send that file on its own, or save the "
        "document as a PDF and send it again."
    ),
    "fetches": gettext_noop(
        "This document fetches a part of itself from elsewhere when it is opened. Save it as a "
        "PDF and send it again."
    ),
    "swells": gettext_noop(
        "This document takes up far more room when opened than it seems to. Save it as a PDF "
        "and send it again."
    ),
    "damaged": gettext_noop(
        "This document is damaged, or its content is not what its name says. Open it on your "
        "computer, save it as a PDF and send it again."
    ),
}


def check(file: IO[bytes], type_: FileType) -> None:
    """Refuse what is no such document, is locked, holds macros or files, or swells."""
    with on_disk(file) as path:
        answer = run(PROBE, path, type_.main_part)
    word = (answer or b"").decode().strip()
    if word != "ok":
        raise Refused(_(_SENTENCES.get(word, _SENTENCES["swells"])))

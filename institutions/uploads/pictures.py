"""Pictures: drawn anew by a process of its own (picture_probe.py), and that is what is kept."""

from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from certification.sandbox import on_disk, run
from institutions.uploads.errors import Refused
from institutions.uploads.kinds import Kind
from institutions.uploads.rewritten import Rewritten

PROBE = Path(__file__).with_name("picture_probe.py")
_WAIT = 60  # seconds; the probe limits its own work to fewer

_SENTENCES = {
    "moving": gettext_noop("Moving pictures are not accepted. Save it as a film (MP4)."),
    "large": gettext_noop(
        "This picture has too many points to be checked. Make it smaller, for instance to 3000 "
        "points in width, and send it again."
    ),
    "damaged": gettext_noop(
        "This picture is damaged or is no %(kind)s inside. Open it on your computer, save it anew "
        "as JPG or PNG and send that."
    ),
}


def rewrite(file: IO[bytes], kind: Kind) -> "File[bytes]":
    """The picture in the same format, upright, with its colour profile and nothing else.

    It lies in a temporary file, which goes with its last holder.
    """
    written = Rewritten(f".{kind}")
    with on_disk(file) as path:
        answer = run(PROBE, path, kind.upper(), str(written.name), seconds=_WAIT)
    word = (answer or b"").decode().strip()
    if word != "ok":
        raise Refused(_(_SENTENCES.get(word, _SENTENCES["large"])) % {"kind": kind.upper()})
    return written

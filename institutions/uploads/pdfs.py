"""PDFs: opened by a process of its own (pdf_probe.py), whose one word is put into a sentence."""

from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from certification.sandbox import on_disk, run
from institutions.uploads.errors import Refused

PROBE = Path(__file__).with_name("pdf_probe.py")

_SENTENCES = {
    "encrypted": gettext_noop(
        "This PDF is protected by a password or against copying. Save it without protection, for "
        "instance with “Print to PDF”, and send it again."
    ),
    "active": gettext_noop(
        "This PDF does something by itself when opened (a script, a form that sends data, a "
        "programme). Choose “Print to PDF” and send the new file."
    ),
    "attachment": gettext_noop(
        "Another file is attached inside this PDF. Send that file on its own, and this PDF "
        "without it."
    ),
    "heavy": gettext_noop(
        "This PDF is too complicated to be checked. Choose “Print to PDF”, or divide it into "
        "parts, and send it again."
    ),
    "damaged": gettext_noop(
        "This PDF is damaged, or it is no PDF inside. Open it on your computer, choose “Print to "
        "PDF” and send the new file."
    ),
}


def check(file: IO[bytes]) -> None:
    """Refuse a PDF that is locked, runs something, carries files or cannot be opened."""
    if file.read(5) != b"%PDF-":
        raise Refused(_(_SENTENCES["damaged"]))
    file.seek(0)
    with on_disk(file, ".pdf") as path:
        word = (run(PROBE, path) or b"").decode().strip()
    if word != "ok":
        raise Refused(_(_SENTENCES.get(word, _SENTENCES["heavy"])))

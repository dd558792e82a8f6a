"""PDFs: opened by a process of its own (pdf_probe.py), whose one word is put into a sentence."""

import shutil
import subprocess  # noqa: S404
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from institutions.uploads.errors import Refused

PROBE = Path(__file__).with_name("pdf_probe.py")
SECONDS = 15  # of waiting; the probe itself has four of work

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
    with _on_disk(file) as path:
        word = _probed(path)
    if word != "ok":
        raise Refused(_(_SENTENCES.get(word, _SENTENCES["heavy"])))


def _probed(path: str) -> str:
    """The probe's word; '' if it ran out of memory or time."""
    command = [sys.executable, "-I", str(PROBE), path]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and a path of ours
            command, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.strip()


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[str]:
    """A path to the file's content: its own if it has one, else of a copy for the moment."""
    own_path = getattr(file, "temporary_file_path", None)
    if own_path:
        yield own_path()
        return
    with NamedTemporaryFile(suffix=".pdf") as copy:
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield copy.name

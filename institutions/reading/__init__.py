"""Text and pages of stored documents, read by processes of their own (certification/sandbox.py).

`kind` is a word of uploads.Kind. Nothing here knows Django, and nothing that is returned is HTML.
Whatever cannot be read, for whatever reason, is None or ''; only Busy is raised (sandbox.run).
"""

import json
from pathlib import Path
from typing import IO, Any

from certification.sandbox import on_disk, run
from institutions.reading.limits import WAIT
from institutions.reading.passages import Passage

PDF = "pdf"
DOCUMENTS = frozenset({"docx", "odt", "pptx", "odp", "xlsx", "ods", "csv", "txt"})
READABLE = DOCUMENTS | {PDF}

# Words that name the kinds whose pages are sheets and slides.
SHEETS = frozenset({"xlsx", "ods", "csv"})
SLIDES = frozenset({"pptx", "odp"})

_FOLDER = Path(__file__).parent
_PDF_PROGRAM = _FOLDER / "pdf_program.py"
_DOCUMENT_PROGRAM = _FOLDER / "document_program.py"


def text_of(file: IO[bytes], kind: str) -> str:
    """The text of the whole document, up to 8 million characters; '' when it cannot be read.

    Also what stands in headers, footers and comments. Takes at most 15 s.
    """
    printed = _run("text", file, kind) or b""
    return printed.decode(errors="replace")


def page_of(
    file: IO[bytes], kind: str, number: int, passage: Passage | None = None
) -> dict[str, Any] | None:
    """One page: `number`, `count`, and `text`, `lines`, `places` (PDF) or `blocks`, `titles`,
    `is_cut` (others). Of a PDF `places` are the boxes of the passage (see pdf_program.Layer).
    """
    if passage is None or kind != PDF:
        return _parsed(_run("page", file, kind, str(number)))
    quoted = (passage.quote, passage.before, passage.after)
    return _parsed(_run("page", file, kind, str(number), *quoted))


def found_in(file: IO[bytes], kind: str, words: str) -> dict[str, Any] | None:
    """Pages that hold the words: `hits`, `has_more`, `has_text`, `is_cut` (see searching.Found)."""
    return _parsed(_run("search", file, kind, words))


def picture_of(file: IO[bytes], number: int, width: int, words: str = "") -> bytes | None:
    """A page of a PDF as a WebP, at most `width` pixels wide, the words marked on it."""
    return _run("picture", file, PDF, str(number), str(width), words)


def _run(mode: str, file: IO[bytes], kind: str, *arguments: str) -> bytes | None:
    if kind not in READABLE:
        return None
    plain = [argument.replace("\0", " ") for argument in arguments]
    with on_disk(file, f".{kind}") as path:
        if kind == PDF:
            return run(_PDF_PROGRAM, mode, path, *plain, seconds=WAIT)
        return run(_DOCUMENT_PROGRAM, mode, kind, path, *plain, seconds=WAIT)


def _parsed(printed: bytes | None) -> dict[str, Any] | None:
    if not printed:
        return None
    parsed: dict[str, Any] = json.loads(printed)
    return parsed

"""Reads one office document, sheet or text and prints JSON; a process of its own, with limits.

    document_program.py page KIND PATH NUMBER     the page, and what pages there are
    document_program.py search KIND PATH WORDS    the pages that hold the words
    document_program.py text KIND PATH            the text alone, in UTF-8

Imports nothing of Django, so that it starts in a tenth of a second.
"""

import json
import sys
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from institutions.reading import docx, limits, odf, plain, pptx, xlsx  # noqa: E402
from institutions.reading.blocks import (  # noqa: E402
    Enough,
    Gathering,
    as_json,
    text_of_page,
)
from institutions.reading.packages import BROKEN  # noqa: E402
from institutions.reading.searching import find  # noqa: E402

MAX_TITLES = 300
_PACKAGES = {
    "docx": docx.read,
    "pptx": pptx.read,
    "xlsx": xlsx.read,
    **dict.fromkeys(("odt", "odp", "ods"), odf.read),
}
_PLAIN = {"txt": plain.read_text, "csv": plain.read_rows}


def gathered(kind: str, path: str, *, whole: bool) -> Gathering:
    """What could be read; a document damaged half-way keeps its readable half."""
    into = Gathering(whole=whole)
    try:
        if kind in _PLAIN:
            _PLAIN[kind](path, into)
        else:
            with zipfile.ZipFile(path) as package:
                _PACKAGES[kind](package, into, whole=whole)
    except Enough:
        pass
    except BROKEN:
        if not into.pages:
            raise
        into.is_cut = True
    return into


def page(document: Gathering, number: int) -> dict[str, Any]:
    """The page of that number, or the nearest there is."""
    pages = document.pages
    at = min(max(number, 1), max(len(pages), 1))
    return {
        "number": at,
        "count": len(pages),
        "titles": [one.title for one in pages[:MAX_TITLES]],
        "blocks": as_json(pages[at - 1]) if pages else [],
        "is_cut": document.is_cut,
    }


def found(document: Gathering, words: str) -> dict[str, Any]:
    result = find(((one.title, text_of_page(one)) for one in document.pages), words)
    result.is_cut = document.is_cut
    return asdict(result)


def main(mode: str, kind: str, path: str, argument: str = "") -> None:
    document = gathered(kind, path, whole=mode == "text")
    if mode == "text":
        for one in document.pages:
            sys.stdout.buffer.write(f"{one.title}\n{text_of_page(one)}\n".encode())
    elif mode == "search":
        json.dump(found(document, argument), sys.stdout)
    else:
        json.dump(page(document, int(argument)), sys.stdout)


if __name__ == "__main__":
    limits.apply()
    try:
        main(*sys.argv[1:])
    except BROKEN:
        sys.exit(1)

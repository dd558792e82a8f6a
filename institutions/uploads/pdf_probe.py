"""Looks into one PDF and prints one word; run as a program of its own, with little to spend.

A PDF can unpack to a thousand times its size while it is merely opened, by filters qpdf does not
limit (measured: LZW). Here only this process can run out of memory or time, and it dies alone.
Imports nothing of ours, so that it starts in a tenth of a second.
"""

import re
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

MEMORY = 220 * 1024 * 1024
CPU_SECONDS = 4
MAX_OBJECTS = 400_000

_ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"),
    *("/RichMediaExecute", "/Movie", "/Sound"),
}
_ACTIVE_KINDS = ("/RichMedia", "/3D")
# Another PDF on a server of somebody's: opening it tells them who reads (CVE-2018-4993).
_ELSEWHERE = re.compile(r"^[\\/]{2}|:/")
_RUN_BY_LINK = re.compile(r"\s*(javascript|vbscript|file|data):", re.I)
_ACTIVE_KEYS = ("/JS", "/JavaScript", "/XFA")
# What an archival PDF may carry: its own data. Programs and documents are sent on their own.
_HARMLESS_ATTACHMENTS = (".xml", ".json", ".csv", ".txt")


def verdict(path: str) -> str:
    """One of: ok, encrypted, active, attachment, heavy, damaged."""
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                return "encrypted"
            if len(pdf.objects) > MAX_OBJECTS:
                return "heavy"
            found = {problem for thing in _dictionaries(pdf) if (problem := _problem(thing))}
            return min(found) if found else "ok" if len(pdf.pages) else "damaged"
    except pikepdf.PasswordError:
        return "encrypted"
    except MemoryError:
        return "heavy"
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError):
        return "damaged"


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, those inside others included, each once."""
    waiting: list[Any] = [*pdf.objects, pdf.trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Array):
            children = list(thing)
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing
            children = [thing[key] for key in thing.keys()]  # noqa: SIM118 - it has no iterator
        else:
            continue
        compound = (pikepdf.Array, pikepdf.Dictionary)
        waiting += [c for c in children if isinstance(c, compound) and not c.is_indirect]


def _problem(thing: Any) -> str:
    if _acts(thing) or any(key in thing for key in _ACTIVE_KEYS):
        return "active"
    if isinstance(thing, pikepdf.Stream) and "/F" in thing:  # its content lies in another file
        return "active"
    if "/EF" in thing:
        names = [str(thing[key]).lower() for key in ("/F", "/UF") if key in thing]
        if not names or not all(name.endswith(_HARMLESS_ATTACHMENTS) for name in names):
            return "attachment"
    return ""


def _acts(thing: Any) -> bool:
    action = thing.get("/S")
    if action in _ACTIONS or thing.get("/Subtype") in _ACTIVE_KINDS:
        return True
    if action == "/GoToR" and _ELSEWHERE.search(_file_named_by(thing)):
        return True
    return bool(_RUN_BY_LINK.match(str(thing.get("/URI", ""))))


def _file_named_by(action: Any) -> str:
    named = action.get("/F", "")
    if isinstance(named, pikepdf.Dictionary):
        named = named.get("/UF", named.get("/F", ""))
    return str(named)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pikepdf.settings.set_qpdf_limits(flate_max_memory=64 * 1024 * 1024, max_stream_filters=4)
    print(verdict(sys.argv[1]))

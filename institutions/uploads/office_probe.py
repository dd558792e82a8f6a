"""Looks into one office document and prints one word; run as a program of its own.

Office documents are ZIP packages of XML. Every part is unpacked once, piece by piece, counted and
thrown away, and its XML is read as it passes: nothing is built in memory. The list of parts
itself may be made to swell, or the XML to break a parser: then this process dies alone.
Imports the standard library only.
"""

import os
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

MEMORY = 64 * 1024 * 1024
CPU_SECONDS = 6
MAX_PARTS = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
# Sheets of numbers shrink to a fortieth or so; beyond this a file is made to swell.
MAX_RATIO = 100
HARMLESS = 20 * 1024 * 1024  # unpacked, whatever the ratio
_CHUNK = 1024 * 1024

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_END, _END_SIZE = b"PK\x05\x06", 22  # the end of a package, when nothing comes after it
_PROGRAMS = (b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")
_MACROS = re.compile(
    r"vbaproject|vbadata|/macrosheets/|/activex/|/ctrlprops/|^basic/|^scripts/|/customui",
    re.I,
)
# Charts of a presentation carry their little workbook; anything else inside is hidden from us.
_CHART_DATA = re.compile(r"^(ppt|word|xl)/embeddings/[^/]+\.xlsx$", re.I)
_NESTED = re.compile(
    r"\.(zip|7z|rar|gz|tgz|bz2|xz|tar|jar|cab|iso|docx?|xlsx?|pptx?|od[tspgb]|docm|xlsm|pptm"
    r"|bin\.zip|exe|dll|scr|com|bat|cmd|ps1|vbs|js|hta|lnk|msi|html?|svg)$|/oleobject[^/]*$",
    re.I,
)
_OPENOFFICE, _DTD = "-//OpenOffice.org//DTD ", re.compile(r"\w+\.dtd")
_NO_PLAIN_NAME = re.compile(r"[\x00-\x1f]|^/|^[a-z]:|(^|/)\.\.(/|$)", re.I)
# Links a person clicks are fine; these are fetched by the office program itself.
_FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")
# Parts of an OpenDocument text that say what happens by itself, or that a part is locked.
_ODF_READ = re.compile(r"(^|/)(content|styles|settings|manifest)\.xml$", re.I)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(expat.ExpatError, UnicodeError, ValueError, KeyError, LookupError),
)

Seen = Callable[[str, dict[str, str]], None]


class Found(Exception):
    """What is wrong, in one word."""


def verdict(path: str, main_part: str) -> str:
    """One of: ok, old, locked, macros, nested, fetches, swells, damaged."""
    try:
        with open(path, "rb") as file:
            beginning = file.read(8)
            if beginning == _OLD_FORMAT:
                return "old"
            file.seek(-_END_SIZE, os.SEEK_END)
            if not (beginning.startswith(_ZIP) and file.read(4) == _END):
                return "damaged"
            with zipfile.ZipFile(file) as package:
                _check_package(package, os.path.getsize(path), main_part)
    except Found as found:
        return str(found)
    except MemoryError:
        return "swells"
    except _BROKEN:
        return "damaged"
    return "ok"


def _check_package(package: zipfile.ZipFile, size: int, main_part: str) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > min(MAX_UNPACKED, max(MAX_RATIO * size, HARMLESS)):
        raise Found("swells")
    # one package from the first byte on, in which every program finds the same parts
    if len(package.NameToInfo) != len(parts) or min(part.header_offset for part in parts):
        raise Found("damaged")
    for part in parts:
        _check_part(part)
    reader = _OpenDocument() if "opendocument" in main_part else _Ooxml()
    budget = MAX_UNPACKED
    for part in parts:
        budget -= _read(package, part, budget, reader.seen_in(part.filename))
    reader.finish(package, main_part)


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.orig_filename.replace("\\", "/")
    if part.flag_bits & 0x1:
        raise Found("locked")
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Found("damaged")
    if _NO_PLAIN_NAME.search(name):
        raise Found("damaged")
    if _MACROS.search(name):
        raise Found("macros")
    if _NESTED.search(name) and not _CHART_DATA.match(name):
        raise Found("nested")


def _read(package: zipfile.ZipFile, part: zipfile.ZipInfo, budget: int, seen: Seen | None) -> int:
    """Unpack one part piece by piece, reading it if it is XML; how much it was."""
    parser = _parser(seen) if part.filename.lower().endswith((".xml", ".rels")) else None
    count = 0
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if not count:
                _check_beginning(part.filename, chunk)
            count += len(chunk)
            if count > budget:
                raise Found("swells")
            if parser:
                parser.Parse(chunk, False)
    if parser and count:
        parser.Parse(b"", True)
    return count


def _parser(seen: Seen | None) -> "expat.XMLParserType":
    """XML without a document type: no entities, so nothing swells and nothing is fetched."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    if seen:
        parser.StartElementHandler = seen
    return parser


def _refuse_document_type(_name: str, system: str | None, public: str | None, own: object) -> None:
    """OpenOffice wrote one into its own files until 2008, which declares nothing."""
    if own or not (public or "").startswith(_OPENOFFICE) or not _DTD.fullmatch(system or ""):
        raise Found("damaged")


def _check_beginning(name: str, head: bytes) -> None:
    if head.startswith(_OLD_FORMAT):
        raise Found("nested")
    if head.startswith(_PROGRAMS) or (head.startswith(_ZIP) and not _CHART_DATA.match(name)):
        raise Found("damaged")


class _Ooxml:
    """What the parts of a Microsoft package declare and point at."""

    def __init__(self) -> None:
        self.declared: set[str] = set()

    def seen_in(self, name: str) -> Seen | None:
        if name == "[Content_Types].xml":
            return self._declaration
        return self._relationship if name.lower().endswith(".rels") else None

    def _declaration(self, _tag: str, given: dict[str, str]) -> None:
        declared = given.get("ContentType", "")
        if "macroenabled" in declared.lower() or "vbaproject" in declared.lower():
            raise Found("macros")
        if len(self.declared) < MAX_PARTS:
            self.declared.add(declared[:200])

    def _relationship(self, _tag: str, given: dict[str, str]) -> None:
        if given.get("TargetMode") == "External" and given.get("Type", "").endswith(_FETCHED):
            raise Found("fetches")

    def finish(self, _package: zipfile.ZipFile, main_part: str) -> None:
        if main_part not in self.declared:
            raise Found("damaged")


class _OpenDocument:
    """What an OpenDocument package says of itself, and what it does by itself."""

    def seen_in(self, name: str) -> Seen | None:
        return self._element if _ODF_READ.search(name) else None

    def _element(self, tag: str, _given: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "encryption-data":
            raise Found("locked")
        if local == "event-listener":
            raise Found("macros")

    def finish(self, package: zipfile.ZipFile, main_part: str) -> None:
        package.getinfo("META-INF/manifest.xml")
        with package.open("mimetype") as stated:
            if stated.read(200).strip() != main_part.encode():
                raise Found("damaged")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(verdict(*sys.argv[1:3]))

"""Office documents are ZIP packages: the list of parts is checked, then every part is unpacked
once, counted and thrown away. Nothing is kept in memory but the small parts that are read.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from institutions.uploads.errors import Refused
from institutions.uploads.kinds import FileType

MAX_PARTS = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
# Sheets of numbers shrink to a fortieth or so; beyond this a file is made to swell.
MAX_RATIO = 100
HARMLESS = 20 * 1024 * 1024  # unpacked, whatever the ratio
_MAX_READ = 1024 * 1024
_CHUNK = 256 * 1024

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
# Links a person clicks are fine; these are fetched by the office program itself.
_FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.I)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(ParseError, DefusedXmlException, UnicodeError, ValueError, KeyError),
)


def check(file: IO[bytes], size: int, type_: FileType) -> None:
    """Refuse what is no such document, is locked, holds macros or swells when unpacked."""
    if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused(
            _(
                "This document is protected by a password or saved in an old format. Save it "
                "without a password, or as a PDF, and send it again."
            )
        )
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise _damaged()
    try:
        with zipfile.ZipFile(file) as package:
            _check_package(package, size, type_)
    except _BROKEN as error:
        raise _damaged() from error


def _check_package(package: zipfile.ZipFile, size: int, type_: FileType) -> None:
    parts = package.infolist()
    _check_weight(parts, size)
    for part in parts:
        _check_part(part)
    budget = MAX_UNPACKED
    for part in parts:
        budget -= _unpacked_size(package, part, budget)
    if type_.kind.startswith("o"):
        _check_open_document(package, type_)
    else:
        _check_ooxml(package, type_)


def _check_weight(parts: list[zipfile.ZipInfo], size: int) -> None:
    """By what the list of parts itself declares; the counting comes after."""
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > min(MAX_UNPACKED, max(MAX_RATIO * size, HARMLESS)):
        raise _swells()


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.filename.replace("\\", "/")
    if part.flag_bits & 0x1:
        raise Refused(_("This document is protected by a password. Save it without one."))
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _damaged()
    if name.startswith("/") or ".." in name.split("/"):
        raise _damaged()
    if _MACROS.search(name):
        raise _has_macros()
    if _NESTED.search(name) and not _CHART_DATA.match(name):
        raise Refused(
            _(
                "Another file is put inside this document. Send that file on its own, or save the "
                "document as a PDF and send it again."
            )
        )


def _unpacked_size(package: zipfile.ZipFile, part: zipfile.ZipInfo, budget: int) -> int:
    """Unpack one part chunk by chunk, looking at what it begins with."""
    count = 0
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if not count:
                _check_beginning(part.filename, chunk[:4096])
            count += len(chunk)
            if count > budget:
                raise _swells()
    return count


def _check_beginning(name: str, head: bytes) -> None:
    if name.lower().endswith((".xml", ".rels")) and _DOCTYPE.search(head.replace(b"\0", b"")):
        raise _damaged()
    zipped = head.startswith(b"PK\x03\x04") and not _CHART_DATA.match(name)
    if zipped or head.startswith((b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")):
        raise _damaged()


def _check_ooxml(package: zipfile.ZipFile, type_: FileType) -> None:
    declared = [node.get("ContentType", "") for node in _parsed(package, "[Content_Types].xml")]
    if any("macroenabled" in name.lower() or "vbaproject" in name.lower() for name in declared):
        raise _has_macros()
    if type_.main_part not in declared:
        raise _damaged()
    for node in _relationships(package):
        fetched = node.get("Type", "").endswith(_FETCHED)
        if fetched and node.get("TargetMode") == "External":
            raise Refused(
                _(
                    "This document fetches a part of itself from elsewhere when it is opened. "
                    "Save it as a PDF and send it again."
                )
            )


def _relationships(package: zipfile.ZipFile) -> Iterator[Element]:
    for name in package.namelist():
        if name.lower().endswith(".rels"):
            yield from _parsed(package, name)


def _check_open_document(package: zipfile.ZipFile, type_: FileType) -> None:
    if package.read("mimetype").strip() != type_.main_part.encode():
        raise _damaged()
    for node in _parsed(package, "META-INF/manifest.xml").iter():
        if node.tag.endswith("}encryption-data"):
            raise Refused(_("This document is protected by a password. Save it without one."))


def _parsed(package: zipfile.ZipFile, name: str) -> Element:
    if package.getinfo(name).file_size > _MAX_READ:
        raise _swells()
    root: Element = fromstring(package.read(name), forbid_dtd=True)
    return root


def _has_macros() -> Refused:
    return Refused(_("This file has macros. Save it as a PDF and send it again."))


def _swells() -> Refused:
    return Refused(
        _(
            "This document takes up far more room when opened than it seems to. Save it as a PDF "
            "and send it again."
        )
    )


def _damaged() -> Refused:
    return Refused(
        _(
            "This document is damaged, or its content is not what its name says. Open it on your "
            "computer, save it as a PDF and send it again."
        )
    )

"""The one list of what may be uploaded. A type that is not here does not get in.

Documents people really have: what offices write, scan, photograph and record. Nothing a browser
or an office program would run: no HTML, no SVG, no files with macros, no archives.
"""

from dataclasses import dataclass
from enum import StrEnum

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


class Kind(StrEnum):
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    TXT = "txt"
    CSV = "csv"
    MP4 = "mp4"
    MP3 = "mp3"


@dataclass(frozen=True)
class FileType:
    """`main_part` is what an office package must say it is, inside."""

    kind: Kind
    content_type: str
    extensions: tuple[str, ...]
    main_part: str = ""


TYPES = (
    FileType(Kind.PDF, "application/pdf", (".pdf",)),
    FileType(Kind.JPEG, "image/jpeg", (".jpg", ".jpeg")),
    FileType(Kind.PNG, "image/png", (".png",)),
    FileType(Kind.WEBP, "image/webp", (".webp",)),
    FileType(
        Kind.DOCX,
        f"{_OOXML}wordprocessingml.document",
        (".docx",),
        f"{_OOXML}wordprocessingml.document.main+xml",
    ),
    FileType(
        Kind.XLSX,
        f"{_OOXML}spreadsheetml.sheet",
        (".xlsx",),
        f"{_OOXML}spreadsheetml.sheet.main+xml",
    ),
    FileType(
        Kind.PPTX,
        f"{_OOXML}presentationml.presentation",
        (".pptx",),
        f"{_OOXML}presentationml.presentation.main+xml",
    ),
    FileType(Kind.ODT, f"{_ODF}text", (".odt",), f"{_ODF}text"),
    FileType(Kind.ODS, f"{_ODF}spreadsheet", (".ods",), f"{_ODF}spreadsheet"),
    FileType(Kind.ODP, f"{_ODF}presentation", (".odp",), f"{_ODF}presentation"),
    FileType(Kind.TXT, "text/plain", (".txt",)),
    FileType(Kind.CSV, "text/csv", (".csv",)),
    FileType(Kind.MP4, "video/mp4", (".mp4",)),
    FileType(Kind.MP3, "audio/mpeg", (".mp3",)),
)

BY_EXTENSION = {extension: type_ for type_ in TYPES for extension in type_.extensions}

# For the `accept` attribute of a file field.
ACCEPT = ",".join(BY_EXTENSION)

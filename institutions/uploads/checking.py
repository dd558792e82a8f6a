"""What a file must pass to get in: its name and its content must both say the same listed type."""

import hashlib
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from institutions import reading
from institutions.uploads import (
    archives,
    names,
    office,
    pdfs,
    pictures,
    recordings,
    scanning,
    texts,
)
from institutions.uploads.errors import Refused
from institutions.uploads.kinds import BY_EXTENSION, TYPES, FileType, Kind
from institutions.uploads.personal_data import count_pesels


@dataclass(frozen=True)
class Checked:
    """What to store: `file` (rewound) under the name `filename`, which is data and not a path.

    `personal_numbers` is how many PESEL numbers its text seems to hold; itself it holds none.
    """

    kind: Kind
    content_type: str
    extension: str
    filename: str
    file: "File[bytes]"
    personal_numbers: int = 0


def inspect(file: "IO[bytes] | File[bytes]", filename: str, *, max_bytes: int) -> Checked:
    """Let a file in, or raise Refused with a sentence for the person who sent it.

    Pictures are written anew without their hidden data, text comes back as UTF-8; everything
    else is stored byte for byte. Reads the whole file piece by piece; leaves it at its beginning.
    Raises ScannerAway when a virus scanner is set and does not answer.
    """
    name = names.display_name(filename)
    type_ = _type_of(name)
    size = _size_within(file, max_bytes)
    _refuse_infected(file)
    checked = _check_content(file, size, type_) or _as_file(file, name)
    numbers = count_pesels(reading.text_of(checked, type_.kind))
    checked.seek(0)
    return Checked(type_.kind, type_.content_type, type_.extensions[0], name, checked, numbers)


def check_name(filename: str) -> str:
    """The name to show for a file that is announced; Refused when no file of that type gets in."""
    name = names.display_name(filename)
    _type_of(name)
    return name


def sha256_of(file: "IO[bytes] | File[bytes]") -> str:
    """SHA-256 of the whole file in hexadecimal, read in pieces; leaves it at its beginning."""
    file.seek(0)
    inner = file.file if isinstance(file, File) else file
    digest = hashlib.file_digest(inner, "sha256")  # type: ignore[arg-type]
    file.seek(0)
    return digest.hexdigest()


def _type_of(name: str) -> FileType:
    extension = names.extension_of(name)
    if type_ := BY_EXTENSION.get(extension):
        return type_
    accepted = ", ".join(type_.kind.upper() for type_ in TYPES)
    if not extension:
        message = _("The name of this file has no ending such as .pdf. Accepted are: %(accepted)s.")
    else:
        message = _(
            "Files of the type %(extension)s are not accepted. Accepted are: %(accepted)s. A "
            "document of another type can be saved as a PDF."
        )
    raise Refused(message % {"extension": extension[:20], "accepted": accepted})


def _size_within(file: Any, max_bytes: int) -> int:
    size: int = file.seek(0, 2) or file.tell()
    file.seek(0)
    if not size:
        raise Refused(
            _("This file is empty. Check that it opens on your computer, and send it anew.")
        )
    if size > max_bytes:
        raise Refused(
            _(
                "This file has %(size)s, and at most %(limit)s are accepted. Make it smaller or "
                "divide it; a long film can be added as a link."
            )
            % {"size": filesizeformat(size), "limit": filesizeformat(max_bytes)}
        )
    return size


def _refuse_infected(file: Any) -> None:
    """Ask the scanner before anything of ours opens the file."""
    if found := scanning.find_in(file):
        raise Refused(
            _(
                "The virus scanner found something harmful in this file (%(found)s), so it was not "
                "accepted. Check the computer it comes from, and send a clean file."
            )
            % {"found": found}
        )


def _check_content(file: Any, size: int, type_: FileType) -> "File[bytes] | None":
    """Open the file as what its name says; a file to store instead of it, or None."""
    match type_.kind:
        case Kind.PDF:
            pdfs.check(file)
        case Kind.JPEG | Kind.PNG | Kind.WEBP:
            return pictures.rewrite(file, type_.kind)
        case Kind.TXT | Kind.CSV:
            return texts.read(file)
        case Kind.MP4:
            recordings.check_mp4(file, size)
        case Kind.MP3:
            recordings.check_mp3(file)
        case _:
            office.check(file, type_)
            return None
    archives.refuse_archive(file, size)
    return None


def _as_file(file: Any, name: str) -> "File[bytes]":
    return file if isinstance(file, File) else File(file, name=name)

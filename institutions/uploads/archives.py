"""One file that is two: a document or a recording which also opens as a ZIP archive.

Readers of ZIP look for its end at the end of the file, and let anything stand before it. So a PDF
or a film can carry an archive that no check of PDFs or films would see.
"""

from typing import IO

from django.utils.translation import gettext as _

from institutions.uploads.errors import Refused

# The end of an archive (PKWARE APPNOTE 4.3.16): 22 bytes and a comment of up to 64 KB, here
# with as much again for what was put behind it.
_SEARCHED = 2 * 65_535
_END, _ENTRY, _IN_ZIP64 = b"PK\x05\x06", b"PK\x01\x02", 0xFFFF_FFFF


def refuse_archive(file: IO[bytes], size: int) -> None:
    """Refuse a file in which a list of archived files ends where a list of that length began."""
    start = max(0, size - _SEARCHED)
    file.seek(start)
    tail = file.read(_SEARCHED)
    at = tail.rfind(_END)
    while at >= 0:
        length = int.from_bytes(tail[at + 12 : at + 16], "little")
        file.seek(max(0, start + at - length))
        if length == _IN_ZIP64 or (length and file.read(4) == _ENTRY):
            raise Refused(
                _(
                    "This file is an archive of other files at the same time. Open it on your "
                    "computer, save it anew and send the new file."
                )
            )
        at = tail.rfind(_END, 0, at)

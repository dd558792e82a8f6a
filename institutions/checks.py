"""What the machine must have ready before files are let in; said by `manage.py check --deploy`."""

import io
from typing import IO, Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from institutions.uploads import scanning


class _Zeros(io.RawIOBase):
    """So many zero bytes, without room for them."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        given = min(size, self.left)
        self.left -= given
        return bytes(given)

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0


def virus_scanner(**kwargs: Any) -> list[CheckMessage]:
    """Where CLAMD_ADDRESS is set: that a scanner answers there, and takes our largest file."""
    if not settings.CLAMD_ADDRESS:
        return []
    if not scanning.is_answering():
        return [
            Error(
                f"No virus scanner answers at CLAMD_ADDRESS ({settings.CLAMD_ADDRESS}), so no "
                "file can be added.",
                hint="systemctl status clamav-daemon; see docs/operating.md, Virus scanner.",
                id="institutions.E001",
            )
        ]
    largest: IO[bytes] = _Zeros(settings.EVIDENCE_MAX_BYTES)  # type: ignore[assignment]
    try:
        scanning.find_in(largest)
    except scanning.ScannerAway:
        return [
            Warning(
                "The virus scanner does not take a file of EVIDENCE_MAX_BYTES "
                f"({settings.EVIDENCE_MAX_BYTES}), so such a file cannot be added.",
                hint="Raise StreamMaxLength, MaxFileSize and MaxScanSize in clamd.conf.",
                id="institutions.W001",
            )
        ]
    return []

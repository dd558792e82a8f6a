"""The virus scanner: ClamAV's clamd, asked over a socket, where CLAMD_ADDRESS is set.

The protocol is one word, pieces that begin with their length, and one line of answer (clamd(8),
INSTREAM). Our own sockets, because the libraries on offer read the whole file into memory or
wait without end, and do not tell "too large for me" from "clean".
"""

import logging
import re
import socket
import time
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from certification.errors import Unavailable

CONNECT_SECONDS = 5
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096
_NAME = re.compile(r"[^\w.:/-]")

logger = logging.getLogger(__name__)


class ScannerAway(Unavailable):
    """The file could not be scanned. It is withheld until it can be, and never passed."""


class TooLargeForScanner(ScannerAway):
    """clamd's own limits (StreamMaxLength, MaxFileSize) are below the size of this file."""


def find_in(file: IO[bytes]) -> str:
    """What the scanner calls the thing it found in the file; '' when it is clean, or none is set.

    Reads the whole file in pieces and leaves it at its beginning. Takes at most CLAMD_TIMEOUT
    seconds. Raises ScannerAway when there is no answer, and no plain one.
    """
    if not settings.CLAMD_ADDRESS:
        return ""
    file.seek(0)
    try:
        answer = _ask(b"zINSTREAM\0", file)
    except (OSError, ValueError) as error:
        logger.error("clamd at %s does not answer: %r", settings.CLAMD_ADDRESS, error)
        raise _away() from error
    file.seek(0)
    return _found(answer)


def is_answering() -> bool:
    """Whether a scanner is there at all."""
    try:
        return _ask(b"zPING\0") == "PONG"
    except (OSError, ValueError):
        return False


def _found(answer: str) -> str:
    if answer == "stream: OK":
        return ""
    if "size limit exceeded" in answer or "Limits.Exceeded" in answer:
        logger.error("clamd takes only smaller files: %r", answer)
        raise TooLargeForScanner(
            _(
                "This file is too large for the virus scanner, so it was not added. Tell the "
                "administrator, or send a smaller file."
            )
        )
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return _NAME.sub("", answer[len("stream: ") : -len(" FOUND")])[:100] or "?"
    logger.error("clamd answers: %r", answer)
    raise _away()


def _ask(command: bytes, file: IO[bytes] | None = None) -> str:
    until = time.monotonic() + settings.CLAMD_TIMEOUT
    with _connected() as connection:
        try:
            connection.sendall(command)
            while file and (piece := file.read(_PIECE)):
                connection.settimeout(_left(until))
                connection.sendall(len(piece).to_bytes(4, "big") + piece)
            if file:
                connection.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough; why, its answer says
        return _answer(connection, until)


def _connected() -> socket.socket:
    address = urlsplit(settings.CLAMD_ADDRESS)
    if address.scheme == "tcp" and address.hostname:
        place = address.hostname, address.port or 3310
        return socket.create_connection(place, timeout=CONNECT_SECONDS)
    if address.scheme != "unix":
        raise ValueError("CLAMD_ADDRESS begins with unix: or tcp://")
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(CONNECT_SECONDS)
        connection.connect(address.path)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket, until: float) -> str:
    """One line, which ends with a zero byte. Raises ConnectionError when it ends before."""
    received = b""
    while not received.endswith(b"\0"):
        connection.settimeout(_left(until))
        piece = connection.recv(_LONGEST_ANSWER)
        received += piece
        if not piece or len(received) > _LONGEST_ANSWER:
            raise ConnectionError(f"no whole answer: {received[:200]!r}")
    return received[:-1].decode("ascii", "replace").strip()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError(f"no answer within {settings.CLAMD_TIMEOUT} s")
    return left


def _away() -> ScannerAway:
    return ScannerAway(
        _(
            "The virus scanner does not answer just now, so the file could not be checked and was "
            "not added. Try again in a few minutes."
        )
    )

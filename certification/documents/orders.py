"""Printing goes to a process of its own, the press room: it may spend little and reach nothing.

What people typed is laid out there and nowhere else. A text that makes the layout run for ever, or
breaks the press, ends that process and not the one that serves people. What it may is in
press_room.py.
"""

import atexit
import logging
import os
import pickle
import selectors
import signal
import subprocess  # noqa: S404
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast

from django.utils.translation import gettext as _

from certification.errors import CannotDo

from .placing import Look
from .press_room import ALLOWED_SECONDS, HEAD, PRINTED
from .sheets import CertificateSheet, LetterSheet

PROGRAM = Path(__file__).with_name("press_room.py")
PATIENCE = 10  # seconds beyond those of the processor, which may be busy elsewhere
PIECE = 1024 * 1024  # bytes of an answer read at once
logger = logging.getLogger(__name__)


class NotPrinted(CannotDo):
    """The press took too long or too much memory, broke, or was asked for what it has not."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This document could not be printed: one of its texts is too long or too unusual "
                "for the press. Shorten the texts and try again. Nothing was issued."
            )
        )


@dataclass(frozen=True)
class Order:
    """What to print: a page of HTML in a style, dated `day`.

    `images` answer to `<img src="print:name">`: drawings, or the bytes of a mark. `data` is
    attached under `data_name`.
    """

    html: str
    style: str
    day: date
    images: dict[str, Any] = field(default_factory=dict)
    data: bytes = b""
    data_name: str = ""


@dataclass(frozen=True)
class LetterOrder:
    """A letter to set, its texts typeset: `contact` and `dated` as they are printed, `address`
    the one that its QR code leads to. `images` are its mark, its code and dots to sign on.
    """

    sheet: LetterSheet
    contact: str
    dated: str
    address: str
    images: dict[str, Any]

    @property
    def style(self) -> str:
        """What kind of document it is, as of other orders."""
        return "letter"

    @property
    def day(self) -> date:
        return self.sheet.issued_on


@dataclass(frozen=True)
class CertificateOrder:
    """A certificate to set, its texts typeset; `texts` are those that `place` fitted into the
    `look`. A `genuine` one has its QR code, which leads to `address`. It may `bleed`, in
    millimetres. `data` is attached under `data_name`.
    """

    sheet: CertificateSheet
    look: Look
    texts: dict[str, Any]
    genuine: bool
    address: str
    images: dict[str, Any]
    bleed: float = 0
    data: bytes = b""
    data_name: str = ""

    @property
    def style(self) -> str:
        """What kind of document it is, as of other orders."""
        return f"certificate_{self.sheet.design}"

    @property
    def day(self) -> date:
        return self.sheet.issued_on


AnyOrder = Order | LetterOrder | CertificateOrder


def printed(order: AnyOrder) -> bytes:
    """The document's bytes, printed by the press room of this process. Raises NotPrinted."""
    return _press_room(os.getpid()).printed(order)


@cache
def _press_room(process: int) -> "PressRoom":
    """A forked process opens a room of its own: two cannot read the answers of one."""
    return PressRoom()


class PressRoom:
    """The process and the pipes to it; it starts with the first order, and anew after a mishap.

    `allowed` are the seconds of the processor for one document.
    """

    def __init__(self, allowed: int = ALLOWED_SECONDS) -> None:
        self.allowed = allowed
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._folder = TemporaryDirectory(prefix="press-")  # for its copies of the fonts
        atexit.register(self.close)

    def printed(self, order: AnyOrder) -> bytes:
        """One order at a time: Pango's fonts are not for two threads at once."""
        content = pickle.dumps(order)
        with self._lock:
            try:
                kind, answer = self._asked(content)
            except (OSError, EOFError) as mishap:  # TimeoutError is an OSError, too
                self._end()
                kind, answer = b"", repr(mishap).encode()
        if kind != PRINTED:
            logger.error("Not printed (%s): %s", order.style, answer.decode(errors="replace"))
            raise NotPrinted
        return answer

    def close(self) -> None:
        """Let the process go; without us it ends by itself, since nobody can order any more."""
        with self._lock:
            self._end()
            self._folder.cleanup()

    def _asked(self, content: bytes) -> tuple[bytes, bytes]:
        """Once more where somebody ended the process, say the kernel for want of memory: what is
        ordered has not done that, and would have been ended by a signal of its own.
        """
        try:
            return self._running().answer(content, self.allowed + PATIENCE)
        except (BrokenPipeError, EOFError):
            ended_by = self._running().status()
            self._end()
            if ended_by != -signal.SIGKILL:
                raise
            return self._running().answer(content, self.allowed + PATIENCE)

    def _running(self) -> "_Process":
        if self._process is None:
            self._process = _Process(self._folder.name, self.allowed)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.end()


class _Process:
    """The program while it runs."""

    def __init__(self, folder: str, allowed: int) -> None:
        # told nothing of the environment: keys and passwords stay out of there
        self._popen = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", str(PROGRAM), str(allowed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"TMPDIR": folder, "XDG_CACHE_HOME": folder},
        )
        self._orders = cast("IO[bytes]", self._popen.stdin)
        self._answers = cast("IO[bytes]", self._popen.stdout)

    def answer(self, order: bytes, seconds: float) -> tuple[bytes, bytes]:
        """Which kind of answer, and its bytes.

        Raises TimeoutError, and EOFError or BrokenPipeError when the process has ended.
        """
        deadline = time.monotonic() + seconds
        self._orders.write(HEAD.pack(PRINTED, len(order)) + order)
        self._orders.flush()
        kind, length = HEAD.unpack(self._read(HEAD.size, deadline))
        return kind, self._read(length, deadline)

    def status(self) -> int:
        """The exit status, negative for a signal, of a process that has closed its pipes."""
        return self._popen.wait()

    def end(self) -> None:
        self._popen.kill()
        self._popen.wait()
        self._answers.close()
        with suppress(BrokenPipeError):  # what was not written yet goes with it
            self._orders.close()

    def _read(self, length: int, deadline: float) -> bytes:
        pieces: list[bytes] = []
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._answers, selectors.EVENT_READ)
            while length:
                if not waiting.select(max(deadline - time.monotonic(), 0)):
                    raise TimeoutError
                if not (piece := os.read(self._answers.fileno(), min(length, PIECE))):
                    raise EOFError
                pieces.append(piece)
                length -= len(piece)
        return b"".join(pieces)

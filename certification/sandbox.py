"""A program of ours, run as a process of its own that may spend little memory and time.

What strangers send is opened there and nowhere else: a file made to swell, or to break a parser,
ends that process and not the one that serves people (docs/decisions/0012).
"""

import os
import shutil
import subprocess  # noqa: S404
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import BoundedSemaphore
from typing import IO

_WAIT = 15  # seconds; the program itself limits its work to fewer
# Programs that one process of the server runs at once, each with up to 320 MB: whoever opens a
# hundred pages in a hundred tabs leaves memory, and a thread, to others.
AT_ONCE = 3
PATIENCE = 5.0  # seconds that somebody waits for a place among them
_places = BoundedSemaphore(AT_ONCE)


def run(program: Path, *arguments: str, seconds: float = _WAIT) -> bytes | None:
    """What the program printed, or None where it ran out of memory or time, or broke.

    Raises Busy when AT_ONCE others are at work and none of them ends.

    The program sets its own limits (RLIMIT_DATA, RLIMIT_CPU) and imports nothing of Django, so
    that it starts in a tenth of a second. It is told nothing of the environment: keys and
    passwords stay out of a process that opens what strangers send.
    """
    command = [sys.executable, "-I", str(program), *arguments]
    if not _places.acquire(timeout=PATIENCE):
        # here, since the programs import this module and nothing of Django
        from certification.busy import Busy  # noqa: PLC0415

        raise Busy
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and paths of ours
            command, capture_output=True, timeout=seconds, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return None
    finally:
        _places.release()
    return done.stdout if done.returncode == 0 else None


@contextmanager
def on_disk(file: IO[bytes], suffix: str = "") -> Iterator[str]:
    """A path to the file's content: its own where it has one, else of a copy for the moment."""
    own_path = _path_of(file)
    if own_path:
        yield own_path
        return
    with NamedTemporaryFile(suffix=suffix) as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield copy.name


def _path_of(file: IO[bytes]) -> str:
    """Where the file lies, if it is open from this machine's disk; a name alone is not believed."""
    if path := getattr(file, "temporary_file_path", None):
        return str(path())
    inner = getattr(file, "file", file)  # a field's or an upload's file has the real one inside
    name = getattr(getattr(inner, "file", inner), "name", None)
    try:
        same = os.path.samestat(os.fstat(inner.fileno()), os.stat(name or ""))
    except (AttributeError, OSError, TypeError, ValueError):
        return ""
    return str(name) if same else ""

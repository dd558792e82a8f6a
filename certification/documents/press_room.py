"""The press room: prints what it is ordered to, shut in, until nobody orders any more.

Run as a program (orders.py), with the seconds allowed for a document. It is set up first; from
then on it opens no file but libraries and fonts, to read, makes no connection and starts nothing,
and has memory and processor time for one document. An order comes pickled from our own process;
what goes back is bytes and nothing else.
"""

import pickle
import resource
import struct
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import IO, Any

MEMORY = (
    768 * 1024 * 1024
)  # bytes of data; a case's report of 54 answers takes 150 MB with the press
ALLOWED_SECONDS = 40  # of the processor for one document; that report takes two
HEAD = struct.Struct("!cQ")  # what kind of answer it is, and how many bytes follow
PRINTED, FAILED = b"P", b"F"
OUR_CODE = Path(__file__).parents[1]
PROJECT = OUR_CODE.parent
SYSTEM = {Path(name) for name in ("/lib", "/usr/lib", "/etc/fonts", "/usr/share/fonts")}


def main() -> None:
    sys.path.insert(0, str(PROJECT))
    press = import_module("certification.documents.press").Press()
    _shut_in()
    orders, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := orders.read(HEAD.size):
        _kind, length = HEAD.unpack(head)
        _allow(int(sys.argv[1]))
        _answer(answers, *_carried_out(press, orders.read(length)))


def _carried_out(press: Any, order: bytes) -> tuple[bytes, bytes]:
    try:
        return PRINTED, press.print(pickle.loads(order))  # noqa: S301 - from our own process
    except MemoryError:
        sys.exit(1)  # nothing in here is to be relied on any more
    except Exception as error:  # whatever a text does to the press, the next order is another
        return FAILED, repr(error).encode()


def _answer(answers: IO[bytes], kind: bytes, content: bytes) -> None:
    answers.write(HEAD.pack(kind, len(content)))
    answers.write(content)
    answers.flush()


def _shut_in() -> None:
    """Only now: the press has read its fonts and styles, and opens some of them again."""
    libraries = {Path(path) for path in sys.path if Path(path).is_dir()} - {PROJECT}
    fonts = Path(tempfile.gettempdir())  # a folder of this process alone: see orders.py
    import_module("certification.confinement").shut_in({*libraries, *SYSTEM, OUR_CODE, fonts})
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow(seconds: int) -> None:
    """So much of the processor from now on; beyond it the kernel ends the process (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()

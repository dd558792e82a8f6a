"""A stand-in that speaks clamd's protocol, and the real clamd with one signature of its own."""

import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.institutions.hostile_files import EICAR

Answering = Callable[[socket.socket, "Heard"], None]


class Heard:
    """What the stand-in was sent: the command, and the file put together again."""

    def __init__(self) -> None:
        self.command = b""
        self.pieces: list[int] = []
        self.file = b""

    def listen(self, connection: socket.socket) -> None:
        while not self.command.endswith(b"\0"):
            self.command += connection.recv(1)
        while self.command == b"zINSTREAM\0" and (length := self._length(connection)):
            self.pieces.append(length)
            self.file += _exactly(connection, length)

    def _length(self, connection: socket.socket) -> int:
        return int.from_bytes(_exactly(connection, 4), "big")


def _exactly(connection: socket.socket, size: int) -> bytes:
    received = b""
    while len(received) < size:
        piece = connection.recv(size - len(received))
        if not piece:
            raise ConnectionError("the sender broke off")
        received += piece
    return received


def says(answer: bytes) -> Answering:
    """Hear everything, then answer."""

    def answering(connection: socket.socket, heard: Heard) -> None:
        heard.listen(connection)
        connection.sendall(answer)

    return answering


@contextmanager
def stand_in(answering: Answering, *, over: str = "unix") -> Iterator[tuple[str, Heard]]:
    """The address of a scanner which treats its one visitor so, and what it heard."""
    folder = tempfile.mkdtemp(prefix="clamd-")  # short: the path of a socket has 107 bytes
    if over == "unix":
        server = socket.socket(socket.AF_UNIX)
        server.bind(f"{folder}/ctl")
        address = f"unix:{folder}/ctl"
    else:
        server = socket.create_server(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    server.listen()
    heard = Heard()

    def serve() -> None:
        try:
            connection, _peer = server.accept()
            with connection:
                answering(connection, heard)
        except OSError:
            pass  # nobody came, or the visitor left

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield address, heard
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()
        shutil.rmtree(folder)


@contextmanager
def real_clamd(*, stream_max: str = "30M") -> Iterator[str]:
    """The address of a clamd of our own, which knows nothing but the EICAR test file."""
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "eicar.ndb").write_text(f"Eicar-Test:0:*:{EICAR.encode().hex()}\n")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {folder}/ctl\nForeground yes\n"
        f"StreamMaxLength {stream_max}\nMaxFileSize {stream_max}\nAlertExceedsMax yes\n"
        f"TemporaryDirectory {folder}\nLogFile {folder}/log\n"
    )
    program = shutil.which("clamd", path="/usr/sbin:/usr/bin") or "clamd"
    process = subprocess.Popen(
        [program, f"--config-file={folder}/clamd.conf"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(folder / "log", process)
        yield f"unix:{folder}/ctl"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _wait_for(log: Path, process: "subprocess.Popen[bytes]") -> None:
    """Until the log says that clamd listens: it is followed, not guessed."""
    with subprocess.Popen(
        ["tail", "-F", "-n", "+1", log], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as tail:
        assert tail.stdout
        for line in tail.stdout:
            if b"Self checking every" in line or process.poll() is not None:
                break
        tail.terminate()

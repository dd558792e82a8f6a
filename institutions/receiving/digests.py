"""The SHA-256 of a file, computed while it comes: so that it need not be read once more."""

import hashlib
import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

PIECE = 1024 * 1024  # bytes in memory


class RunningDigest:
    """Follows a file that grows, in a thread beside the one that receives it.

    hashlib lets go of the interpreter meanwhile, so both go on at once. What it reads was written
    a moment ago and is still in the system's memory. To be closed.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self._digest, self._done, self._known = hashlib.sha256(), 0, 0
        self._buffer = memoryview(bytearray(PIECE))
        self._pool = ThreadPoolExecutor(1)
        self._under_way: Future[None] | None = None

    def follow(self, size: int) -> None:
        """The file has `size` bytes by now."""
        self._known = size
        if self._under_way is None or self._under_way.done():
            self._go_on()

    def hexdigest(self) -> str:
        """Of all that is known of the file; waits for it. Raises OSError when it is shorter."""
        self._go_on()
        self._wait()
        return self._digest.hexdigest()

    def close(self) -> None:
        self._pool.shutdown()
        self._file.close()

    def _go_on(self) -> None:
        self._wait()
        self._under_way = self._pool.submit(self._take_in)

    def _wait(self) -> None:
        if self._under_way is not None:
            self._under_way.result()

    def _take_in(self) -> None:
        while self._done < self._known:
            wanted = self._buffer[: min(PIECE, self._known - self._done)]
            if not (size := os.preadv(self._file.fileno(), [wanted], self._done)):
                raise OSError("the file became shorter while it was hashed")
            self._digest.update(wanted[:size])
            self._done += size

"""The SHA-256 of a file, computed while it comes: so that it need not be read once more."""

import hashlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

BATCH = 1024 * 1024  # bytes handed to the other thread at once; at most three batches in memory


class RunningDigest:
    """Hashes what it is given in a thread beside the one that receives.

    hashlib lets go of the interpreter meanwhile, so both go on at once. To be closed.
    """

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._pool = ThreadPoolExecutor(1)
        self._under_way: deque[Future[None]] = deque()
        self._batch: list[bytes] = []
        self._size = 0

    def begin_with(self, path: Path, size: int) -> None:
        """Take in the first `size` bytes of a file, before anything else is given."""
        if size:  # a file that has nothing yet need not be there
            self._submit(self._take_in_file, path, size)

    def update(self, piece: bytes) -> None:
        self._batch.append(piece)
        self._size += len(piece)
        if self._size >= BATCH:
            self._hand_over()

    def hexdigest(self) -> str:
        """Of all that was given; waits for it."""
        self._hand_over()
        while self._under_way:
            self._under_way.popleft().result()
        return self._digest.hexdigest()

    def close(self) -> None:
        self._pool.shutdown()

    def _hand_over(self) -> None:
        while len(self._under_way) > 1:
            self._under_way.popleft().result()
        self._submit(self._take_in, self._batch)
        self._batch, self._size = [], 0

    def _submit(self, work: Callable[..., None], *given: Any) -> None:
        self._under_way.append(self._pool.submit(work, *given))

    def _take_in_file(self, path: Path, size: int) -> None:
        with path.open("rb", buffering=0) as file:
            while size and (piece := file.read(min(size, BATCH))):
                self._digest.update(piece)
                size -= len(piece)

    def _take_in(self, batch: list[bytes]) -> None:
        for piece in batch:
            self._digest.update(piece)

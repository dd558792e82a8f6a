"""The SHA-256 of a file, computed while it comes: so that it need not be read once more."""

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

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
        self._under_way.append(self._pool.submit(self._take_in, self._batch))
        self._batch, self._size = [], 0

    def _take_in(self, batch: list[bytes]) -> None:
        for piece in batch:
            self._digest.update(piece)

"""The electronic seal on what we issue: PAdES, invisible, added at the end of the printed file.

The key is named by settings (`source`), opened once in each process (`keys`), and seals bytes
(`sealing`). What it needs is imported where the first document is sealed. Without a key nothing
is sealed. See docs/decisions/0034.
"""

import importlib
import os
from datetime import datetime

from .facts import Level, SealedBy, SealedFile
from .source import Source, source

__all__ = ["Level", "SealedBy", "SealedFile", "Source", "in_use", "seal", "source"]


def seal(content: bytes, moment: datetime) -> SealedFile | None:
    """The PDF with our seal, which says it was made at `moment`; None where no seal is set.

    Raises Unavailable when the seal is set and cannot be used now: nothing may be issued
    without it then.
    """
    found = source()
    if found is None:
        return None
    sealed: SealedFile = _sealing().seal(os.getpid(), found, content, moment)
    return sealed


def in_use(moment: datetime) -> SealedBy | None:
    """Whose seal would be set now; None where none is set. Raises Unavailable like `seal`."""
    found = source()
    if found is None:
        return None
    whose: SealedBy = _sealing().whose(os.getpid(), found, moment)
    return whose


def _sealing():  # type: ignore[no-untyped-def]
    return importlib.import_module("certification.documents.seal.sealing")

"""Who signed a PDF, whether it is intact, and by whom the signer is vouched for: facts, no verdict.

The file is read by a program of its own (`program.py`, certification/sandbox.py). Trusted are the
certificates in the folder SIGNATURE_TRUST: those of an EU trusted list (`trusted_list`), or any
that the operator puts there. Nothing is ever fetched from the network.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from certification.sandbox import on_disk, run

from .facts import After, Examination, Signature, Stamp, Trust

PROGRAM = Path(__file__).with_name("program.py")
WAIT = 30.0  # seconds; the program limits its own work to fewer

__all__ = ["After", "Examination", "Signature", "Stamp", "Trust", "examine"]


def examine(file: IO[bytes], *, moment: datetime, original_size: int = 0) -> Examination | None:
    """Look at the signatures of a PDF as they stand at `moment`; None where it cannot be read.

    The first `original_size` bytes are a document of ours, in which case it is also said what was
    done to it since. Raises Busy (sandbox.run).
    """
    trust = Path(settings.SIGNATURE_TRUST)
    folder = str(trust) if trust.is_dir() else ""
    with on_disk(file, ".pdf") as path:
        printed = run(PROGRAM, path, moment.isoformat(), str(original_size), folder, seconds=WAIT)
    return Examination.of(json.loads(printed)) if printed else None

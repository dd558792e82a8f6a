"""What is known of a seal: whose it is, and how much proof it carries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ENDS_SOON = timedelta(days=60)


class Level(StrEnum):
    """Levels of ETSI EN 319 142-1 (PAdES)."""

    BASIC = "B-B"  # the seal alone
    STAMPED = "B-T"  # and the time, from a time-stamping authority
    LASTING = "B-LTA"  # and proofs that nothing was revoked, under a time stamp of the whole file


@dataclass(frozen=True)
class SealedBy:
    """A certificate that documents are sealed with. `pem` holds it and those that vouch for it."""

    fingerprint: str  # SHA-256 of the certificate, in hexadecimal
    subject: str
    issuer: str
    valid_from: datetime
    valid_to: datetime
    level: Level
    pem: str

    def ends_soon(self, moment: datetime) -> bool:
        return self.valid_to <= moment + ENDS_SOON


@dataclass(frozen=True)
class SealedFile:
    content: bytes
    by: SealedBy
    at: datetime

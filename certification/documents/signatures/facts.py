"""What was found about the signatures in a PDF: plain facts that can be kept and read again."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Trust(StrEnum):
    """Who vouches for the signer's certificate."""

    LISTED = "listed"  # a certificate authority of our list
    EXPIRED = "expired"  # one of our list did, while the certificate was valid
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # nobody of our list
    NO_LIST = "no_list"  # nobody has put a list here


class After(StrEnum):
    """What stands in the file after a signature, beyond what the signature covers."""

    NOTHING = "nothing"
    ALLOWED = "allowed"  # further signatures and their proofs, or filled-in fields
    CHANGED = "changed"  # the document itself


@dataclass(frozen=True)
class Stamp:
    """A time given by a time-stamping authority and not by the signer's computer."""

    time: str  # ISO 8601
    authority: str
    is_intact: bool
    trust: str


@dataclass(frozen=True)
class Signature:
    """One signature. Times are ISO 8601, or '' where there is none.

    `number` is the subject's serialNumber, which in Polish certificates holds a PESEL: all but its
    last four characters are hidden. `certifies` says what its author allowed after it, where they
    certified the document. `says_qualified` is the certificate's own claim.
    """

    field: str
    signer: str
    number: str
    organisation: str
    issuer: str
    is_intact: bool
    covers_whole_file: bool
    after: str
    trust: str
    anchor: str
    claimed_time: str
    valid_from: str
    valid_to: str
    says_qualified: bool
    is_seal: bool
    checked_revocation: bool
    certifies: str = ""
    fingerprint: str = ""  # SHA-256 of the signer's certificate, in hexadecimal
    stamp: Stamp | None = None

    @property
    def is_whole(self) -> bool:
        """Intact, and the document was not changed after it."""
        return self.is_intact and self.after != After.CHANGED


@dataclass(frozen=True)
class Examination:
    """What one PDF holds. `since_original` says what was done to the original it begins with,
    or is '' where there is none.
    """

    signatures: tuple[Signature, ...] = ()
    since_original: str = ""
    unreadable: int = 0  # signatures that could not be read at all

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Examination":
        """From plain data, as `as_data` and the program give it; what is unknown is left out."""
        return cls(
            tuple(_signature(each) for each in data.get("signatures", [])),
            str(data.get("since_original", "")),
            int(data.get("unreadable", 0)),
        )


def _signature(data: dict[str, Any]) -> Signature:
    known = {each.name: data[each.name] for each in fields(Signature) if each.name in data}
    if stamp := known.get("stamp"):
        known["stamp"] = Stamp(**{each.name: stamp[each.name] for each in fields(Stamp)})
    return Signature(**known)

"""Whether a PDF bears our seal, and whether it was changed since: in words of one line."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import IO

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification import clock
from certification.documents.models import SealCertificate
from certification.documents.signatures import After, Signature, examine


class Found(Enum):
    """What there is in the file; only the first is a good sign."""

    OURS = gettext_lazy("It bears our electronic seal and was not changed since")
    BROKEN = gettext_lazy("It bears our electronic seal, but it was changed since: do not trust it")
    FOREIGN = gettext_lazy("It bears a signature, and it is not our seal")
    NONE = gettext_lazy("It bears no electronic seal")
    UNREADABLE = gettext_lazy("It cannot be read as a PDF file")


@dataclass(frozen=True)
class SealCheck:
    """`by` and `at` say whose seal it is and when it was set, where it is ours."""

    found: Found
    by: SealCertificate | None = None
    at: datetime | None = None
    signed_after: bool = False  # further signatures were added, which is allowed

    def __str__(self) -> str:
        parts = [str(self.found.value)]
        if self.by and self.at:
            day = date_format(clock.day_of(self.at), "j E Y")
            parts.append(_("%(whose)s, %(day)s") % {"whose": self.by.subject, "day": day})
        return ": ".join(parts) + "."


def check_seal(file: IO[bytes], moment: datetime) -> SealCheck:
    """Look at the file in a process of its own; raises Busy like `examine`.

    Ours is a seal by a certificate that documents were ever sealed with; so those of old ones
    stay known after a new key came.
    """
    found = examine(file, moment=moment)
    if found is None:
        return SealCheck(Found.UNREADABLE)
    known = {
        each.fingerprint: each
        for each in SealCertificate.objects.filter(
            fingerprint__in=[signature.fingerprint for signature in found.signatures]
        )
    }
    for signature in found.signatures:
        if by := known.get(signature.fingerprint):
            return _told(signature, by)
    if found.unreadable:
        return SealCheck(Found.BROKEN)
    return SealCheck(Found.FOREIGN if found.signatures else Found.NONE)


def _told(signature: Signature, by: SealCertificate) -> SealCheck:
    at = datetime.fromisoformat(signature.claimed_time) if signature.claimed_time else None
    found = Found.OURS if signature.is_whole else Found.BROKEN
    return SealCheck(found, by, at, signed_after=signature.after == After.ALLOWED)

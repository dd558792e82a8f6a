"""What somebody typed from the paper, and what to tell them; whatever it was, an answer."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .codes import ALPHABET, LENGTH, normalised
from .models import NUMBER, Certificate
from .states import Status

GAP = r"[\s/\\–-]"
TYPED_NUMBER = re.compile(
    rf"(?:(?:nr|no|numer|number)\.?\s*)?(?:cal{GAP}*osl{GAP}*)?0*([0-9]{{1,6}}){GAP}+([0-9]{{4}})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verdict:
    """The answer in words; `tone` and `icon` only repeat them."""

    headline: str
    text: str
    tone: str
    icon: str
    certificate: Certificate | None = None


def check(typed: str, day: date) -> Verdict:
    """Say how the certificate with this code or number stands on that day."""
    typed = typed.strip().rstrip("/").rpartition("weryfikacja/")[2]  # a pasted address will do
    number, code = TYPED_NUMBER.fullmatch(typed), normalised(typed)
    if number:
        return _verdict(_certificates().filter(number=_full_number(*number.groups())), day, typed)
    if len(code) == LENGTH and set(code) <= set(ALPHABET):
        return _verdict(_certificates().filter(code=code), day, typed)
    return _not_understood(len(code))


def _full_number(number: str, year: str) -> str:
    return NUMBER.format(number=number, year=year)


def _certificates() -> "QuerySet[Certificate]":
    return Certificate.objects.with_facts().select_related("resolution", "document")


def _verdict(found: "QuerySet[Certificate]", day: date, typed: str) -> Verdict:
    certificate = found.first()
    if certificate is None:
        return _never_issued()
    headline, tone, icon = HEADLINES[certificate.status_on(day)]()
    return Verdict(headline, _explanation(certificate, day), tone, icon, certificate)


HEADLINES = {
    Status.VALID: lambda: (_("This certificate is valid"), "success", "check"),
    Status.EXPIRING: lambda: (_("This certificate is valid, but expires soon"), "warning", "clock"),
    Status.UPCOMING: lambda: (_("This certificate is not valid yet"), "info", "calendar"),
    Status.EXPIRED: lambda: (_("This certificate has expired"), "neutral", "clock"),
    Status.WITHDRAWN: lambda: (_("This certificate was withdrawn"), "danger", "cross"),
    Status.SUPERSEDED: lambda: (_("This certificate was replaced by another"), "warning", "alert"),
}


def _explanation(certificate: Certificate, day: date) -> str:
    since, until = _day(certificate.valid_from), _day(certificate.valid_to)
    match certificate.status_on(day):
        case Status.VALID | Status.EXPIRING:
            return _("It has been valid since %(since)s and stays so until %(until)s.") % {
                "since": since,
                "until": until,
            }
        case Status.UPCOMING:
            return _("It will be valid from %(since)s to %(until)s.") % {
                "since": since,
                "until": until,
            }
        case Status.EXPIRED:
            return _("It was valid from %(since)s to %(until)s and no longer stands.") % {
                "since": since,
                "until": until,
            }
        case Status.WITHDRAWN:
            withdrawal = certificate.withdrawal
            return _("It does not stand since %(day)s. Published reason: %(reason)s") % {
                "day": _day(withdrawal.withdrawn_on),
                "reason": withdrawal.reason,
            }
    return _("It was corrected. What counts now is certificate %(number)s.") % {
        "number": certificate.replaced_by.number
    }


def _never_issued() -> Verdict:
    return Verdict(
        _("We have issued no such certificate"),
        _("No certificate with this code or number was ever issued by us."),
        "danger",
        "cross",
    )


def _not_understood(typed: int) -> Verdict:
    return Verdict(
        _("This is neither a code nor a number of ours"),
        ngettext(
            "A code has %(length)s characters and you typed %(typed)s. "
            "A number looks like CAL/OSL/1/2016.",
            "A code has %(length)s characters and you typed %(typed)s. "
            "A number looks like CAL/OSL/1/2016.",
            typed,
        )
        % {"length": LENGTH, "typed": typed},
        "warning",
        "alert",
    )


def _day(day: date) -> str:
    return str(date_format(day, "j E Y"))

"""What was typed from the paper, or the file itself, and what to tell of it: always an answer."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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
        return _verdict(_certificates().filter(number=_full_number(*number.groups())), day)
    if len(code) == LENGTH and set(code) <= set(ALPHABET):
        return _verdict(_certificates().filter(code=code), day)
    return _not_understood(len(code))


def check_file(sha256: str, day: date) -> Verdict:
    """Say how the certificate stands whose PDF, byte for byte, has this SHA-256 in hexadecimal."""
    certificate = _certificates().filter(document__sha256=sha256).first()
    return _told(certificate, day) if certificate else unknown_file()


def _full_number(number: str, year: str) -> str:
    return NUMBER.format(number=number, year=year)


def _certificates() -> "QuerySet[Certificate]":
    return Certificate.objects.with_facts().select_related("resolution", "document")


def _verdict(found: "QuerySet[Certificate]", day: date) -> Verdict:
    certificate = found.first()
    return _told(certificate, day) if certificate else _never_issued()


def _told(certificate: Certificate, day: date) -> Verdict:
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

_STANDS = gettext_lazy("It has been valid since %(since)s and stays so until %(until)s.")
SENTENCES = {
    Status.VALID: _STANDS,
    Status.EXPIRING: _STANDS,
    Status.UPCOMING: gettext_lazy("It will be valid from %(since)s to %(until)s."),
    Status.EXPIRED: gettext_lazy("It was valid from %(since)s to %(until)s and no longer stands."),
    Status.WITHDRAWN: gettext_lazy("It does not stand since %(day)s. Published reason: %(reason)s"),
    Status.SUPERSEDED: gettext_lazy("It was corrected. What counts now is certificate %(number)s."),
}


# what static/js/check-file.js puts the facts of issued_files.py into
BLANKS = {
    "since": "[valid_from]",
    "until": "[valid_to]",
    "day": "[withdrawn_on]",
    "reason": "[reason]",
    "number": "[replaced_by]",
}


def blank_verdicts() -> dict[Status, Verdict]:
    """What is told in each case, with blanks for the facts."""
    verdicts = {}
    for status, words in HEADLINES.items():
        headline, tone, icon = words()
        verdicts[status] = Verdict(headline, str(SENTENCES[status] % BLANKS), tone, icon)
    return verdicts


def _explanation(certificate: Certificate, day: date) -> str:
    facts = {"since": _day(certificate.valid_from), "until": _day(certificate.valid_to)}
    status = certificate.status_on(day)
    if status == Status.WITHDRAWN:
        withdrawal = certificate.withdrawal
        facts |= {"day": _day(withdrawal.withdrawn_on), "reason": withdrawal.reason}
    if status == Status.SUPERSEDED:
        facts |= {"number": certificate.replaced_by.number}
    return str(SENTENCES[status] % facts)


def _never_issued() -> Verdict:
    return Verdict(
        _("We have issued no such certificate"),
        _("No certificate with this code or number was ever issued by us."),
        "danger",
        "cross",
    )


def unknown_file() -> Verdict:
    return Verdict(
        _("This is not a file that we issued"),
        _(
            "It was altered, saved anew or printed to a new file, or it never came from us. "
            "Check the number or the code that stands in it."
        ),
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

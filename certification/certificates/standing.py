"""How a certificate stands, in words, for whoever holds it or its file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import SERIES, Certificate, Reinstatement, SignedCopy, Withdrawal
from .states import IN_FORCE, Status
from .verdicts import DocumentKind, Shown, Verdict, in_words

CHUNK = 500  # rows read at a time

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
# what static/js/check-file.js puts the facts of `files` into
BLANKS = {
    "since": "[valid_from]",
    "until": "[valid_to]",
    "day": "[withdrawn_on]",
    "reason": "[reason]",
    "number": "[replaced_by]",
}


def find(**lookup: str) -> Certificate | None:
    found = _certificates().filter(**lookup).first()
    if found is None and Shown.FILE.value in lookup:
        signed = {f"signed_copies__{name}": value for name, value in lookup.items()}
        found = _certificates().filter(**signed).first()
    return found


def _certificates() -> "QuerySet[Certificate]":
    return Certificate.objects.with_facts().select_related(
        "resolution", "document__seal", "credential"
    )


def tell(certificate: Certificate, day: date, shown: Shown) -> Verdict:
    """The register says as much of every certificate, whatever was shown."""
    status = certificate.status_on(day)
    headline, tone, icon = HEADLINES[status]()
    return Verdict(
        headline,
        _explanation(certificate, status),
        tone,
        icon,
        document=certificate,
        stands=status in IN_FORCE,
        replaced_by=certificate.replaced_by.number if certificate.is_replaced else "",
        template="certificates/_compare.html",
    )


def _explanation(certificate: Certificate, status: Status) -> str:
    facts = {"since": in_words(certificate.valid_from), "until": in_words(certificate.valid_to)}
    if withdrawal := certificate.withdrawal:
        facts |= {"day": in_words(withdrawal.withdrawn_on), "reason": withdrawal.reason}
    if status == Status.SUPERSEDED:
        facts |= {"number": certificate.replaced_by.number}
    return str(SENTENCES[status] % facts)


def blank_verdicts() -> dict[str, Verdict]:
    """What is told in each case, with blanks for the facts."""
    verdicts = {}
    for status, words in HEADLINES.items():
        headline, tone, icon = words()
        verdicts[status.value] = Verdict(headline, str(SENTENCES[status] % BLANKS), tone, icon)
    return verdicts


def files(day: date) -> Iterator[tuple[str, dict[str, str]]]:
    """By the SHA-256 of the PDF: the number and how the certificate stands on that day."""
    certificates = Certificate.objects.with_facts().select_related("document")
    for each in certificates.iterator(chunk_size=CHUNK):
        yield each.document.sha256, _facts(each, day)
    signed = SignedCopy.objects.select_related("document").prefetch_related(
        Prefetch("certificate", Certificate.objects.with_facts())
    )
    for copy in signed.iterator(chunk_size=CHUNK):
        yield copy.document.sha256, _facts(copy.certificate, day)


def _facts(certificate: Certificate, day: date) -> dict[str, Any]:
    status = certificate.status_on(day)
    facts = {
        "number": certificate.number,
        "status": status.value,
        "valid_from": certificate.valid_from.isoformat(),
        "valid_to": certificate.valid_to.isoformat(),
    }
    if withdrawal := certificate.withdrawal:
        facts["withdrawn_on"] = withdrawal.withdrawn_on.isoformat()
        facts["reason"] = withdrawal.reason
    if status == Status.SUPERSEDED:
        facts["replaced_by"] = certificate.replaced_by.number
    return facts


def state_of_files() -> str:
    newest = Certificate.objects.aggregate(last=Max("pk"))["last"]
    withdrawn = Withdrawal.objects.aggregate(last=Max("pk"))["last"]
    annulled = Reinstatement.objects.aggregate(last=Max("pk"))["last"]
    signed = SignedCopy.objects.aggregate(last=Max("pk"))["last"]
    return f"{newest or 0}-{withdrawn or 0}-{annulled or 0}-{signed or 0}"


CERTIFICATES = DocumentKind((SERIES,), find, tell, blank_verdicts, files, state_of_files)

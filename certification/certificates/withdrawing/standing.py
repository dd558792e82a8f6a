"""How a notice of withdrawal, or the Board's answer to an appeal, stands, for whoever holds it.

The register says that a certificate was withdrawn and why, and why the Board annulled that. That an
appeal was refused is nobody's business but the holder's: of such a paper nothing is told but that
it is from us. Charges are not told of at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from certification.certificates.models import AppealRefusal, Certificate, Reinstatement, Withdrawal
from certification.certificates.verdicts import DocumentKind, Shown, Verdict, in_words
from certification.documents.models import StoredDocument

from .papers import SERIES

CHUNK = 500  # rows read at a time
WITHDRAWN, ANNULLED, REINSTATED, REFUSED = (
    f"notice_{name}" for name in ("withdrawn", "annulled", "reinstated", "refused")
)
BLANKS = {"day": "[issued_on]", "number": "[certificate]", "reason": "[reason]"}


@dataclass(frozen=True)
class Notice:
    """A paper that somebody asks about. `reason` is the published one, "" of a refused appeal."""

    key: str
    number: str
    document: StoredDocument
    certificate: Certificate
    reason: str = ""

    @property
    def dated_on(self) -> date:
        return localdate(self.document.created_at)

    @property
    def is_open(self) -> bool:
        """Whether strangers may learn what it says."""
        return self.key != REFUSED


def find(**lookup: str) -> Notice | None:
    """By number or file; these papers have no code."""
    return None if Shown.CODE.value in lookup else next(_notices(lookup), None)


def _notices(lookup: dict[str, str]) -> Iterator[Notice]:
    for row in _printed(
        Withdrawal.objects.filter(**lookup), "charges__certificate", "appeal__reinstatement"
    ):
        certificate = row.charges.certificate
        if row.is_annulled:
            reason = row.reinstatement.reason
            yield Notice(ANNULLED, row.number, row.document, certificate, reason)
        else:
            yield Notice(WITHDRAWN, row.number, row.document, certificate, row.reason)
    path = "appeal__withdrawal__charges__certificate"
    for answer in _printed(Reinstatement.objects.filter(**lookup), path):
        certificate = answer.appeal.withdrawal.certificate
        yield Notice(REINSTATED, answer.number, answer.document, certificate, answer.reason)
    for refusal in _printed(AppealRefusal.objects.filter(**lookup), path):
        certificate = refusal.appeal.withdrawal.certificate
        yield Notice(REFUSED, refusal.number, refusal.document, certificate)


def _printed(rows: "QuerySet[Any]", *paths: str) -> Iterator[Any]:
    """Those that were put on paper, with what `paths` lead to; few, as certificates go."""
    found = rows.filter(number__isnull=False).select_related("document__seal", *paths)
    return found.iterator(chunk_size=CHUNK)


def tell(notice: Notice, day: date, shown: Shown) -> Verdict:
    told = _blank(notice.key, _facts(notice))
    return Verdict(
        told.headline,
        told.text,
        told.tone,
        told.icon,
        document=notice,
        stands=notice.key != ANNULLED,
        template="certificates/_compare_notice.html",
    )


def _facts(notice: Notice) -> dict[str, str]:
    return {
        "day": in_words(notice.dated_on),
        "number": notice.certificate.number,
        "reason": notice.reason,
    }


def _blank(key: str, facts: Mapping[str, str]) -> Verdict:
    dated = _("It is dated %(day)s.") % facts
    if key == REFUSED:
        return Verdict(_("This paper is from us"), dated, "success", "check")
    if key == ANNULLED:
        annulled = _(
            "The Board annulled the withdrawal of certificate %(number)s that it tells of. "
            "Published reason: %(reason)s"
        )
        headline = _("This notice no longer stands")
        return Verdict(headline, f"{dated} {annulled % facts}", "warning", "alert")
    told = {
        WITHDRAWN: _("It tells that certificate %(number)s was withdrawn."),
        REINSTATED: _("It tells that the Board annulled the withdrawal of certificate %(number)s."),
    }[key]
    reason = _("Published reason: %(reason)s")
    text = f"{dated} {told % facts} {reason % facts}"
    return Verdict(_("This paper is from us"), text, "success", "check")


def blank_verdicts() -> dict[str, Verdict]:
    return {key: _blank(key, BLANKS) for key in (WITHDRAWN, ANNULLED, REINSTATED, REFUSED)}


def files(day: date) -> Iterator[tuple[str, dict[str, str]]]:
    for notice in _notices({}):
        facts = {
            "number": notice.number,
            "status": notice.key,
            "issued_on": notice.dated_on.isoformat(),
        }
        if notice.is_open:
            facts |= {"certificate": notice.certificate.number, "reason": notice.reason}
        yield notice.document.sha256, facts


def state_of_files() -> str:
    """What was withdrawn and annulled, certificates say by themselves."""
    refused = AppealRefusal.objects.aggregate(last=Max("pk"))["last"]
    return str(refused or 0)


NOTICES = DocumentKind((SERIES,), find, tell, blank_verdicts, files, state_of_files)

"""What changed in the register lately: issued, renewed, corrected, withdrawn, expired."""

from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from django.db import models
from django.db.models import Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from certification import clock
from certification.certificates.models import Certificate, Reinstatement, Withdrawal
from certification.certificates.register import holder_path
from certification.finding import matching

LATEST = 100  # changes that are told


class ChangeKind(models.TextChoices):
    ISSUED = "issued", pgettext_lazy("change", "issued")
    RENEWED = "renewed", pgettext_lazy("change", "renewed")
    CORRECTED = "corrected", pgettext_lazy("change", "corrected")
    WITHDRAWN = "withdrawn", pgettext_lazy("change", "withdrawn")
    REINSTATED = "reinstated", pgettext_lazy("change", "withdrawal annulled")
    EXPIRED = "expired", pgettext_lazy("change", "expired")


TONES = {
    ChangeKind.ISSUED: "success",
    ChangeKind.RENEWED: "success",
    ChangeKind.CORRECTED: "info",
    ChangeKind.WITHDRAWN: "danger",
    ChangeKind.REINSTATED: "success",
    ChangeKind.EXPIRED: "neutral",
}


@dataclass(frozen=True)
class Change:
    """`note` is what else the public may know: the reason, or what was corrected. `time` tells
    the second withdrawal of a certificate from its first.
    """

    day: date
    kind: ChangeKind
    certificate: Certificate
    note: str = ""
    time: int = 1

    @property
    def tone(self) -> str:
        return TONES[self.kind]

    @property
    def path(self) -> str:
        return holder_path(self.certificate.institution)

    @property
    def key(self) -> str:
        """Always the same for this change: what a feed reader knows it by."""
        again = f"/{self.time}" if self.time > 1 else ""
        return f"{self.certificate.short_number}/{self.kind}{again}"


def changes(today: date, *, q: str = "", voivodeship: str = "") -> list[Change]:
    """The last ones, newest first, of the holders that the words and the voivodeship narrow to."""
    certificates = Certificate.objects.with_facts().filter(matching(q))
    if voivodeship:
        certificates = certificates.filter(institution__voivodeship=voivodeship)
    found = [*_issued(certificates), *_expired(certificates, today), *_withdrawn(certificates)]
    found += _reinstated(certificates)
    in_order = sorted(found, key=attrgetter("day", "certificate.pk", "kind"), reverse=True)
    return in_order[:LATEST]


def _issued(certificates: "models.QuerySet[Certificate]") -> list[Change]:
    newest = certificates.select_related("replaces", "application").order_by("-issued_at", "-pk")
    return [
        Change(clock.day_of(each.issued_at), _how(each), each, _what(each))
        for each in newest[:LATEST]
    ]


def _how(certificate: Certificate) -> ChangeKind:
    if certificate.replaces_id:
        return ChangeKind.CORRECTED
    return ChangeKind.RENEWED if certificate.application.renews_id else ChangeKind.ISSUED


def _what(certificate: Certificate) -> str:
    if certificate.replaces is None:
        return ""
    return _("in place of %(number)s") % {"number": certificate.replaces.number}


def _expired(certificates: "models.QuerySet[Certificate]", today: date) -> list[Change]:
    """On the day after the last one of validity; of those that stood until then."""
    standing = Certificate.objects.standing().filter(valid_to__lt=today).values("pk")
    ended = certificates.filter(pk__in=standing).order_by("-valid_to", "-pk")
    return [
        Change(each.valid_to + timedelta(days=1), ChangeKind.EXPIRED, each)
        for each in ended[:LATEST]
    ]


def _withdrawn(certificates: "models.QuerySet[Certificate]") -> list[Change]:
    taken = Withdrawal.objects.filter(charges__certificate__in=certificates.values("pk"))
    newest = taken.select_related("charges__certificate__institution")
    return [
        Change(
            each.withdrawn_on,
            ChangeKind.WITHDRAWN,
            each.charges.certificate,
            each.reason,
            each.time,  # type: ignore[attr-defined] # annotated
        )
        for each in newest.annotate(time=_time("charges__certificate")).order_by(
            "-withdrawn_on", "-pk"
        )[:LATEST]
    ]


def _reinstated(certificates: "models.QuerySet[Certificate]") -> list[Change]:
    where = "appeal__withdrawal__charges__certificate"
    annulled = Reinstatement.objects.filter(**{f"{where}__in": certificates.values("pk")})
    newest = annulled.select_related(f"{where}__institution").annotate(time=_time(where))
    return [
        Change(
            each.adopted_on,
            ChangeKind.REINSTATED,
            each.appeal.withdrawal.charges.certificate,
            each.reason,
            each.time,
        )
        for each in newest.order_by("-adopted_on", "-pk")[:LATEST]
    ]


def _time(certificate: str) -> Window:
    """Whether it happened to the certificate for the first time, or for which."""
    return Window(RowNumber(), partition_by=certificate, order_by="pk")

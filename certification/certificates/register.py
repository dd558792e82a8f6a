"""The public register: certificates as they stand today, then awards from before it.

Only what stands in COLUMNS leaves this module. Verification codes and the names of people do
not: the code proves that somebody holds the paper, and signatures are on the paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from certification.audit.models import Event
from certification.documents.masthead import issuer_named
from certification.finding import fold, matching
from certification.open_data import state_of
from institutions.models import Institution
from institutions.states import Verb as InstitutionVerb

from .models import Certificate, CertificateQuerySet, EarlierAward, Reinstatement, Withdrawal
from .states import EXPIRING, Status

CHUNK = 500  # rows read at a time while an export is on its way
LONGEST_SLUG = 80  # characters

COLUMNS: dict[str, tuple[object, object]] = {
    "number": (_("Number"), _("the certificate's number; empty for a historical entry")),
    "holder": (_("Holder"), _("the institution, as printed on the certificate")),
    "town": (_("Town"), _("where the institution has its seat")),
    "voivodeship": (_("Voivodeship"), _("of that town")),
    "status": (
        _("Status today"),
        _("upcoming, valid, expiring, expired, withdrawn, superseded or historical"),
    ),
    "label": (_("Period as printed"), _("words of the certificate, not computed from days")),
    "valid_from": (_("Valid from"), _("first day, YYYY-MM-DD")),
    "valid_to": (_("Valid to"), _("last day, YYYY-MM-DD")),
    "issued_on": (_("Issued on"), _("day on the certificate, YYYY-MM-DD")),
    "withdrawn_on": (_("Withdrawn on"), _("YYYY-MM-DD; empty when it was not withdrawn")),
    "replaced_by": (_("Replaced by"), _("number of the certificate that corrects this one")),
    "presented": (
        _("Presented"),
        _("historical entries only: YYYY, YYYY-MM or YYYY-MM-DD, as far as it is known"),
    ),
    "source": (_("Source"), _("historical entries only: the public page that says so")),
    "page": (_("Page of the holder"), _("address of the page that tells all of this holder")),
}


class Shown(models.TextChoices):
    """What the register is narrowed to; `in_force` includes what expires soon."""

    IN_FORCE = "in_force", _("valid today")
    EXPIRING = "expiring", _("valid, expires soon")
    UPCOMING = "upcoming", _("not valid yet")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("replaced by a newer one")
    HISTORICAL = "historical", _("historical entry")


class Sort(models.TextChoices):
    NEWEST = "newest", _("newest first")
    HOLDER = "holder", _("by name")
    ENDS = "ends", _("by the end of validity")


ORDER = {
    Sort.NEWEST: (["-issued_on", "-pk"], ["-presented", "pk"]),
    Sort.HOLDER: (["holder_name", "pk"], ["institution__name", "pk"]),
    Sort.ENDS: (["valid_to", "pk"], ["-presented", "pk"]),
}


@dataclass(frozen=True)
class Entry:
    """One line of the register; its attributes are COLUMNS, empty where nothing is known."""

    holder: str
    town: str
    voivodeship: str
    status: str
    label: str
    number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    issued_on: date | None = None
    withdrawn_on: date | None = None
    replaced_by: str = ""
    presented: str = ""
    source: str = ""
    path: str = ""  # of the holder's page, without the name of the site

    @property
    def page(self) -> str:
        return settings.SITE_URL + self.path

    @property
    def is_historical(self) -> bool:
        return self.status == Shown.HISTORICAL

    @property
    def presented_shortly(self) -> str:
        """`02.2012` for 2012-02: no more precise than the source."""
        return ".".join(reversed(self.presented.split("-")))

    @property
    def status_label(self) -> str:
        known = Shown if self.is_historical else Status
        return str(known(self.status).label)


def columns_of(entry: Entry) -> dict[str, Any]:
    """What leaves of it, in the order of COLUMNS."""
    return {name: getattr(entry, name) for name in COLUMNS}


@dataclass(frozen=True)
class Entries:
    """The lines that match, as a sequence a paginator can count and slice."""

    certificates: CertificateQuerySet
    awards: "models.QuerySet[EarlierAward]"
    day: date

    def count(self) -> int:
        return self.certificates.count() + self.awards.count()

    def __len__(self) -> int:
        return self.count()

    @overload
    def __getitem__(self, wanted: int, /) -> Entry: ...
    @overload
    def __getitem__(self, wanted: slice, /) -> list[Entry]: ...
    def __getitem__(self, wanted: slice | int, /) -> list[Entry] | Entry:
        """Certificates come first; where they end, the historical entries go on."""
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        start, stop = wanted.start or 0, wanted.stop
        found = [of_certificate(row, self.day) for row in self.certificates[start:stop]]
        if len(found) == stop - start:
            return found
        before = max(start - self.certificates.count(), 0) if not found else 0
        rest = self.awards[before : before + stop - start - len(found)]
        return found + [of_award(row) for row in rest]

    def __iter__(self) -> Iterator[Entry]:
        """All of them, read in chunks, for an export of any length."""
        for certificate in self.certificates.iterator(chunk_size=CHUNK):
            yield of_certificate(certificate, self.day)
        for award in self.awards.iterator(chunk_size=CHUNK):
            yield of_award(award)


def entries(
    day: date, *, q: str = "", voivodeship: str = "", status: str = "", sort: str = ""
) -> Entries:
    """The register on a day, narrowed and in order. Empty words do not narrow."""
    by_certificate, by_award = ORDER[Sort(sort or Sort.NEWEST)]
    certificates = _in_status(status, day).filter(matching(q)).with_facts()
    awards = EarlierAward.objects.filter(matching(q)).select_related("institution")
    awards = awards.prefetch_related("institution__former_names")
    if status not in {"", Shown.HISTORICAL}:
        awards = awards.none()
    if voivodeship:
        certificates = certificates.filter(institution__voivodeship=voivodeship)
        awards = awards.filter(institution__voivodeship=voivodeship)
    return Entries(certificates.order_by(*by_certificate), awards.order_by(*by_award), day)


def _in_status(status: str, day: date) -> CertificateQuerySet:
    certificates = Certificate.objects.all()
    if status == Shown.HISTORICAL:
        return certificates.none()
    if status == Shown.IN_FORCE:
        return certificates.in_force(day)
    return certificates.in_status(Status(status), day) if status else certificates


def of_certificate(certificate: Certificate, day: date) -> Entry:
    """Needs `with_facts()`."""
    status = certificate.status_on(day)
    institution, withdrawal = certificate.institution, certificate.withdrawal
    return Entry(
        number=certificate.number,
        holder=certificate.holder_name,
        town=institution.town,
        voivodeship=institution.get_voivodeship_display(),
        status=status,
        label=certificate.label,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        issued_on=certificate.issued_on,
        withdrawn_on=withdrawal.withdrawn_on if withdrawal else None,
        replaced_by=certificate.replaced_by.number if hasattr(certificate, "replaced_by") else "",
        path=holder_path(institution),
    )


def of_award(award: EarlierAward) -> Entry:
    """What the source says, and no status: nobody knows it. The holder is called as it was then."""
    return Entry(
        holder=award.institution.name_on(award.presented),
        town=award.institution.town,
        voivodeship=award.institution.get_voivodeship_display(),
        status=Shown.HISTORICAL,
        label=award.label,
        presented=award.presented,
        source=award.source,
        path=holder_path(award.institution),
    )


def holder_path(institution: Institution) -> str:
    """Of its public page: the number holds for good, the words follow its name."""
    words = slugify(fold(institution.name))[:LONGEST_SLUG].strip("-")
    return reverse("holder", args=[institution.pk, words or "-"])


def summary(day: date) -> dict[str, int]:
    """How many stand on that day, and how many of these expire soon."""
    expiring = models.Q(valid_to__lte=day + EXPIRING)
    counted: dict[str, int] = Certificate.objects.in_force(day).aggregate(
        in_force=models.Count("pk"), expiring=models.Count("pk", filter=expiring)
    )
    return counted


SEEN_IN_THE_REGISTER = (InstitutionVerb.CHANGE_INSTITUTION, InstitutionVerb.RENAME_INSTITUTION)


def state_of_register(day: date) -> str:
    """Another text whenever the register would say something else: five questions, however long
    it is. Certificates and withdrawals only become more; what is changed of an institution leaves
    an event.
    """
    changes = Event.objects.filter(verb__in=SEEN_IN_THE_REGISTER)
    newest = [
        rows.order_by().aggregate(last=models.Max("pk"))["last"]
        for rows in (
            *(Certificate.objects, Withdrawal.objects, Reinstatement.objects),
            *(EarlierAward.objects, changes),
        )
    ]
    return state_of(day, get_language(), issuer_named().name, *COLUMNS.values(), *newest)

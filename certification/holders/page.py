"""The public page of one holder: what it holds, since when, what came before, what was praised.

What the register says, the names it had, and sentences that it agreed to; nothing else of a case.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from certification.certificates.models import Certificate, EarlierAward
from certification.certificates.published import badge_url
from certification.certificates.register import Entry, holder_path, of_award, of_certificate
from certification.certificates.states import IN_FORCE, Status
from institutions.models import FormerName, Institution

from .models import HandOver, Praise, PraiseSentence


@dataclass(frozen=True)
class Held:
    """A certificate as the page lists it, with the published reason where it was withdrawn."""

    entry: Entry
    certificate: Certificate
    reason: str
    handed_over: HandOver | None


@dataclass(frozen=True)
class HolderPage:
    """`current` is what counts today: in force, or else the one that ended last."""

    institution: Institution
    current: Held | None
    is_in_force: bool
    first_year: int | None
    held: list[Held]
    awards: list[Entry]
    former_names: list[FormerName]
    praise: list[PraiseSentence]

    @property
    def path(self) -> str:
        return holder_path(self.institution)


def holder_page(institution: Institution, day: date) -> HolderPage:
    """Raises Http404 for an institution that the register does not list."""
    certificates = Certificate.objects.with_facts().filter(institution=institution)
    handed_over = _handed_over(institution)
    held = [_held(each, day, handed_over) for each in certificates.select_related("replaces")]
    awards = list(EarlierAward.objects.filter(institution=institution))
    for award in awards:
        award.institution = institution  # with its former names, read once
    if not held and not awards:
        raise Http404
    current = _current(held)
    return HolderPage(
        institution=institution,
        current=current,
        is_in_force=current is not None and current.entry.status in IN_FORCE,
        first_year=_first_year(held, awards),
        held=held,
        awards=[of_award(award) for award in awards],
        former_names=list(institution.former_names.all()),
        praise=_praise(current),
    )


def _handed_over(institution: Institution) -> dict[int, HandOver]:
    """By case, what counts of each; plans are not for the public."""
    entries = HandOver.objects.filter(certificate__institution=institution).order_by("pk")
    last = {each.certificate.application_id: each for each in entries.select_related("certificate")}
    return {case: entry for case, entry in last.items() if entry.is_held}


def _held(certificate: Certificate, day: date, handed_over: dict[int, HandOver]) -> Held:
    entry = of_certificate(certificate, day)
    reason = certificate.withdrawal.reason if certificate.withdrawal else ""
    return Held(entry, certificate, reason, handed_over.get(certificate.application_id))


def _current(held: list[Held]) -> Held | None:
    """In force before what is to come, that before what expired; the longest of them."""
    order = [*IN_FORCE, Status.UPCOMING, Status.EXPIRED, Status.WITHDRAWN]
    ranked = [each for each in held if each.entry.status in order]
    in_force_first = sorted(
        ranked,
        key=lambda each: (
            0 if each.entry.status in IN_FORCE else order.index(Status(each.entry.status)),
            -each.certificate.valid_to.toordinal(),
        ),
    )
    return in_force_first[0] if in_force_first else None


def _first_year(held: list[Held], awards: list[EarlierAward]) -> int | None:
    """The year of the first certificate or award that is known."""
    years = [each.certificate.valid_from.year for each in held]
    years += [int(award.presented[:4]) for award in awards if award.presented]
    return min(years, default=None)


def _praise(current: Held | None) -> list[PraiseSentence]:
    """What was praised of what counts today; nothing once it is withdrawn."""
    if current is None or current.entry.status == Status.WITHDRAWN:
        return []
    of_case = Praise.objects.filter(application=current.certificate.application_id).published()
    praise = of_case.first()
    return list(praise.sentences.select_related("standard")) if praise else []


def linked_data(page: HolderPage, issuer: str) -> SafeString:
    """What search engines read (schema.org, JSON-LD): the institution, and its certificate while
    it stands. A block of data, which no browser runs.
    """
    block = json_script(_told(page, issuer))
    return mark_safe(block.replace("application/json", "application/ld+json", 1))  # noqa: S308


def _told(page: HolderPage, issuer: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": settings.SITE_URL + page.path,
        "name": page.institution.name,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": page.institution.town,
            "addressRegion": page.institution.get_voivodeship_display(),
            "addressCountry": "PL",
        },
    }
    if page.current and page.is_in_force:
        certificate = page.current.certificate
        found["hasCertification"] = {
            "@type": "Certification",
            "name": _("CAL Quality Certificate"),
            "certificationIdentification": certificate.number,
            "issuedBy": {"@type": "Organization", "name": issuer},
            "validFrom": certificate.valid_from.isoformat(),
            "expires": certificate.valid_to.isoformat(),
            "logo": badge_url(certificate, "pl"),
        }
    return found

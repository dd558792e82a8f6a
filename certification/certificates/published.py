"""One certificate for programs: what the register says of it, and where else it can be seen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from .models import NUMBER, Certificate
from .register import columns_of, of_certificate

HISTORICAL_ONLY = ("presented", "source")


def numbered(serial: int, year: int) -> Certificate:
    """The certificate with this number, with all that its status needs; raises Http404."""
    number = NUMBER.format(number=serial, year=year)
    found = Certificate.objects.with_facts().filter(number=number)
    certificate = found.select_related("replaces", "credential").first()
    if certificate is None:
        raise Http404
    return certificate


def published(certificate: Certificate, day: date) -> dict[str, Any]:
    """The columns of the register for it, and what the page of verification tells besides."""
    columns = columns_of(of_certificate(certificate, day))
    withdrawal = certificate.withdrawal
    return {
        "as_of": day.isoformat(),
        **{
            name: None if value in {None, ""} else str(value)
            for name, value in columns.items()
            if name not in HISTORICAL_ONLY
        },
        "withdrawal_reason": withdrawal.reason if withdrawal else None,
        "corrects": certificate.replaces.number if certificate.replaces else None,
        "credential_url": _absolute(certificate.credential_url),
        "links": {
            "self": settings.SITE_URL + address(certificate, "certificate_json"),
            "check": check_url(certificate),
            "badge": badge_url(certificate, "pl"),
        },
    }


def _absolute(path: str) -> str | None:
    return settings.SITE_URL + path if path else None


def address(certificate: Certificate, name: str, *more: str) -> str:
    """`name` is an address that takes the parts of a number, as in 7-2026."""
    serial, year = certificate.short_number.split("/")
    return reverse(name, args=[int(serial), int(year), *more])


def badge_url(certificate: Certificate, language: str) -> str:
    return settings.SITE_URL + address(certificate, "certificate_badge", language)


def check_url(certificate: Certificate) -> str:
    """Where anybody checks it by its number; the code of the paper stays a secret of its holder."""
    query = urlencode({"q": certificate.number})
    return f"{settings.SITE_URL}{reverse('verification')}?{query}"


@dataclass(frozen=True)
class Snippet:
    """HTML for a page of the holder's own website, in one language."""

    language: str
    language_name: str
    badge_path: str
    html: str


def snippet_of(certificate: Certificate, language: str) -> Snippet:
    """A link with a picture. Its alternative text names the certificate and not its state, since
    that text stays as it is while the picture changes.
    """
    path = address(certificate, "certificate_badge", language)
    with override(language):
        alt = _("CAL Quality Certificate no. %(number)s: check whether it is valid") % {
            "number": certificate.number
        }
    html = format_html(
        '<a href="{}"><img src="{}" width="160" height="120" alt="{}"></a>',
        check_url(certificate),
        settings.SITE_URL + path,
        alt,
    )
    name = get_language_info(language)["name_translated"]
    return Snippet(language, name, path, html)

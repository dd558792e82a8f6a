"""The public pages for search engines: the fixed ones, the standards, and each holder."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from certification.certificates.models import Certificate, EarlierAward
from certification.certificates.register import holder_path
from certification.standards.models import StandardSet
from institutions.models import Institution

FIXED = (
    *("home", "register", "register_by_voivodeship", "register_changes", "register_api"),
    *("catalogue", "verification", "accessibility_statement", "privacy_notice"),
)


class PublicPages(Sitemap):  # type: ignore[type-arg]  # Django does not take one
    """Paths, the same in both languages; the site is the one that documents name."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def items(self) -> list[str]:
        return [*map(reverse, FIXED), *_catalogues(), *_holders()]

    def location(self, item: str) -> str:
        return item

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


def _catalogues() -> Iterable[str]:
    codes = StandardSet.objects.published().values_list("code", flat=True)
    return (reverse("catalogue_set", args=[code]) for code in codes)


def _holders() -> Iterable[str]:
    of_it = {"institution": OuterRef("pk")}
    listed = Q(Exists(Certificate.objects.filter(**of_it)))
    listed |= Q(Exists(EarlierAward.objects.filter(**of_it)))
    return map(holder_path, Institution.objects.filter(listed).order_by("pk"))

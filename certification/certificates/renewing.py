"""What the applications ask of certificates: which one an institution may renew."""

from certification.applications.renewal.offers import Holding
from institutions.models import Institution

from .models import Certificate


def holding_of(institution: Institution) -> Holding | None:
    """The certificate that stands the longest, neither withdrawn nor replaced."""
    held = Certificate.objects.last_of_holders().filter(institution=institution)
    last = held.select_related("application").order_by("-pk").first()
    if last is None:
        return None
    return Holding(last.application, last.number, last.valid_to, last.get_absolute_url())

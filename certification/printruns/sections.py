"""What a certificate's page shows of its prints."""

from certification.applications.models import Application
from certification.certificates.models import Certificate
from certification.sections import Section
from institutions.models import User

from .models import Printing, PrintItem
from .rules import is_office


def printings_of(user: User, certificate: Certificate) -> Section | None:
    """For the office, where the case is open to them: what was printed, when and by whom."""
    if not is_office(user):
        return None
    cases = Application.objects.open_to_staff(user)
    if not cases.filter(pk=certificate.application_id).exists():
        return None
    items = PrintItem.objects.filter(certificate=certificate, document__isnull=False)
    printings = Printing.objects.filter(document__in=items.values("document"))
    rows = printings.select_related("document", "run", "printed_by").order_by("printed_at", "pk")
    context = {"printings": rows, "certificate": certificate}
    return Section("printruns/_of_certificate.html", context)

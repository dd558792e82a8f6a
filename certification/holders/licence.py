"""The right to use the name and the mark (regulation, point 12): computed, as the status is."""

from dataclasses import dataclass
from datetime import date

from certification.certificates.models import Certificate
from certification.certificates.states import IN_FORCE, Status


@dataclass(frozen=True)
class Licence:
    """`stands` says whether the holder may use them on that day, by `certificate`: the one that
    was asked about, or another of the same holder that is in force.
    """

    stands: bool
    certificate: Certificate
    status: Status
    begins_later: bool = False

    @property
    def by_another(self) -> bool:
        """Whether the certificate asked about gives no right itself any more."""
        return self.stands and self.status not in IN_FORCE


def licence_of(certificate: Certificate, day: date) -> Licence:
    """Whether the holder of this certificate may use name and mark on that day."""
    status = certificate.status_on(day)
    if status in IN_FORCE:
        return Licence(True, certificate, status)
    others = Certificate.objects.in_force(day).filter(institution=certificate.institution_id)
    other = others.order_by("-valid_to").first()
    if other is not None:
        return Licence(True, other, status)
    return Licence(False, certificate, status, begins_later=status == Status.UPCOMING)

"""Messages about charges and withdrawals: one function a message. What the charges say, no
message repeats: it is read after signing in.
"""

from certification.applications.recipients import staff_of, writers_of
from certification.certificates.models import Certificate, Charges
from certification.outbox.kinds import Kind
from institutions.notices import notify
from institutions.states import Role


def charges_stated(charges: Charges) -> None:
    _to_holder("charges_stated", charges.certificate, charges.get_absolute_url(), charges)


def charges_dropped(charges: Charges) -> None:
    _to_holder("charges_dropped", charges.certificate, charges.get_absolute_url(), charges)


def charges_replied(charges: Charges) -> None:
    """The Committee's chair may decide now."""
    certificate = charges.certificate
    notify(
        staff_of(certificate.application, Role.COMMITTEE_CHAIR),
        "charges_replied",
        kind=Kind.WORK,
        about=certificate.application,
        url=charges.get_absolute_url(),
        certificate=certificate,
        charges=charges,
    )


def withdrawn(certificate: Certificate) -> None:
    _to_holder("certificate_withdrawn", certificate, certificate.get_absolute_url())


def reinstated(certificate: Certificate) -> None:
    """The Board annulled the withdrawal."""
    _to_holder("certificate_reinstated", certificate, certificate.get_absolute_url())


def _to_holder(
    name: str, certificate: Certificate, url: str, charges: Charges | None = None
) -> None:
    notify(
        writers_of(certificate.application),
        name,
        kind=Kind.OUTCOME,
        about=certificate.application,
        url=url,
        certificate=certificate,
        charges=charges,
    )

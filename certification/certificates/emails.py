"""Messages to the holders of certificates: one function a message."""

from certification.applications.recipients import writers_of
from certification.outbox.kinds import Kind
from institutions.notices import notify

from .models import Certificate


def corrected(certificate: Certificate) -> None:
    """A corrected certificate takes the place of another."""
    _to_holder("certificate_corrected", certificate)


def withdrawn(certificate: Certificate) -> None:
    _to_holder("certificate_withdrawn", certificate)


def reinstated(certificate: Certificate) -> None:
    """The Board annulled the withdrawal."""
    _to_holder("certificate_reinstated", certificate)


def _to_holder(name: str, certificate: Certificate) -> None:
    notify(
        writers_of(certificate.application),
        name,
        kind=Kind.OUTCOME,
        about=certificate.application,
        url=certificate.get_absolute_url(),
        certificate=certificate,
    )

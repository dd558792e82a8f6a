"""Messages to the holders of certificates: one function a message."""

from certification.applications.recipients import writers_of
from certification.outbox.kinds import Kind
from institutions.notices import notify

from .models import Certificate


def corrected(certificate: Certificate) -> None:
    """A corrected certificate takes the place of another."""
    notify(
        writers_of(certificate.application),
        "certificate_corrected",
        kind=Kind.OUTCOME,
        about=certificate.application,
        url=certificate.get_absolute_url(),
        certificate=certificate,
    )

"""Messages to the holders of certificates: one function a message."""

from collections.abc import Iterable
from typing import Any

from certification.applications.recipients import writers_of
from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices import notify

from .models import Certificate


def corrected(certificate: Certificate) -> None:
    """A corrected certificate takes the place of another."""
    tell_holder(certificate, "certificate_corrected")


def tell_holder(
    certificate: Certificate,
    name: str,
    *,
    people: Iterable[User] | None = None,
    kind: Kind = Kind.OUTCOME,
    url: str = "",
    **more: Any,
) -> None:
    """Write `name` to these people, or else to those who write for the holder. It leads to the
    certificate, unless it says another `url`; `more` is as `notify` takes it.
    """
    notify(
        writers_of(certificate.application) if people is None else people,
        name,
        kind=kind,
        about=certificate.application,
        url=url or certificate.get_absolute_url(),
        certificate=certificate,
        **more,
    )

"""Messages about charges and withdrawals: one function a message. What the charges say, no
message repeats: it is read after signing in.
"""

from typing import Any

from django.db.models import QuerySet

from certification.applications.recipients import staff_of
from certification.certificates.emails import tell_holder
from certification.certificates.models import Charges
from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices import notify
from institutions.states import Role


def charges_stated(charges: Charges) -> None:
    _to_holder("charges_stated", charges)


def charges_dropped(charges: Charges) -> None:
    _to_holder("charges_dropped", charges)


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


def withdrawn(charges: Charges) -> None:
    _to_holder("certificate_withdrawn", charges)


def appealed(charges: Charges) -> None:
    """The Board has to resolve."""
    certificate = charges.certificate
    notify(
        staff_of(certificate.application, Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER),
        "withdrawal_appealed",
        kind=Kind.WORK,
        about=certificate.application,
        url=charges.get_absolute_url(),
        certificate=certificate,
    )


def reinstated(charges: Charges) -> None:
    """The Board annulled the withdrawal."""
    _to_holder("certificate_reinstated", charges)


def appeal_refused(charges: Charges) -> None:
    """The withdrawal stands."""
    _to_holder("appeal_refused", charges)


def due(name: str, charges: Charges, people: "QuerySet[User]", *, key: str) -> None:
    """The time to reply ("reply_due") or to appeal ("appeal_due") ends soon."""
    _to_holder(name, charges, people=people, key=key)


def _to_holder(name: str, charges: Charges, **more: Any) -> None:
    url = charges.get_absolute_url()
    tell_holder(charges.certificate, name, url=url, charges=charges, **more)

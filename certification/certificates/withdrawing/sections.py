"""What pages show of charges: to the holder and to those who handle the case, and nobody else."""

from datetime import date

from certification import clock
from certification.certificates.models import Certificate, Charges
from certification.certificates.states import STANDING
from certification.sections import Section
from institutions.models import User

VERBS = ("reply_to_charges", "note_reply", "drop_charges", "withdraw_certificate")
DECIDING = ("drop_charges", "withdraw_certificate")


def may_with(user: User, charges: Charges, day: date) -> dict[str, bool]:
    """What the person may do to the charges on that day, by the name of the verb."""
    is_decidable = day >= charges.decidable_from
    return {
        verb: charges.is_open
        and (is_decidable or verb not in DECIDING)
        and user.has_perm(f"certificates.{verb}", charges)
        for verb in VERBS
    }


def charges_of(user: User, certificate: Certificate) -> Section | None:
    """On the certificate's page: its charges, and for the chair the way to state new ones."""
    today = clock.today()
    may_state = (
        certificate.status_on(today) in STANDING
        and certificate.valid_to >= today
        and not certificate.has_open_charges
        and user.has_perm("certificates.state_charges", certificate)
    )
    found = list(Charges.objects.visible_to(user).filter(certificate=certificate).with_outcome())
    if not (found or may_state):
        return None
    context = {"certificate": certificate, "charges": found, "may_state": may_state}
    return Section("certificates/_charges.html", context)

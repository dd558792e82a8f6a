"""Certificates taken for a verb: the row locked, and what it stands on read anew."""

from certification import clock
from certification.errors import TransitionNotAllowed

from .models import Certificate, Charges
from .states import STANDING, Verb


def locked_certificate(certificate: Certificate) -> Certificate:
    """Whoever takes it next waits for the end of this transaction."""
    return Certificate.objects.select_for_update(of=("self",)).with_facts().get(pk=certificate.pk)


def locked_standing(certificate: Certificate, verb: Verb) -> Certificate:
    """Refuse when it is withdrawn or replaced already."""
    locked = locked_certificate(certificate)
    status = locked.status_on(clock.today())
    if status not in STANDING:
        raise TransitionNotAllowed(verb, status)
    return locked


def locked_charges(charges: Charges) -> Charges:
    """Lock the certificate, then read what has become of the charges."""
    certificate = locked_certificate(charges.certificate)
    found = next(each for each in certificate.charges.all() if each.pk == charges.pk)
    found.certificate = certificate
    return found

"""Keeping a certificate that somebody signed."""

from django.core.files import File
from django.db import transaction

from certification import clock
from certification.certificates.models import Certificate, SignedCopy
from certification.certificates.states import STANDING, Verb
from certification.errors import TransitionNotAllowed
from institutions.models import User

from .receiving import SignedFile, keep_signed, read_signed


def add_signed_copy(certificate: Certificate, *, by: User, file: File) -> SignedCopy:
    """Keep the signed file; from now on it is what people download.

    Raises Refused or CannotDo for anything but the newest document with signatures added to it,
    TransitionNotAllowed for a certificate that is withdrawn or replaced, Busy like `examine`.
    """
    signed = read_signed(file, certificate.newest_document)
    with transaction.atomic():
        return _keep(certificate, signed, by=by)


def _keep(certificate: Certificate, signed: SignedFile, *, by: User) -> SignedCopy:
    locked = Certificate.objects.select_for_update(of=("self",)).with_facts().get(pk=certificate.pk)
    status = locked.status_on(clock.today())
    if status not in STANDING:
        raise TransitionNotAllowed(Verb.ADD_SIGNED, status)
    title = f"Certyfikat {locked.number} z podpisami"
    return keep_signed(signed, locked, Verb.ADD_SIGNED, title=title, by=by)

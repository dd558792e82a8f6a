"""Certificates with signatures that were added outside the program."""

from django.db import models

from certification.audit.append_only import append_only
from certification.documents.models import SignedVersion

from .certificate import Certificate


@append_only
class SignedCopy(SignedVersion):
    """A certificate that somebody signed."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="signed_copies"
    )

    def __str__(self) -> str:
        return str(self.certificate)

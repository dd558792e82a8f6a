"""Credentials for programs, and the keys that they are signed with."""

from django.db import models

from certification import clock
from certification.audit.append_only import append_only

from .certificate import Certificate


@append_only
class CredentialKey(models.Model):
    """The public half of a key that credentials are signed with: published for good."""

    multibase = models.CharField(max_length=80, unique=True)
    first_used_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-first_used_at", "-pk"]

    def __str__(self) -> str:
        return self.multibase


@append_only
class Credential(models.Model):
    """A certificate for programs, signed: the JSON that its PDF carries (`credential`)."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="credential"
    )
    key = models.ForeignKey(CredentialKey, on_delete=models.PROTECT, related_name="credentials")
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.certificate)

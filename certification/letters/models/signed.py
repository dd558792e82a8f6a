"""Letters with signatures that were added outside the program."""

from django.db import models

from certification.audit.append_only import append_only
from certification.documents.models import SignedVersion

from .letter import CommendationLetter


@append_only
class SignedLetter(SignedVersion):
    """A letter that somebody signed."""

    letter = models.ForeignKey(
        CommendationLetter, on_delete=models.PROTECT, related_name="signed_copies"
    )

    def __str__(self) -> str:
        return str(self.letter)

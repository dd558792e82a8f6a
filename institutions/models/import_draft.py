"""A file of institutions that was sent and not yet confirmed."""

import uuid

from django.db import models

from certification import clock

from .user import User


class ImportDraft(models.Model):
    """The file itself, kept between the preview and the confirmation; its sender's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filename = models.CharField(max_length=255)
    content = models.BinaryField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.filename

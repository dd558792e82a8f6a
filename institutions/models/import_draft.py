"""A file of institutions that was sent and not yet confirmed."""

import uuid

from django.db import models

from certification import clock

from .user import User


class ImportDraftQuerySet(models.QuerySet["ImportDraft"]):
    def visible_to(self, user: User) -> "ImportDraftQuerySet":
        return self.filter(sent_by=user)


class ImportDraft(models.Model):
    """What was read of the file, kept between the preview and the confirmation; its sender's own.

    `content` is a packed Reading (import_files/rows.py): a stranger's file is opened once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filename = models.CharField(max_length=255)
    content = models.BinaryField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.filename

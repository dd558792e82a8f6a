"""A spreadsheet of ratings that was sent and not yet confirmed."""

import uuid

from django.db import models

from certification import clock
from institutions.models import User

from .assessment import Assessment


class RatingsDraftQuerySet(models.QuerySet["RatingsDraft"]):
    def visible_to(self, user: User) -> "RatingsDraftQuerySet":
        """The assessor's own, as long as the card is."""
        return self.filter(assessment__in=Assessment.objects.visible_to(user).values("pk"))


class RatingsDraft(models.Model):
    """What was read of the file, kept between the preview and the confirmation.

    `content` is a packed Reading (export/reading.py): a stranger's file is opened once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="ratings_drafts"
    )
    filename = models.CharField(max_length=255)
    content = models.BinaryField()
    sent_at = models.DateTimeField(default=clock.now)

    objects = RatingsDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.filename

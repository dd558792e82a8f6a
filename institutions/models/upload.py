"""Files on their way in. What lies here is not evidence yet, and nobody but its sender sees it."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from certification import clock

from .evidence import Evidence
from .institution import Institution
from .user import User

KEPT_FOR = timedelta(days=7)


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: User) -> "UploadQuerySet":
        """An upload is its sender's own, for a week, as long as they belong to the institution."""
        mine = self.filter(started_by=user, institution__in=user.institution_ids)
        return mine.in_time(clock.now())

    def in_time(self, moment: datetime) -> "UploadQuerySet":
        """Those that are still kept at that moment; the others `clean_uploads` removes."""
        return self.filter(started_at__gt=moment - KEPT_FOR)


class Upload(models.Model):
    """A file being received for an institution's library, whole or in pieces (tus 1.0).

    It is to be evidence of its own, or a newer version of what it `revises`; should that be
    deleted meanwhile, it may still be added as something of its own.
    Its bytes lie at `path`, on this machine, outside the storage of evidence; how many have
    come is the size of that file, so that a killed process loses none and invents none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="uploads")
    revises = models.ForeignKey(
        Evidence, on_delete=models.SET_NULL, null=True, related_name="uploads"
    )
    filename = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()  # bytes, as announced
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="uploads")
    started_at = models.DateTimeField(default=clock.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="institutions_upload_is_not_empty")
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def path(self) -> Path:
        return Path(settings.UPLOADS_ROOT) / str(self.pk)

    @property
    def received(self) -> int:
        """Bytes that have come; 0 where the file is gone."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    @property
    def is_complete(self) -> bool:
        return self.received == self.size

    @property
    def expires_at(self) -> datetime:
        return self.started_at + KEPT_FOR

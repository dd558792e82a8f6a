"""Earlier texts of an answer."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models.functions import TruncHour

from certification.audit.append_only import never_changed
from certification.standards.models import RatingLevel
from institutions.models import User

from .answer import Answer

KEPT_WHOLE = timedelta(days=7)


class AnswerVersionQuerySet(models.QuerySet["AnswerVersion"]):
    def thin(self, now: datetime) -> None:
        """Of what is older than a week, keep each person's last text of each hour."""
        old = self.filter(written_at__lt=now - KEPT_WHOLE)
        hours = old.values("written_by", hour=TruncHour("written_at"))
        last = hours.annotate(last=models.Max("number")).values_list("last", flat=True)
        old.exclude(number__in=list(last)).delete()


@never_changed
class AnswerVersion(models.Model):
    """An answer as it stood before somebody changed it; the newest stands in the answer itself.

    Whoever opened it started from one of these, so changes of two people can be merged.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    self_rating = models.ForeignKey(
        RatingLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = AnswerVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="applications_one_version")
        ]

    def __str__(self) -> str:
        return f"{self.answer}, {self.number}"

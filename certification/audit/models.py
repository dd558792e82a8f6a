"""The journal: who did what, when. Each event holds the hash of the one before it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import append_only
from .verbs import describe


def key(thing: models.Model) -> str:
    """Name a row in the journal, e.g. `applications.application:12`."""
    return f"{thing._meta.label_lower}:{thing.pk}"


class EventQuerySet(models.QuerySet["Event"]):
    def of_case(self, case: models.Model) -> "EventQuerySet":
        """Everything that happened in one case, oldest first."""
        return self.filter(case=key(case)).order_by("seq")

    def about(self, thing: models.Model) -> "EventQuerySet":
        return self.filter(subject=key(thing)).order_by("seq")


@append_only
class Event(models.Model):
    """One verb that was done. Written only by `services.record`.

    It names people by their account's number alone, so that erasing a person's data
    (RODO art. 17) leaves the chain whole.
    """

    seq = models.BigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    verb = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=100, db_index=True)
    case = models.CharField(max_length=100, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [
            # of a case, and what one person did in it: their index alone may hold all they ever did
            models.Index(fields=["case", "by"], name="audit_event_case_by")
        ]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject}"

    @property
    def label(self) -> str:
        """What happened, for people."""
        return describe(self.verb)

    def sealed_content(self) -> list[Any]:
        """What the hash is computed over, in this order."""
        return [
            self.seq,
            self.at.isoformat(timespec="microseconds"),
            self.by_id,
            self.verb,
            self.subject,
            self.case,
            self.facts,
            self.previous,
        ]


class ChainHead(models.Model):
    """The one row that says where the chain ends; locked while an event is added."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="audit_one_chain_head")
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"

"""E-mails: one row a message to one person."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock

from .gates import hidden_cases
from .kinds import Kind
from .states import State, Trouble

MANY = 4  # attempts: more than an hour after the first one


class EmailQuerySet(models.QuerySet["Email"]):
    def visible_to(self, user: Any) -> "EmailQuerySet":
        """What the office sees: all but the mail about cases that are closed to this person."""
        if not user.has_perm("outbox.view_outbox"):
            return self.none()
        shown = self
        for hidden in hidden_cases(user):
            shown = shown.exclude(case__in=hidden)
        return shown

    def due(self, now: datetime) -> "EmailQuerySet":
        return self.filter(state=State.WAITING, next_attempt_at__lte=now)

    def abandoned(self, since: datetime) -> "EmailQuerySet":
        """Claimed before that moment by a sender who has not been heard of."""
        return self.filter(state=State.SENDING, claimed_at__lt=since)

    def in_trouble(self) -> "EmailQuerySet":
        """Given up, or tried so often already that somebody should look."""
        return self.filter(Q(state=State.FAILED) | Q(state=State.WAITING, attempts__gte=MANY))


class Email(models.Model):
    """One message to one address, written in the transaction of the verb that it tells of.

    `person` is None for an address without an account. `case` names a case as the journal does.
    `key` makes a notice unique for its person. A message with a secret (a link that lets its
    bearer in) is never shown, and its body is emptied when it leaves. `link` is where the notice
    leads, for the daily summary; `unsubscribe_url` opens a page without signing in (RFC 8058).
    """

    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    to = models.EmailField(_("to"))
    language = models.CharField(max_length=10)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    case = models.CharField(max_length=100, blank=True, db_index=True)
    key = models.CharField(max_length=200, blank=True)
    subject = models.TextField(_("subject"))
    body = models.TextField(blank=True)
    has_secret = models.BooleanField(default=False)
    link = models.TextField(blank=True)
    unsubscribe_url = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    next_attempt_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, choices=Trouble.choices, blank=True)
    smtp_code = models.PositiveSmallIntegerField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    digest = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="gathered")

    objects = EmailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=~Q(key=""), name="outbox_one_of_a_key"
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at=None)),
                name="outbox_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, claimed_at__isnull=False)
                | (~Q(state=State.SENDING) & Q(claimed_at=None)),
                name="outbox_claimed_at",
            ),
            models.CheckConstraint(
                condition=Q(state=State.GATHERED, digest__isnull=False)
                | (~Q(state=State.GATHERED) & Q(digest=None)),
                name="outbox_gathered_in",
            ),
            models.CheckConstraint(
                condition=~Q(has_secret=True, state=State.SENT) | Q(body=""),
                name="outbox_keeps_no_secret",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(state__in=[State.WAITING, State.SENDING, State.HELD]),
                name="outbox_unsent",
            ),
            models.Index(fields=["-created_at", "-id"], name="outbox_latest"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("email_detail", args=[self.pk])

    @property
    def text(self) -> str:
        """What it says, without what follows the signature's dashes (RFC 3676): the way out of
        this kind of message is for its reader alone.
        """
        return self.body.partition("\n-- \n")[0]

    @property
    def may_be_read(self) -> bool:
        """Whether the office may see what it says."""
        return bool(self.body) and not self.has_secret

"""Messages between the institution and the office, their files, and who has read how far."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.audit.append_only import append_only, frozen_when
from institutions.models import User
from institutions.states import Role

from .access import barred
from .states import Side

MOST_LETTERS = 10_000


def threads_of(user: User) -> "models.QuerySet[Application]":
    """The cases whose correspondence the person reads: their institution's, and for the office
    all that are open to it. It begins with the submission, since drafts are the institution's own.
    """
    submitted = Application.objects.filter(submitted_at__isnull=False)
    mine = Q(institution__in=user.institution_ids)
    if not user.has_role(Role.OFFICE):
        return submitted.filter(mine)
    handled = Application.objects.open_to_staff(user).exclude(barred(user))
    return submitted.filter(mine | Q(pk__in=handled.values("pk")))


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> "MessageQuerySet":
        return self.filter(application__in=threads_of(user))

    def unread_by(self, user: User) -> "MessageQuerySet":
        """What the other side wrote after the last message that the person has read.

        For the office, what a colleague has answered since is read as well.
        """
        read = Reading.objects.filter(
            person=user, application=OuterRef("application"), last_id__gte=OuterRef("pk")
        )
        answers = Message.objects.filter(
            application=OuterRef("application"), side=Side.OFFICE, pk__gt=OuterRef("pk")
        )
        is_own = Q(application__institution__in=user.institution_ids)
        to_institution = is_own & Q(side=Side.OFFICE)
        to_office = ~is_own & Q(side=Side.INSTITUTION) & ~Exists(answers)
        return self.filter(to_institution | to_office).filter(~Exists(read))


@append_only
class Message(models.Model):
    """What one side wrote to the other."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=20, choices=Side.choices)
    text = models.TextField(_("message"), max_length=MOST_LETTERS)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correspondence_says_something"),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="correspondence_is_of_a_side"
            ),
        ]
        indexes = [
            models.Index(fields=["application", "id"], name="correspondence_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.author}, {self.written_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return f"{reverse('thread', args=[self.application_id])}#wiadomosc-{self.pk}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> "AttachmentQuerySet":
        """Those of messages the person reads, and those they are about to send themselves."""
        return self.filter(application__in=threads_of(user)).filter(
            Q(message__isnull=False) | Q(added_by=user)
        )

    def being_written(self, application: Application, by: User) -> "AttachmentQuerySet":
        return self.filter(application=application, added_by=by, message=None)


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """A UUID on disk, in a folder of the case."""
    return f"messages/{attachment.application_id}/{filename}"


@frozen_when("{row}.message_id IS NOT NULL")
class Attachment(models.Model):
    """A file sent with a message. Until that is sent it is its sender's own, and may go."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, related_name="attachments"
    )
    file = models.FileField(upload_to=attachment_path, max_length=200)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    personal_numbers = models.PositiveSmallIntegerField(default=0)  # PESEL numbers it seems to hold
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.filename

    @property
    def can_be_shown(self) -> bool:
        """A stranger's file is only ever saved."""
        return False


class Reading(models.Model):
    """How far a person has read the correspondence of a case."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    last = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["application", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person"], name="correspondence_one_reading"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.person}"

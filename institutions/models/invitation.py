"""How people come to act for an institution: by a link, sent to their address."""

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.audit.append_only import append_only
from institutions.states import MemberRole

from .institution import Institution, Membership
from .user import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def awaiting(self) -> "InvitationQuerySet":
        """Neither accepted nor taken back; the time may be over."""
        return self.filter(accepted_at=None, cancelled_at=None)

    def valid(self, moment: datetime) -> "InvitationQuerySet":
        return self.awaiting().filter(expires_at__gt=moment)

    def with_secret(self, secret: str) -> "InvitationQuerySet":
        """The one whose link holds this secret."""
        return self.filter(token_sha256=hash_of(secret))


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Invitation(models.Model):
    """An offer to act for an institution. Only the hash of the link's secret is kept.

    `meant_for` is set when the account with this address moved to another one meanwhile.
    """

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"))
    full_name = models.CharField(_("first and last name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=MemberRole.choices)
    token_sha256 = models.CharField(max_length=64, unique=True)
    meant_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    invited_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                "institution",
                Lower("email"),
                condition=Q(accepted_at=None, cancelled_at=None),
                name="institutions_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="institutions_accepted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(accepted_at=None),
                name="institutions_accepted_or_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.institution}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= clock.now()

    @property
    def is_awaiting(self) -> bool:
        return self.accepted_at is None and self.cancelled_at is None

    @property
    def is_by_request(self) -> bool:
        """Whether a written request for custody stands behind it."""
        return hasattr(self, "custody_request")

    def is_for(self, user: User) -> bool:
        """Whether the account is the invited address' own."""
        return user.pk == self.meant_for_id or user.email.lower() == self.email.lower()


def request_path(request: "CustodyRequest", filename: str) -> str:
    """A UUID on disk, under a folder of its own."""
    return f"custody/{request.institution_id}/{filename}"


@append_only
class CustodyRequest(models.Model):
    """A written request to be given an institution that lost its custodian, kept on file."""

    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="custody_requests"
    )
    signatories = models.CharField(_("signed by"), max_length=200)
    received_on = models.DateField(_("received on"))
    file = models.FileField(upload_to=request_path, max_length=200)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, related_name="custody_request"
    )
    leaving = models.ManyToManyField(Membership, related_name="+")  # end when it is accepted
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.institution}, {self.received_on}"

    @property
    def can_be_shown(self) -> bool:
        """A stranger's scan is only ever saved."""
        return False

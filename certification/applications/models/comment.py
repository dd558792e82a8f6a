"""What colleagues of the applicant say to each other about a criterion. Nobody else sees it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.states import ENDED
from certification.standards.models import Criterion
from institutions.models import User

from .application import Application


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User) -> "CommentQuerySet":
        """Those of the institutions the person belongs to, and of no others: not even the office,
        which sees the application, sees what was said while it was written.
        """
        return self.filter(application__institution__in=user.institution_ids)

    def threads(self) -> "CommentQuerySet":
        return self.filter(opening=None)

    def unsettled(self) -> "CommentQuerySet":
        """Threads that nobody has settled yet."""
        return self.threads().filter(settled_at=None)

    def awaiting(self, user: User) -> "CommentQuerySet":
        """Comments that ask for the person's attention: in a thread that is not settled, of a
        case under way, and in which they have not answered since.
        """
        answered = self.model.objects.filter(
            Q(opening=models.OuterRef("opening")) | Q(opening=models.OuterRef("pk")),
            written_by=user,
            pk__gt=models.OuterRef("pk"),
        )
        unsettled = Q(opening=None, settled_at=None) | Q(
            opening__isnull=False, opening__settled_at=None
        )
        return (
            self.visible_to(user)
            .filter(unsettled & ~models.Exists(answered), told=user)
            .exclude(application__state__in=ENDED)
        )


class Comment(models.Model):
    """One comment; without `opening` it begins a thread, which is settled as a whole.

    `told` are the colleagues it was addressed to. It may be changed or removed by who wrote it,
    as long as nobody has answered.
    """

    MAX_LENGTH = 4000

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="comments")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    opening = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    text = models.TextField(_("comment"), max_length=MAX_LENGTH)
    told = models.ManyToManyField(User, related_name="+", blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_by=None, settled_at=None)
                | Q(settled_by__isnull=False, settled_at__isnull=False, opening=None),
                name="applications_comment_settled_by_and_at",
            ),
        ]
        indexes = [
            models.Index(fields=["application", "criterion"], name="applications_comments_of"),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.criterion.code}, {self.pk}"

    def get_absolute_url(self) -> str:
        page = reverse("comment_list", args=[self.application_id, self.criterion.code])
        return f"{page}#komentarz-{self.pk}"

"""What is stated to a holder on paper, under a number."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.documents.models import StoredDocument


class OnPaper(models.Model):
    """A row whose words are a numbered paper as well. Those from before the program printed it
    have neither a number nor a document.
    """

    number = models.CharField(_("number"), max_length=40, unique=True, null=True, editable=False)
    document = models.OneToOneField(
        StoredDocument, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(number=None, document=None)
                | Q(number__isnull=False, document__isnull=False),
                name="%(app_label)s_%(class)s_paper_is_numbered",
            ),
        ]

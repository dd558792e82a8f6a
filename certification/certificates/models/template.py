"""What the form of a new certificate suggests."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.documents.states import OFFERED, Design, Orientation
from certification.standards.models import StandardSet
from institutions.models import User

# printed, therefore Polish whatever the language of the screens
REASON = "za wdrażanie Modelu Organizowania Społeczności Lokalnej"
LABEL = "na lata {od}–{do}"


class CertificateTemplate(models.Model):
    """What the form of a new certificate suggests for one edition of the standards.

    What is left empty follows the issuer's data of the day. Issued certificates copy all of it
    and do not look here again.
    """

    standard_set = models.OneToOneField(
        StandardSet, on_delete=models.PROTECT, related_name="certificate_template"
    )
    design = models.CharField(_("design"), max_length=20, choices=OFFERED, default=Design.CLASSIC)
    orientation = models.CharField(
        _("orientation"), max_length=20, choices=Orientation.choices, default=Orientation.LANDSCAPE
    )
    reason = models.CharField(_("awarded for"), max_length=600, default=REASON)
    label = models.CharField(_("printed period"), max_length=60, default=LABEL)
    place = models.CharField(_("place"), max_length=100, blank=True)
    first_signatory = models.CharField(_("first signature"), max_length=150, blank=True)
    first_function = models.CharField(_("function"), max_length=150, blank=True)
    second_signatory = models.CharField(_("second signature"), max_length=150, blank=True)
    second_function = models.CharField(_("function"), max_length=150, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.standard_set)

    @classmethod
    def of(cls, standard_set: StandardSet) -> "CertificateTemplate":
        """The one that was saved for this edition, else the defaults."""
        saved = cls.objects.filter(standard_set=standard_set).first()
        return saved or cls(standard_set=standard_set)

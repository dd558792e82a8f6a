"""Who heads a municipality, as letters address them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.letters.states import Office
from institutions.grammar import Gender
from institutions.models import Institution, User


class Official(models.Model):
    """The wójt, burmistrz or prezydent of an institution's municipality, as a person confirmed.

    `title` stands below the name in the address („Wójt Gminy Słupno”). Terms end: the form of a
    draft shows what is known, and whoever drafts confirms or changes it.
    """

    GENDERS = ((Gender.MASCULINE.value, _("Mr")), (Gender.FEMININE.value, _("Ms")))

    institution = models.OneToOneField(
        Institution, on_delete=models.CASCADE, related_name="official"
    )
    office = models.CharField(_("office"), max_length=10, choices=Office.choices)
    full_name = models.CharField(_("first and last name"), max_length=150)
    gender = models.CharField(_("form of address"), max_length=1, choices=GENDERS)
    title = models.CharField(
        _("office, as below the name"),
        max_length=150,
        help_text=_("In the nominative, e.g. “Wójt Gminy Słupno” or “Prezydent Miasta Radomia”."),
    )
    address = models.TextField(
        _("address"), max_length=300, blank=True, help_text=_("Street, postcode and town.")
    )
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.full_name}, {self.title}"

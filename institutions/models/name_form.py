"""An institution's name in one case. A document uses only what a person confirmed."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.errors import CannotDo
from institutions.grammar import Case, Variant
from institutions.states import Origin

from .institution import Institution
from .user import User

TOWN = "town"  # beside the variants: what documents ask of the town's name


class MissingNameForms(CannotDo):
    """A document needs forms of a name that are missing or not confirmed.

    `institution` and `missing` (pairs of variant and case) let the page lead to the editor.
    """

    def __init__(self, institution: Institution, missing: Iterable[tuple[str, str]]) -> None:
        self.institution, self.missing = institution, list(missing)
        labels = {**dict(Variant.choices), TOWN: _("town")}
        named = ", ".join(
            f"{labels[variant]} – {Case(case).label}" for variant, case in self.missing
        )
        super().__init__(
            _(
                "The document needs forms of the name of %(institution)s that nobody has "
                "confirmed yet: %(forms)s. Confirm them on the page of the name, then try again."
            )
            % {"institution": institution, "forms": named}
        )


class NameFormQuerySet(models.QuerySet["NameForm"]):
    def confirmed(self) -> "NameFormQuerySet":
        return self.filter(confirmed_at__isnull=False)


class NameForm(models.Model):
    """`text` is the variant of the name in the case. Suggested or typed, then confirmed."""

    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="name_forms"
    )
    variant = models.CharField(max_length=10, choices=Variant.choices)
    case = models.CharField(max_length=4, choices=Case.choices)
    text = models.CharField(max_length=300)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = NameFormQuerySet.as_manager()

    class Meta:
        ordering = ["institution", "variant", "case"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "variant", "case"], name="institutions_one_name_form"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="institutions_confirmed_by_and_at",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="institutions_name_form_has_text"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class Names:
    """An institution's confirmed names, loaded once, for the writer of a document.

        names = Names(institution)
        names("full", "dat")  ->  "Miejskiemu Ośrodkowi …", or MissingNameForms
        names("town", "gen")  ->  "Stalowej Woli"
        names("town", "loc")  ->  "w Stalowej Woli", with its preposition

    `require` asks for many at once, so that a person learns of everything missing together.
    """

    def __init__(self, institution: Institution) -> None:
        self.institution = institution
        self._forms = {
            (form.variant, form.case): form.text
            for form in institution.name_forms.confirmed()  # type: ignore[attr-defined]
        }
        if institution.town_confirmed_at:
            self._forms[TOWN, Case.GEN] = institution.town_genitive
            self._forms[TOWN, Case.LOC] = institution.in_town

    def __call__(self, variant: str, case: str) -> str:
        self.require([(variant, case)])
        return self._forms[variant, case]

    def all_forms(self) -> list[str]:
        """Every confirmed form, of the town too."""
        return list(dict.fromkeys(self._forms.values()))

    def missing(self, needed: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return [pair for pair in dict.fromkeys(needed) if pair not in self._forms]

    def require(self, needed: Iterable[tuple[str, str]]) -> None:
        missing = self.missing(needed)
        if missing:
            raise MissingNameForms(self.institution, missing)

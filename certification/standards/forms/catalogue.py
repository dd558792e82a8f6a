"""Narrowing the catalogue to what one kind of institution answers."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.standards.models import InstitutionKind


class CatalogueFilter(forms.Form):
    rodzaj = forms.ChoiceField(label=_("What applies to"), required=False)

    def __init__(self, *args: object, kinds: Iterable[InstitutionKind], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._kinds = {kind.code: kind for kind in kinds}
        field: forms.ChoiceField = self.fields["rodzaj"]  # type: ignore[assignment]
        field.choices = [
            ("", _("every kind of institution")),
            *((code, kind.name) for code, kind in self._kinds.items()),
        ]

    @property
    def kind(self) -> InstitutionKind | None:
        """The chosen kind; None for all, and for a code that is not listed."""
        return self._kinds.get(self.cleaned_data.get("rodzaj", "")) if self.is_valid() else None

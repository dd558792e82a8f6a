"""Whose unit an institution is."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ParentSearch(forms.Form):
    """Looking an institution up among thousands: by name, town or number."""

    q = forms.CharField(
        label=_("Name, town or number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def typed(self) -> str:
        return self.cleaned_data["q"].strip() if self.is_valid() else ""


class ParentForm(forms.Form):
    """The one that was chosen; empty makes it an institution of its own."""

    parent = forms.ModelChoiceField(
        label=_("Unit of"), queryset=Institution.objects.none(), required=False
    )

    def __init__(self, *args: Any, candidates: "QuerySet[Institution]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].queryset = candidates  # type: ignore[attr-defined]

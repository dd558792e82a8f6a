"""Why an institution's name changes, and to what."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from institutions.forms.institution import refuse_namesake
from institutions.models import Institution


class Reason(models.TextChoices):
    """A mistake leaves no trace; a new name leaves the former one in the history."""

    NEW_NAME = "new", _("The institution has a new name since a certain day")
    CORRECTION = "correction", _("The name was typed in with a mistake")


class RenameForm(forms.Form):
    """`since` and `basis` count for a new name alone. `seen` is the name the page showed."""

    reason = forms.ChoiceField(
        label=_("What happened"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether this is a new name or a correction.")},
    )
    name = forms.CharField(
        label=_("Full name"),
        max_length=300,
        help_text=_("In full, as in the statute: documents print it exactly so."),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "pl"}),
    )
    since = forms.DateField(
        label=_("The new name holds since"),
        required=False,
        help_text=_("Only for a new name. The day before is the last day of the former one."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    basis = forms.CharField(
        label=_("Basis of the change"),
        max_length=300,
        required=False,
        help_text=_("Only for a new name, e.g. uchwała nr XX/123/2026 Rady Miejskiej."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, institution: Institution, **options: Any) -> None:
        self.institution = institution
        options.setdefault("initial", {"name": institution.name, "seen": institution.name})
        super().__init__(*args, **options)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        refuse_namesake(self.institution, name=name, town=self.institution.town)
        return name

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == Reason.CORRECTION:
            cleaned["since"], cleaned["basis"] = None, ""
        elif cleaned.get("reason") and not cleaned.get("since") and "since" not in self.errors:
            self.add_error("since", _("Give the day since which the new name holds."))
        return cleaned

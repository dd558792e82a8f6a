"""Forms of the library itself: describing what is in it, and finding it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.standards.models import EvidenceType
from institutions.models import Evidence, Institution


class DescriptionForm(forms.ModelForm):
    """What the evidence is and what time it speaks of."""

    class Meta:
        model = Evidence
        fields = ["title", "type", "description", "occurred_from", "occurred_to"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "occurred_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "occurred_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "title": _("Short and telling, e.g. “Statute of 2024” or “Residents' meeting in May”."),
            "description": _("What is to be seen here? Assessors read it beside the evidence."),
            "occurred_from": _("When it happened or was in force, and not when it is added."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].empty_label = _("choose…")  # type: ignore[attr-defined]


class EvidenceFilter(forms.Form):
    """Narrowing the library; the institution is asked only of people who have several."""

    q = forms.CharField(
        label=_("Title, description or file name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    rodzaj = forms.ModelChoiceField(
        label=_("Kind of evidence"),
        queryset=EvidenceType.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("every kind"),
    )
    instytucja = forms.ModelChoiceField(
        label=_("Institution"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("all of mine"),
    )

    def __init__(self, *args: Any, types: Any, institutions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rodzaj"].queryset = types  # type: ignore[attr-defined]
        if len(institutions) < 2:
            del self.fields["instytucja"]
        else:
            self.fields["instytucja"].queryset = institutions  # type: ignore[attr-defined]

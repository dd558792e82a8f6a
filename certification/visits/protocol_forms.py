"""What is written about a visit that took place, and what the institution says to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Protocol, ProtocolRemark
from .services.protocol import TEXTS


class ProtocolForm(forms.ModelForm):
    """A draft may be unfinished: what is missing is asked for before it is presented."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Protocol
        fields = TEXTS
        widgets = {
            "attendees": forms.Textarea(attrs={"rows": 3}),
            "course": forms.Textarea(attrs={"rows": 8}),
            "findings": forms.Textarea(attrs={"rows": 8}),
            "documents": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, data: Any = None, *, draft: Protocol | None = None) -> None:
        version = draft.version if draft else 0
        super().__init__(data, instance=draft, initial={"expected_version": version})
        for name in TEXTS:
            self.fields[name].required = False

    def _post_clean(self) -> None:
        """Nothing is written to the row here: the service does it, over the version it locks."""

    def texts(self) -> dict[str, Any]:
        return self.cleaned_data


class RemarkForm(forms.ModelForm):
    class Meta:
        model = ProtocolRemark
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"text": _("It is kept word for word and printed with the protocol.")}


class ConfirmForm(forms.Form):
    """A page that asks once more; it has no fields."""

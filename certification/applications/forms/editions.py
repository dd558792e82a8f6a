"""Going over to a newer edition of the standards."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certification.standards.models import StandardSet


class EditionForm(forms.Form):
    """The edition whose mapping the person saw; another one may have been published since."""

    edition = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: StandardSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["edition"].initial = offered.code

    def clean_edition(self) -> str:
        code: str = self.cleaned_data["edition"]
        if code != self.offered.code:
            raise ValidationError(
                _("A newer edition was published since. Look at what changes once more.")
            )
        return code

"""The file that comes back signed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .receiving import MAX_BYTES


class SignedCopyForm(forms.Form):
    file = forms.FileField(
        label=_("The signed file"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".pdf", "data-max-bytes": MAX_BYTES}),
        help_text=_("The PDF with the electronic signature inside (PAdES); up to 20 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

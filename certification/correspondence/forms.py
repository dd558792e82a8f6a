"""What people type and send to the other side."""

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.forms.evidence import FilesField, SeveralFilesInput
from institutions.uploads import ACCEPT

from .models import MOST_LETTERS
from .services import MAX_BYTES


class MessageForm(forms.Form):
    """`seen` is the last message that was on the page."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what this is about.")},
    )
    attached = FilesField(
        label=_("Files"),
        required=False,
        max_length=255,
        widget=SeveralFilesInput(attrs={"accept": ACCEPT, "data-max-bytes": MAX_BYTES}),
        help_text=_("PDF, pictures, office documents, recordings; at most 10 files, 20 MB each."),
        error_messages={"empty": _("This file is empty.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()

"""Sending a signed paper, and what the office says of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Paper

MAX_BYTES = 20 * 1024 * 1024


class SignedPaperForm(forms.Form):
    """`papers` are those that may be sent now; where it is one, nothing is asked."""

    paper = forms.ChoiceField(label=_("What it is"), widget=forms.RadioSelect)
    signatory = forms.CharField(
        label=_("Who signed it"),
        max_length=200,
        help_text=_("First and last name and function, e.g. “Jan Nowak, director”."),
    )
    file = forms.FileField(
        label=_("The signed file"),
        max_length=255,
        widget=forms.ClearableFileInput(
            attrs={"accept": ".pdf,.jpg,.jpeg,.png", "data-max-bytes": MAX_BYTES}
        ),
        help_text=_(
            "The PDF with its electronic signature inside (PAdES), or a scan of the paper as a "
            "PDF, JPEG or PNG; up to 20 MB."
        ),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

    def __init__(self, *args: Any, papers: list[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["paper"]
        choice.choices = [(each.value, each.label) for each in papers]  # type: ignore[attr-defined]
        choice.initial = papers[0].value
        if len(papers) == 1:
            choice.widget = forms.HiddenInput()

    def clean_paper(self) -> Paper:
        return Paper(self.cleaned_data["paper"])


class AcceptPaperForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "How you know that the person may sign, what another validator said. The institution "
            "sees it."
        ),
    )


class RefusePaperForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong, and what the institution should do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The institution reads it and is asked to send the paper anew."),
    )

"""What the office chooses, and what the institution answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.standards.models import Standard

from .candidates import Candidate
from .models import LONGEST, PraiseStep


class PraiseForm(forms.Form):
    """A field for each standard that is met. Empty ones are not published."""

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for candidate in candidates:
            self.fields[self._name(candidate.standard)] = forms.CharField(
                label=_("Sentence for the public page"),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> list[tuple[Candidate, Any]]:
        """Each standard with its field."""
        return [(each, self[self._name(each.standard)]) for each in self.candidates]

    def sentences(self) -> dict[Standard, str]:
        return {
            each.standard: self.cleaned_data[self._name(each.standard)] for each in self.candidates
        }

    @staticmethod
    def _name(standard: Standard) -> str:
        return f"standard-{standard.pk}"

    @staticmethod
    def initial_of(texts: dict[int, str]) -> dict[str, str]:
        """What the fields hold at first: sentences by the key of their standard."""
        return {f"standard-{pk}": text for pk, text in texts.items()}


class DeclineForm(forms.Form):
    note = forms.CharField(
        label=_("What should be different, or why not?"),
        max_length=PraiseStep._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

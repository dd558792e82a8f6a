"""What the office chooses, and what the institution answers."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from certification.certificates.forms import LenientFilter
from certification.standards.models import Standard
from institutions.identifiers import Voivodeship

from .candidates import Candidate
from .models import LONGEST, HandOver, PraiseStep


class ChangesFilter(LenientFilter):
    voivodeship = forms.ChoiceField(
        label=_("Voivodeship"), required=False, choices=[("", _("all")), *Voivodeship.choices]
    )


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


def _text(field: str, **extra: Any) -> forms.CharField:
    """A line as long as the column of the hand-over that it goes into."""
    column = HandOver._meta.get_field(field)
    extra.setdefault("label", capfirst(column.verbose_name))  # type: ignore[union-attr]
    return forms.CharField(
        max_length=column.max_length,  # type: ignore[union-attr]
        **extra,
    )


class HandOverForm(forms.Form):
    """A day to come is a plan, a day gone by a record."""

    on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    place = _text(
        "place", label=_("Place"), help_text=_("e.g. session hall of the Town Hall, Stalowa Wola")
    )
    occasion = _text("occasion", help_text=_("e.g. session of the Town Council, conference"))
    presenter = _text(
        "presenter",
        required=False,
        help_text=_("Name and function. Not shown to the public. Needed once it was handed over."),
    )
    held = forms.BooleanField(
        label=_("The certificate was handed over on that day"), required=False
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("held") and not data.get("presenter"):
            self.add_error("presenter", _("Say who handed it over."))
        return data

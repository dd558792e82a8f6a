"""What the office sends of a batch, and what assessors say of themselves."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Call
from certification.assessments.models import AssessorProfile
from institutions.identifiers import Voivodeship

from .gathering import Batch, due_by_default
from .planning import Choice, Draft, first_draft


class DueForm(forms.Form):
    """By which day the whole batch is to be rated."""

    due_on = forms.DateField(
        label=_("To be done by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = due_by_default(today)
        self.today = today

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("This day has passed. Choose a later one."))
        return due_on

    def day(self) -> date:
        """The day that was chosen, while it is one."""
        if self.is_bound and self.is_valid():
            chosen: date = self.cleaned_data["due_on"]
            return chosen
        return due_by_default(self.today)


class CallFilter(forms.Form):
    """The cases of one call alone."""

    nabor = forms.ModelChoiceField(
        label=_("Call"), queryset=Call.objects.all(), required=False, empty_label=_("all cases")
    )

    @property
    def is_useful(self) -> bool:
        return Call.objects.exists()

    def chosen(self) -> Call | None:
        """None for what is no call: a bookmark of a call that is gone shows all cases."""
        if not self.is_valid():
            return None
        found: Call | None = self.cleaned_data["nabor"]
        return found


def read_draft(batch: Batch, sent: QueryDict) -> tuple[Draft, bool]:
    """The draft as the page holds it, and whether it still fits: False when a case waits no
    more, or somebody chosen is no assessor any more. What no longer fits is left out.
    """
    draft = first_draft(batch)
    shown = set(_keys(sent.getlist("case")))
    fits = shown <= draft.keys()
    for key in shown & draft.keys():
        named = [one for one in sent.getlist(f"who-{key}") if one]
        people = tuple(dict.fromkeys(one for one in _keys(named) if one in batch.assessors))
        fits &= len(set(named)) == len(people)
        draft[key] = Choice(
            people=people,
            is_kept=f"kept-{key}" in sent,
            is_left_out=f"out-{key}" in sent,
            visit=f"visit-{key}" in sent,
        )
    return draft, fits


def opened_case(batch: Batch, sent: QueryDict) -> int | None:
    """The case whose choices are to be laid open."""
    asked = _keys([sent.get("open", "")])
    return asked[0] if asked and asked[0] in batch.cases else None


def _keys(sent: Iterable[str]) -> list[int]:
    return [int(one) for one in sent if re.fullmatch("[0-9]{1,18}", one)]


class ProfileForm(forms.ModelForm):
    """Where, how many, and when not."""

    regions = forms.MultipleChoiceField(
        label=_("Voivodeships where you readily go"),
        choices=Voivodeship.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A case is given to somebody near when a visit is likely."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = AssessorProfile
        fields = ["most_at_once", "away_from", "away_until"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("away_from", "away_until")
        }
        help_texts = {
            "most_at_once": _("Cases you have not submitted yet. Nought: none for now."),
            "away_from": _("Both days, or neither. In between no new case is proposed to you."),
        }

    field_order = ["regions", "most_at_once", "away_from", "away_until", "version"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("away_from"), data.get("away_until")
        if bool(since) != bool(until) and not self.errors.keys() & {"away_from", "away_until"}:
            self.add_error("away_until", _("Give both days, or neither."))
        return data

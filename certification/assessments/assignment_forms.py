"""What becomes of an assignment: taken whole or in part, declined, handed back, given more time."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from certification.standards.models import Criterion

from .models import Assignment

REASON = Assignment._meta.get_field("end_reason").max_length


def _reason(label: Any, **options: Any) -> forms.CharField:
    options.setdefault("max_length", REASON)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **options)


class AreasForm(forms.Form):
    """Everything, or only the areas that are ticked; `criteria` are then theirs, else nothing."""

    WHOLE, PART = "whole", "part"
    scope = forms.ChoiceField(widget=forms.RadioSelect, required=False, initial=WHOLE)
    areas = forms.MultipleChoiceField(
        label=_("Areas"), widget=forms.CheckboxSelectMultiple, required=False
    )
    labels: tuple[Any, Any, Any] = ("", "", "")  # the question, everything, a part

    def __init__(self, data: Any = None, *, asked: Sequence[Criterion]) -> None:
        super().__init__(data)
        self._by_area = {
            area.code: (str(area), list(criteria))
            for area, criteria in groupby(asked, key=lambda each: each.standard.area)
        }
        question, whole, part = self.labels
        self.fields["scope"].label = question
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (self.WHOLE, f"{whole} ({_criteria(len(asked))})"),
            (self.PART, part),
        ]
        self.fields["areas"].choices = [  # type: ignore[attr-defined]
            (code, f"{label} ({_criteria(len(criteria))})")
            for code, (label, criteria) in self._by_area.items()
        ]
        if len(self._by_area) < 2:
            del self.fields["scope"], self.fields["areas"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("scope") == self.PART and not data.get("areas") and "areas" not in self.errors:
            self.add_error("areas", _("Tick at least one area."))
        if data.get("scope") != self.PART and data.get("areas"):
            self.add_error("scope", _("You ticked areas. Choose only these, or untick them."))
        return data

    @property
    def criteria(self) -> list[Criterion]:
        """Those of the chosen areas; none where it is everything."""
        if self.cleaned_data.get("scope") != self.PART:
            return []
        chosen = set(self.cleaned_data["areas"])
        return [
            each
            for code, (_label, criteria) in self._by_area.items()
            if code in chosen
            for each in criteria
        ]


def _criteria(number: int) -> str:
    return ngettext("%(n)s criterion", "%(n)s criteria", number) % {"n": number}


class TakeForm(AreasForm):
    """With the declaration that there is no conflict of interest."""

    labels = (_("What I take"), _("The whole case"), _("Only the areas ticked below"))
    reason = _reason(_("A word to the office"), required=False, help_text=_("Optional."))


class HandBackForm(AreasForm):
    labels = (_("What I hand back"), _("The whole case"), _("Only the areas ticked below"))
    reason = _reason(_("Reason"), help_text=_("The office reads it; the other assessor does not."))


class DeclineForm(forms.Form):
    reason = _reason(_("Reason"), help_text=_("For example: no time, illness, too far to travel."))


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TimeWishForm(forms.Form):
    """More time, until a day after the present one."""

    until = DayField(label=_("Until when"))
    wish = _reason(_("Why you need more time"), max_length=1000)

    def __init__(self, *args: Any, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._after = after
        self.fields["until"].widget.attrs["min"] = (after + timedelta(days=1)).isoformat()

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self._after:
            raise forms.ValidationError(_("Choose a day after the present deadline."))
        return until


class TimeForm(forms.Form):
    """The office answers a wish for more time, or gives time unasked."""

    GIVE, REFUSE = "give", "refuse"
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[(GIVE, _("Give more time")), (REFUSE, _("Leave the deadline as it is"))],
        widget=forms.RadioSelect,
        initial=GIVE,
    )
    until = DayField(label=_("Until when"), required=False)
    reason = _reason(
        _("Reason"),
        max_length=1000,
        required=False,
        help_text=_("The assessor reads it. Needed when you leave the deadline as it is."),
    )

    def __init__(self, *args: Any, after: date, is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._after = after
        if not is_asked:
            del self.fields["answer"]

    @property
    def refuses(self) -> bool:
        return self.cleaned_data.get("answer") == self.REFUSE

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        until = data.get("until")
        if self.refuses and not data.get("reason"):
            self.add_error("reason", _("Write the reason: the assessor will read it."))
        if not self.refuses and "until" not in self.errors and (not until or until <= self._after):
            self.add_error("until", _("Choose a day after the present deadline."))
        return data

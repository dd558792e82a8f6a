"""What assessors and the office write."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from certification.applications.models import ConflictDeclaration
from certification.standards.models import RatingLevel
from institutions.models import User

from .candidates import Candidate
from .models import Assessment, Assignment, ConsolidatedRating, Rating


class CandidateSelect(forms.Select):
    """Shows those who cannot be chosen too, with the reason, so that nobody wonders."""

    barred: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.barred:
            option["attrs"]["disabled"] = True
        return option


def _candidate_label(candidate: Candidate) -> str:
    if candidate.obstacle:
        return f"{candidate.user} – {candidate.obstacle}"
    load = ngettext("%(count)d case in hand", "%(count)d cases in hand", candidate.load)
    return f"{candidate.user} – {load % {'count': candidate.load}}"


class AssignmentForm(forms.Form):
    """As many choices as there are places; the first is needed, the second may follow later."""

    due_on = forms.DateField(
        label=_("To be done by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, people: Sequence[Candidate], places: int, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._free = {str(one.user.pk): one.user for one in people if not one.obstacle}
        self.today = today
        choices = [(str(one.user.pk), _candidate_label(one)) for one in people]
        for place in range(places):
            select = CandidateSelect()
            select.barred = frozenset(value for value, _label in choices) - self._free.keys()
            self.fields[f"assessor_{place}"] = forms.ChoiceField(
                label=_("Assessor")
                if places == 1
                else [_("First assessor"), _("Second assessor")][place],
                choices=[("", "–"), *choices],
                widget=select,
                required=place == 0,
            )
        self.places = [f"assessor_{place}" for place in range(places)]
        self.order_fields([*self.places, "due_on"])

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("This day has passed. Choose a later one."))
        return due_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [data[place] for place in self.places if data.get(place)]
        if len(set(chosen)) < len(chosen):
            self.add_error(self.places[-1], _("Choose two different people."))
        for place in self.places:
            if data.get(place) and data[place] not in self._free:
                self.add_error(place, _("This person cannot assess this case."))
        return data

    @property
    def assessors(self) -> list[User]:
        chosen = (self.cleaned_data[place] for place in self.places)
        return [self._free[value] for value in chosen if value]


class EndAssignmentForm(forms.ModelForm):
    end_reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the history of the case."),
    )

    class Meta:
        model = Assignment
        fields = ["end_reason"]


class ConflictForm(forms.ModelForm):
    class Meta:
        model = ConflictDeclaration
        fields = ["ground", "note"]
        widgets = {"ground": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = ConflictDeclaration.Ground.choices  # type: ignore[attr-defined]


class LevelField(forms.ChoiceField):
    """One of the edition's levels, which the page loads once; cleans to the level or None."""

    widget = forms.RadioSelect

    def offer(self, levels: Iterable[RatingLevel]) -> None:
        self.levels = {str(level.pk): level for level in levels}
        self.choices = [(pk, str(level)) for pk, level in self.levels.items()]

    def clean(self, value: Any) -> RatingLevel | None:
        return self.levels.get(super().clean(value))


class RatingForm(forms.Form):
    """A rating, finished or not: what is missing is asked for at the end."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    level = LevelField(label=_("Level"), required=False)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=Rating._meta.get_field("comment").max_length,
        widget=forms.Textarea,
        help_text=_("What you found, and where. The institution's strengths and what is missing."),
    )
    private_note = forms.CharField(
        label=_("Private note"),
        required=False,
        max_length=Rating._meta.get_field("private_note").max_length,
        widget=forms.Textarea,
        help_text=_("For your eyes only. Nobody else will ever see it."),
    )

    def __init__(self, *args: Any, levels: Iterable[RatingLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].offer(levels)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, rating: Rating | None, levels: Iterable[RatingLevel]) -> "RatingForm":
        """The form filled with what is saved."""
        if rating is None:
            return cls(levels=levels, initial={"version": 0})
        return cls(
            levels=levels,
            initial={
                "version": rating.version,
                "level": rating.level_id,
                "comment": rating.comment,
                "private_note": rating.private_note,
            },
        )


class SummaryForm(forms.ModelForm):
    class Meta:
        model = Assessment
        fields = ["summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 6})}


class SettleForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    level = LevelField(label=_("Agreed level"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=ConsolidatedRating._meta.get_field("reason").max_length,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, code: str, levels: Iterable[RatingLevel], **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{code}_%s"  # several of these forms stand on one page
        super().__init__(*args, **kwargs)
        self.fields["level"].offer(levels)  # type: ignore[attr-defined]

"""What assessors and the office write."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self, cast

from django import forms
from django.db.models import TextField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from certification.applications.forms.answering import TextAsTyped
from certification.applications.models import ConflictDeclaration
from certification.standards.models import RatingLevel
from institutions.models import User

from .candidates import Candidate
from .export.reading import MAX_BYTES
from .models import (
    Assessment,
    Assignment,
    CalibrationRating,
    CardRemark,
    ConsolidatedRating,
    Rating,
    RatingCorrection,
)


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


def _text_of(name: str, label: Any, help_text: Any, *, rows: int) -> TextAsTyped:
    """A field for one of the texts of a rating, as long as its column takes."""
    return TextAsTyped(
        label=label,
        required=False,
        max_length=cast("TextField[str, str]", Rating._meta.get_field(name)).max_length or 0,
        rows=rows,
        help_text=help_text,
    )


class ReasonedForm(forms.Form):
    """A rating, finished or not, of a sample: what is missing is asked for at the end."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    level = LevelField(label=_("Level"), required=False)
    strengths = _text_of(
        "strengths", _("Strengths"), _("What speaks for it, and where you saw it."), rows=4
    )
    weaknesses = _text_of(
        "weaknesses", _("What is missing"), _("What you looked for and did not find."), rows=4
    )

    TEXTS: tuple[str, ...] = CalibrationRating.TEXTS

    def __init__(self, *args: Any, levels: Iterable[RatingLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].offer(levels)  # type: ignore[attr-defined]

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.TEXTS}

    @property
    def text_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.TEXTS]

    @property
    def saves(self) -> str:
        """What the page saves by itself, in the order of `Reasoned.fingerprint`."""
        return " ".join([*self.TEXTS, "level"])

    @classmethod
    def of(cls, rating: Rating | CalibrationRating | None, levels: Iterable[RatingLevel]) -> Self:
        """The form filled with what is saved."""
        if rating is None:
            return cls(levels=levels, initial={"version": 0})
        saved = {"version": rating.version, "level": rating.level_id, **rating.texts}
        return cls(levels=levels, initial=saved)


class RatingForm(ReasonedForm):
    """Of a real case."""

    question = _text_of(
        "question",
        _("Question to the institution"),
        _("For a visit or a talk. The office reads it once you have submitted your card."),
        rows=2,
    )
    private_note = _text_of(
        "private_note",
        _("Private note"),
        _("For your eyes only. Nobody else will ever see it."),
        rows=2,
    )

    TEXTS = Rating.TEXTS


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

    def __init__(self, *args: Any, levels: Iterable[RatingLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].offer(levels)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, agreed: ConsolidatedRating, levels: Iterable[RatingLevel]) -> "SettleForm":
        """The form filled with what is settled."""
        return cls(
            levels=levels,
            initial={
                "version": agreed.version,
                "level": agreed.level_id,
                "reason": agreed.reason,
            },
        )


class RemarkForm(forms.Form):
    """Something to say about a criterion."""

    text = forms.CharField(
        label=_("What you say"),
        max_length=CardRemark._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionForm(forms.Form):
    """What one says instead of what one submitted. `seen` counts the corrections made before."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    level = LevelField(label=_("Level"))
    strengths = forms.CharField(
        label=_("Strengths"),
        required=False,
        max_length=RatingCorrection._meta.get_field("strengths").max_length,
        widget=forms.Textarea,
    )
    weaknesses = forms.CharField(
        label=_("What is missing"),
        required=False,
        max_length=RatingCorrection._meta.get_field("weaknesses").max_length,
        widget=forms.Textarea,
    )
    reason = forms.CharField(
        label=_("Why you correct it"),
        max_length=RatingCorrection._meta.get_field("reason").max_length,
        widget=forms.Textarea,
        help_text=_("It is read beside the rating that you submitted, which stays as it was."),
    )

    def __init__(self, *args: Any, levels: Iterable[RatingLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].offer(levels)  # type: ignore[attr-defined]


class ProposalForm(forms.Form):
    """What the institution should complete, and why; emptied, it takes the wish back."""

    reason = forms.CharField(
        label=_("What is missing and why"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The office may send it to the institution in these words, without your name."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RatingsFileForm(forms.Form):
    """A spreadsheet of ratings; what is in it is found out when it is read."""

    file = forms.FileField(
        label=_("Spreadsheet with your ratings (XLSX)"),
        max_length=255,
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx", "data-max-bytes": MAX_BYTES}),
    )

"""What the office and assessors write in a calibration."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Application
from certification.assessments.forms import LevelField
from certification.assessments.models import CalibrationRound, SampleAnswer
from certification.standards.forms.editions import with_edition
from certification.standards.models import InstitutionKind, RatingLevel, StandardSet
from institutions.models import User

from .invitees import Invitee


def _length(model: Any, field: str) -> int:
    longest: int = model._meta.get_field(field).max_length
    return longest


class RoundForm(forms.Form):
    """Begin a round: copied from an ended case, or written from nothing."""

    COPY, WRITE = "kopia", "nowa"

    title = forms.CharField(
        label=_("Title"),
        max_length=_length(CalibrationRound, "title"),
        help_text=_("As the assessors will see it, e.g. “Before the season of 2027”."),
    )
    basis = forms.ChoiceField(
        label=_("Sample case"),
        choices=[
            (COPY, _("Copy an ended case, with names and places replaced")),
            (WRITE, _("Write it myself")),
        ],
        widget=forms.RadioSelect,
        initial=COPY,
    )
    source = forms.ModelChoiceField(
        label=_("Ended case"),
        queryset=Application.objects.none(),
        required=False,
        help_text=_("Only the office ever learns which case it was."),
    )
    standard_set = forms.ModelChoiceField(
        label=_("Standards"), queryset=StandardSet.objects.none(), required=False
    )
    kind = forms.ModelChoiceField(
        label=_("Kind of institution"), queryset=InstitutionKind.objects.all(), required=False
    )

    def __init__(self, data: Any = None, *, cases: "QuerySet[Application]") -> None:
        super().__init__(data)
        source: Any = self.fields["source"]
        source.queryset = cases
        source.label_from_instance = _case_label
        editions: Any = self.fields["standard_set"]
        editions.queryset = StandardSet.objects.in_use().newest_first()
        editions.label_from_instance = with_edition
        editions.initial = editions.queryset.first()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("basis") == self.COPY:
            self._need(data, "source", _("Choose the case to copy."))
        elif data.get("basis") == self.WRITE:
            self._need(data, "standard_set", _("Choose the standards."))
            self._need(data, "kind", _("Choose the kind of institution."))
        return data

    def _need(self, data: dict[str, Any], field: str, message: Any) -> None:
        if not data.get(field) and field not in self.errors:
            self.add_error(field, message)


def _case_label(case: Application) -> str:
    return f"{case.number} – {case.institution} ({case.get_state_display()})"


class AboutForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = CalibrationRound
        fields = ["title", "about"]
        widgets = {"about": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, data: Any = None, *, instance: CalibrationRound) -> None:
        super().__init__(data, instance=instance, initial={"version": instance.version})


class SampleForm(forms.Form):
    """What the sample says about one criterion."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=_length(SampleAnswer, "text"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    evidence = forms.CharField(
        label=_("Evidence, described"),
        required=False,
        max_length=_length(SampleAnswer, "evidence"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One piece a line, and what it shows. Files of a real case are not used."),
    )
    self_rating = LevelField(label=_("Self-rating"), required=False, widget=forms.Select)
    is_rated = forms.BooleanField(label=_("Assessors rate this criterion"), required=False)

    def __init__(
        self, data: Any = None, *, answer: SampleAnswer, levels: Iterable[RatingLevel]
    ) -> None:
        initial = {
            "version": answer.version,
            "text": answer.text,
            "evidence": answer.evidence,
            "self_rating": answer.self_rating_id,
            "is_rated": answer.is_rated,
        }
        super().__init__(data, initial=initial)
        field: Any = self.fields["self_rating"]
        field.offer(levels)
        field.choices = [("", "–"), *field.choices]


class ReplaceForm(forms.Form):
    """Put one text for another all over the sample."""

    old = forms.CharField(label=_("Find"), max_length=200, min_length=2)
    new = forms.CharField(label=_("Put in its place"), max_length=200, required=False)


class InviteForm(forms.Form):
    """Whom to invite and by when. `is_opening` asks for the confirmation that nothing tells whose
    case the sample was; without it nobody need be chosen, as the day alone may change.
    """

    due_on = forms.DateField(
        label=_("To be rated by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_read = forms.BooleanField(
        label=_("I have read the sample, and nothing in it tells whose case it was"),
        error_messages={"required": _("Read the sample and confirm this.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        people: Sequence[Invitee],
        today: date,
        is_opening: bool,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.people, self.today, self.is_opening = people, today, is_opening
        free = [one for one in people if not one.obstacle]
        self._free = {str(one.user.pk): one.user for one in free}
        self.fields["assessors"] = forms.MultipleChoiceField(
            label=_("Assessors"),
            choices=[(key, str(person)) for key, person in self._free.items()],
            required=is_opening,
            error_messages={
                "required": _("Choose whom to invite."),
                "invalid_choice": _("This person cannot be invited."),
            },
        )
        if not is_opening:
            del self.fields["is_read"]

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.today and due_on != self.initial.get("due_on"):
            raise forms.ValidationError(_("This day has passed. Choose a later one."))
        return due_on

    @property
    def assessors(self) -> list[User]:
        return [self._free[key] for key in self.cleaned_data["assessors"]]

    @property
    def chosen(self) -> list[str]:
        """What stays ticked when the form comes back."""
        return list(self["assessors"].value() or [])

"""Forms of an application. They check what was typed and write nothing."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.standards.models import Criterion, RatingLevel
from institutions.forms.library_filter import PlainSelect
from institutions.models import EvidenceRevision, User
from institutions.states import Role

from .models import Answer, Application, CompletionRequest, ConflictDeclaration
from .states import Declaration, State

DAYS_TO_COMPLETE = 14


class PlainText(forms.CharField):
    """A long text. A browser sends each line end as two characters; one is kept, and counted."""

    def __init__(self, *, max_length: int, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "maxlength": max_length})
        super().__init__(widget=widget, **options)
        self.validators.append(MaxLengthValidator(max_length))

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class AnswerForm(forms.Form):
    """Self-rating and text on one criterion; both may wait, but "not applicable" is explained."""

    self_rating = forms.ModelChoiceField(
        label=_("Self-rating"),
        queryset=RatingLevel.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )
    text = PlainText(
        label=_("Answer"),
        max_length=Answer.MAX_LENGTH,
        rows=14,
        required=False,
        help_text=_("What you do, with whom, how often, and what came of it. Plain words will do."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, levels: QuerySet[RatingLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["self_rating"].queryset = levels  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        rating = cleaned.get("self_rating")
        if rating is not None and rating.value is None and not cleaned.get("text"):
            self.add_error("text", _("Explain why this criterion does not apply to you."))
        return cleaned


class CitationForm(forms.Form):
    """A piece of evidence from the library (its newest version), and a page in it."""

    revision = forms.ModelChoiceField(
        label=_("Evidence from your library"),
        queryset=EvidenceRevision.objects.none(),
        empty_label=_("choose…"),
        widget=PlainSelect,
        required=False,  # the answer around it is saved without; clean_revision asks for it
        error_messages={
            "invalid_choice": _("This evidence is cited here already, or is not in your library.")
        },
    )
    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=9999, required=False)

    def __init__(self, *args: Any, revisions: QuerySet[EvidenceRevision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["revision"]
        field.queryset = revisions
        # a library may hold thousands: no row becomes an object, and none is drawn by a template
        listed = revisions.values_list("pk", "evidence__title", "number")
        field.widget.choices = [
            ("", field.empty_label),
            *((pk, _name(title, number)) for pk, title, number in listed),
        ]

    @property
    def has_choice(self) -> bool:
        widget: Any = self.fields["revision"].widget
        return len(widget.choices) > 1

    def clean_revision(self) -> EvidenceRevision:
        revision: EvidenceRevision | None = self.cleaned_data["revision"]
        if revision is None:
            raise ValidationError(_("Choose a piece of evidence."))
        return revision


def _name(title: str, number: int) -> str:
    return title if number == 1 else f"{title} ({_('version')} {number})"


class SubmitForm(forms.Form):
    """Every declaration, each ticked on its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for declaration in Declaration:
            self.fields[declaration.value] = forms.BooleanField(
                label=declaration.label,
                error_messages={"required": _("This declaration is needed.")},
            )


class CompletionRequestForm(forms.ModelForm):
    criteria = forms.ModelMultipleChoiceField(
        label=_("Criteria to be completed"), queryset=Criterion.objects.none()
    )

    class Meta:
        model = CompletionRequest
        fields = ["reason", "criteria", "deadline"]
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 6}),
            "deadline": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].queryset = application.criteria()  # type: ignore[attr-defined]
        self.fields["deadline"].initial = clock.today() + timedelta(days=DAYS_TO_COMPLETE)

    def clean_deadline(self) -> Any:
        deadline = self.cleaned_data["deadline"]
        if deadline <= clock.today():
            raise ValidationError(_("The deadline must be a day to come."))
        return deadline


class ConflictForm(forms.ModelForm):
    """One's own conflict; the office may record another person's."""

    class Meta:
        model = ConflictDeclaration
        fields = ["user", "ground", "note"]
        labels = {"user": _("Who")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.has_role(Role.OFFICE):
            people = User.objects.acting_as(*Role)
            self.fields["user"].queryset = people  # type: ignore[attr-defined]
        else:
            del self.fields["user"]


class ApplicationFilter(forms.Form):
    q = forms.CharField(
        label=_("Number or institution"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *State.choices]
    )
    tab = forms.CharField(widget=forms.HiddenInput, required=False)

"""Asking for a third assessor, and choosing one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.standards.models import Criterion

from .forms import AssignmentForm
from .models import ThirdOpinion


class CriteriaField(forms.MultipleChoiceField):
    """Some of the criteria in dispute; cleans to the criteria."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, criteria: Sequence[Criterion]) -> None:
        self.known = {str(each.pk): each for each in criteria}
        self.choices = [(pk, str(each)) for pk, each in self.known.items()]

    def clean(self, value: Any) -> list[Criterion]:
        return [self.known[pk] for pk in super().clean(value)]


class ThirdAskForm(forms.Form):
    criteria = CriteriaField(label=_("Criteria"))
    reason = forms.CharField(
        label=_("Why a third opinion is needed"),
        max_length=ThirdOpinion._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The office reads it; the third assessor does not."),
    )

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].offer(criteria)  # type: ignore[attr-defined]


class ThirdWithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the request is withdrawn"),
        max_length=ThirdOpinion._meta.get_field("withdrawal_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The office and the assessors of the card read it."),
    )


class ThirdAssignForm(AssignmentForm):
    criteria = CriteriaField(label=_("Criteria"))

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, places=1, **kwargs)
        self.fields["criteria"].offer(criteria)  # type: ignore[attr-defined]
        self.order_fields(["criteria", *self.places, "due_on"])

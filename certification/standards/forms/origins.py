"""Splitting, merging, and saying where a criterion comes from."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.standards.models import Criterion, StandardSet


def _text(label: Any, *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, widget=widget, required=required)


class CriterionChoice(forms.ModelChoiceField):
    def label_from_instance(self, criterion: Any) -> str:
        return f"{criterion.code}. {criterion.text}"


class CriteriaChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, criterion: Any) -> str:
        return f"{criterion.code}. {criterion.text}"


class SplitForm(forms.Form):
    """Two criteria of one, each with its own words."""

    first_pl = _text(gettext_lazy("Text in Polish"))
    first_en = _text(gettext_lazy("Text in English"), required=False)
    code = forms.CharField(label=gettext_lazy("Code of the second part"), max_length=10)
    second_pl = _text(gettext_lazy("Text in Polish"))
    second_en = _text(gettext_lazy("Text in English"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: StandardSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        if Criterion.objects.of_set(self.edition).filter(code=code).exists():
            raise forms.ValidationError(
                _("The code %(code)s is already used in this edition.") % {"code": code}
            )
        return code


class MergeWithForm(forms.Form):
    """Which criterion is taken in."""

    z = CriterionChoice(
        label=gettext_lazy("Merge with"), queryset=Criterion.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Criterion.objects.of_set(criterion.standard_set).exclude(pk=criterion.pk)
        self.fields["z"].queryset = others.in_order()  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    text_pl = _text(gettext_lazy("Text in Polish"))
    text_en = _text(gettext_lazy("Text in English"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    version_of_other = forms.IntegerField(widget=forms.HiddenInput)


class OriginForm(forms.Form):
    """The criteria of the edition before that one of the new edition comes from."""

    parents = CriteriaChoice(
        label=gettext_lazy("Comes from"),
        queryset=Criterion.objects.none(),
        required=False,
        help_text=gettext_lazy(
            "Tick none when the criterion is new, several when they are merged."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, before: StandardSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parents"]
        field.queryset = Criterion.objects.of_set(before).in_order()

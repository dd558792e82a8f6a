"""A call for applications: announced, changed, closed early, extended for one institution."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Call, CallExtension
from certification.standards.forms.editions import with_edition
from certification.standards.models import StandardSet
from institutions.models import Institution

DAY = {"type": "date"}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs=DAY, format="%Y-%m-%d")


class CallForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    class Meta:
        model = Call
        fields = ["name", "description", "opens_on", "closes_on", "kinds", "standard_set"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "opens_on": _day(),
            "closes_on": _day(),
            "kinds": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "closes_on": _("Applications are taken to the end of that day."),
            "kinds": _("Tick none for a call that is open to all."),
        }

    def __init__(self, data: Any = None, *, instance: Call | None = None) -> None:
        super().__init__(data, instance=instance)
        published = StandardSet.objects.published().newest_first()
        field: Any = self.fields["standard_set"]
        field.queryset = published
        field.label_from_instance = with_edition
        if instance:
            self.fields["version"].initial = instance.version
        else:
            self.fields["standard_set"].initial = published.first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day cannot come before the first."))
        elif closes and closes < clock.today():
            self.add_error("closes_on", _("The last day must be today or to come."))
        return cleaned

    def _post_clean(self) -> None:
        """Nothing of the form is written to the row: the service does that, once it may."""

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CallClosingForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CallExtensionForm(forms.ModelForm):
    class Meta:
        model = CallExtension
        fields = ["institution", "until", "reason"]
        widgets = {
            "institution": forms.RadioSelect,
            "until": _day(),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(
        self, data: Any = None, *, candidates: QuerySet[Institution], shown: Iterable[Institution]
    ) -> None:
        """`candidates` are all that may be chosen, thousands of them; `shown` a few to choose."""
        super().__init__(data)
        field: Any = self.fields["institution"]
        field.queryset = candidates
        field.widget.choices = [(each.pk, f"{each.name}, {each.town}") for each in shown]

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until < clock.today():
            raise ValidationError(_("The last day must be today or to come."))
        return until

"""The record of the Committee's session on one case."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.standards.models import Criterion

from .models import Reason
from .states import Outcome

TEXT = forms.Textarea(attrs={"rows": 5})


class DecisionForm(forms.Form):
    """Grant or refuse. A refusal needs a justification and a reason for every unmet criterion;
    when granting, what stands in the reasons is left aside.
    """

    outcome = forms.ChoiceField(
        label=_("What did the Committee decide?"),
        choices=[
            (Outcome.GRANTED, _("The certificate is granted")),
            (Outcome.REFUSED, _("The certificate is refused")),
        ],
        widget=forms.RadioSelect,
    )
    session_on = forms.DateField(
        label=_("Day of the session"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    justification = forms.CharField(
        label=_("Justification"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "Required when the Committee refuses. The institution receives it word for word."
        ),
    )
    confirmed = forms.BooleanField(
        label=_("I confirm that this is what the Committee decided. It cannot be changed later.")
    )

    def __init__(
        self,
        *args: Any,
        unmet: Sequence[Criterion],
        proposals: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unmet = unmet
        for criterion in unmet:
            self.fields[_name(criterion)] = forms.CharField(
                label=_("Reason for %(code)s") % {"code": criterion.code},
                required=False,
                max_length=Reason._meta.get_field("text").max_length,
                initial=(proposals or {}).get(criterion.pk, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("outcome") == Outcome.REFUSED:
            self._require("justification", _("A refusal needs a justification in writing."))
            for criterion in self.unmet:
                self._require(
                    _name(criterion),
                    _("Write why criterion %(code)s is not met.") % {"code": criterion.code},
                )
        return data

    def _require(self, name: str, message: Any) -> None:
        if name not in self.errors and not self.cleaned_data.get(name, "").strip():
            self.add_error(name, message)

    @property
    def is_refusal(self) -> bool:
        return bool(self.cleaned_data["outcome"] == Outcome.REFUSED)

    def reasons(self) -> dict[Criterion, str]:
        return {criterion: self.cleaned_data[_name(criterion)] for criterion in self.unmet}

    def reason_fields(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(criterion, self[_name(criterion)]) for criterion in self.unmet]


def _name(criterion: Criterion) -> str:
    return f"reason_{criterion.pk}"

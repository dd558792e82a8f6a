"""Which notices go by e-mail, and how soon."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.outbox.kinds import Kind
from institutions.states import Pace


class NoticesForm(forms.Form):
    """One choice for each kind that the person may get; made from what is chosen now."""

    def __init__(self, *args: Any, chosen: Mapping[Kind, Pace], **options: Any) -> None:
        super().__init__(*args, **options)
        for kind, pace in chosen.items():
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=Pace.choices,
                initial=pace,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one.")},
            )

    def paces(self) -> dict[Kind, Pace]:
        return {Kind(name): Pace(value) for name, value in self.cleaned_data.items()}

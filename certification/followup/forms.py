"""What those who oversee certification type."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from .models import LONGEST
from .states import Stage


class LimitsForm(forms.Form):
    """Two numbers of days for each kind of waiting."""

    def __init__(self, *args: Any, allowed: dict[Stage, tuple[int, int]], **options: Any) -> None:
        super().__init__(*args, **options)
        for stage in Stage:
            for name, label, days in zip(
                ("days", "again"),
                (
                    _("%(stage)s: days before the first reminder"),
                    _("%(stage)s: days between reminders"),
                ),
                allowed[stage],
                strict=True,
            ):
                self.fields[f"{name}_{stage}"] = forms.IntegerField(
                    label=label % {"stage": stage.label},
                    min_value=1,
                    max_value=LONGEST,
                    initial=days,
                )

    def rows(self) -> Iterator[tuple[Stage, BoundField, BoundField]]:
        """Each kind of waiting with its two fields."""
        for stage in Stage:
            yield stage, self[f"days_{stage}"], self[f"again_{stage}"]

    @property
    def given(self) -> dict[Stage, tuple[int, int]]:
        data = self.cleaned_data
        return {stage: (data[f"days_{stage}"], data[f"again_{stage}"]) for stage in Stage}

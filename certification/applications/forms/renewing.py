"""Confirming answers that were taken over."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from certification.standards.models import Criterion


class ConfirmForm(forms.Form):
    """The codes of the criteria whose answers still hold."""

    criteria = forms.ModelMultipleChoiceField(
        label=_("Criteria"),
        queryset=Criterion.objects.none(),
        to_field_name="code",
        error_messages={
            "required": _("Choose at least one answer to confirm."),
            "invalid_choice": _("The answer to %(value)s cannot be confirmed now."),
        },
    )

    def __init__(self, *args: Any, criteria: QuerySet[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].queryset = criteria  # type: ignore[attr-defined]

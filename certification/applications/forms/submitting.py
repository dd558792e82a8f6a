"""Handing the application in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.states import Declaration


class SubmitForm(forms.Form):
    """Every declaration, each ticked on its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for declaration in Declaration:
            self.fields[declaration.value] = forms.BooleanField(
                label=declaration.label,
                error_messages={"required": _("This declaration is needed.")},
            )

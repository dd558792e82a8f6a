"""Recording a conflict of interest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.models import ConflictDeclaration
from institutions.models import User
from institutions.states import Role


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

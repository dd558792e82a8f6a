"""Finding an application in a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.states import State


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

"""What people type about accounts, roles and members."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification import clock
from institutions.models import Appointment, User
from institutions.states import MemberRole, Role


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class AccountForm(forms.ModelForm):
    """A new account; the person sets a password through the invitation."""

    class Meta:
        model = User
        fields = ["full_name", "email", "function"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _("There is an account with this e-mail address already. Look for it on the list.")
            )
        return email


class PersonForm(forms.ModelForm):
    """The address is not here: whoever could change it could take the account over."""

    class Meta:
        model = User
        fields = ["full_name", "function"]


class AppointmentForm(forms.ModelForm):
    since = day_field(label=_("Since"))
    until = day_field(
        label=_("Until"),
        required=False,
        help_text=_("The last day, if it is known. Without one the role runs until it is ended."),
    )

    class Meta:
        model = Appointment
        fields = ["role", "since", "until", "resolution"]
        help_texts = {"resolution": _("The Board's resolution that appoints, e.g. 12/2026.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["since"].initial = clock.today


class AppointmentEndForm(forms.Form):
    until = day_field(
        label=_("Last day of the role"),
        help_text=_("Through this day the role still works. Choose yesterday to end it at once."),
    )

    def __init__(self, *args: Any, appointment: Appointment, **options: Any) -> None:
        super().__init__(*args, **options)
        self.appointment = appointment
        yesterday = clock.today() - timedelta(days=1)
        self.fields["until"].initial = max(appointment.since, yesterday)

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until < self.appointment.since:
            raise forms.ValidationError(_("The last day cannot come before the first."))
        return until


class MemberForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))
    full_name = forms.CharField(
        label=_("First and last name"),
        max_length=150,
        help_text=_("If the person has an account already, their own name stays."),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, choices=MemberRole.choices)


class PersonFilter(forms.Form):
    q = forms.CharField(
        label=_("Name or e-mail"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = forms.ChoiceField(
        label=_("Role today"), required=False, choices=[("", _("all")), *Role.choices]
    )
    account = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[
            ("", _("all")),
            ("active", pgettext_lazy("account", "working")),
            ("inactive", pgettext_lazy("account", "switched off")),
        ],
    )

    def chosen(self) -> dict[str, str]:
        """What to narrow the list by; a value that is none of the choices narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

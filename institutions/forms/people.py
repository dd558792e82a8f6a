"""What people type about accounts, roles and members."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification import clock
from institutions.models import Appointment, User
from institutions.states import MEMBER_MAY, MemberRole, Role


class PersonName(forms.CharField):
    """A name of a person, which stands in letters and documents: no address of a page in it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 150)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        name = " ".join(str(super().clean(value)).split())
        if re.search(r"[@<>]|://|www\.", name):
            raise forms.ValidationError(_("Write only the first and last name here."))
        return name


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


def member_roles() -> list[tuple[str, Any]]:
    """Each role with what it may do."""
    return [
        (role.value, format_lazy("{role} – {may}", role=role.label, may=MEMBER_MAY[role]))
        for role in MemberRole
    ]


class MemberForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The invitation with a link goes to this address.")
    )
    full_name = PersonName(
        label=_("First and last name"),
        required=False,
        help_text=_("If you know it. The person can correct it."),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, choices=member_roles)


class MemberRoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, choices=member_roles)


class InvitedForm(forms.Form):
    """A new account for an invited address; the address itself is not a field."""

    full_name = PersonName(label=_("First and last name"))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four words you will remember do well."),
    )

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """The password must not resemble the name or the address."""
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            person = User(email=self.email, full_name=cleaned.get("full_name", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def data_to_store(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("full_name", "password")}


class OwnDataForm(forms.Form):
    full_name = PersonName(label=_("First and last name"))
    function = forms.CharField(
        label=_("Function"),
        max_length=150,
        required=False,
        help_text=User._meta.get_field("function").help_text,
    )


class NewEmailForm(forms.Form):
    email = forms.EmailField(
        label=_("New e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We will send a link there. Until it is opened, the present address works."),
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


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

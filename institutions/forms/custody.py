"""What the office types about a written request for custody."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from certification import clock
from institutions.forms.people import PersonName, day_field
from institutions.models import Membership

ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp"
MAX_BYTES = 20 * 1024 * 1024


class CustodyForm(forms.Form):
    signatories = forms.CharField(
        label=_("Who signed the request"),
        max_length=200,
        help_text=_("First and last name and function, e.g. “Jan Nowak, director”."),
    )
    received_on = day_field(label=_("Received on"))
    file = forms.FileField(
        label=_("Scan or photo of the request"),
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT, "data-max-bytes": MAX_BYTES}),
        help_text=_("PDF or a picture (JPEG, PNG, WebP), up to 20 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
    email = forms.EmailField(label=_("New custodian's e-mail"))
    full_name = PersonName(label=_("New custodian's first and last name"))
    leaving = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label=_("Custodians who left the institution"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They lose access when the new custodian accepts the invitation."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How the signatures were checked, the reference number. The office sees it."),
    )

    def __init__(self, *args: Any, custodians: QuerySet[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        leaving = self.fields["leaving"]
        leaving.queryset = custodians  # type: ignore[attr-defined]
        leaving.label_from_instance = lambda one: (  # type: ignore[attr-defined]
            f"{one.user.full_name}, {one.user.email}"
        )
        if not custodians:
            del self.fields["leaving"]
        self.fields["received_on"].widget.attrs["max"] = clock.today().isoformat()

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

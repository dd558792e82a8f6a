"""A pasted list of employees. What was typed is turned into hashes and is not kept."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification import clock
from institutions.employees import read
from institutions.import_files.reading import ACCEPT
from institutions.import_files.rows import MAX_BYTES
from institutions.models import Institution

MOST_DAYS = 3 * 366
USUAL_DAYS = 365
LINES_SAID = 10  # of those that could not be read


def lines_said(numbers: list[int]) -> str:
    """The first of them, with a mark where there are more."""
    return ", ".join(map(str, numbers[:LINES_SAID])) + ("…" if numbers[LINES_SAID:] else "")


class Whose(models.TextChoices):
    INSTITUTION = "institution", gettext_lazy("this institution")
    MUNICIPALITY = "municipality", gettext_lazy("the whole municipality, all its institutions")


class SeenField(forms.CharField):
    """The marks of the lists that stood on the page; `clean` gives them one by one."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=100)

    def clean(self, value: Any) -> list[str]:
        return str(super().clean(value)).split()


class SeenForm(forms.Form):
    """Removing a list, as it was when the page was opened."""

    seen = SeenField()


class EmployeesFileForm(forms.Form):
    """A file whose people are put into the field of EmployeesForm, to be looked through there."""

    file = forms.FileField(
        label=gettext_lazy("File with employees"),
        max_length=255,
        required=False,  # of the page; who reads one must have chosen it
        error_messages={"empty": gettext_lazy("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ACCEPT, "data-max-bytes": MAX_BYTES}),
        help_text=gettext_lazy(
            "XLSX or CSV. Columns headed e-mail, imię and nazwisko are read, and the rest is left "
            "out. The file is not kept."
        ),
    )

    def clean_file(self) -> Any:
        if not self.cleaned_data["file"]:
            raise forms.ValidationError(_("Choose a file."))
        return self.cleaned_data["file"]


class EmployeesForm(forms.Form):
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose employees these are"),
        choices=Whose.choices,
        initial=Whose.INSTITUTION,
        widget=forms.RadioSelect,
    )
    people = forms.CharField(
        label=gettext_lazy("E-mail addresses or full names"),
        max_length=500_000,
        widget=forms.Textarea(
            attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false", "lang": "pl"}
        ),
        help_text=gettext_lazy(
            "One person a line: an address, a first and last name, or both. Columns copied from a "
            "spreadsheet will do. Leave out positions and telephone numbers."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Where the list comes from"),
        max_length=200,
        help_text=gettext_lazy("E.g. letter of the municipal office of 3 March 2026."),
    )
    kept_until = forms.DateField(
        label=gettext_lazy("Keep until"),
        help_text=gettext_lazy("The last day; the list removes itself afterwards."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    seen = SeenField()

    def __init__(self, *args: Any, institution: Institution, **options: Any) -> None:
        super().__init__(*args, **options)
        if not institution.teryt:
            self.fields["whose"].choices = Whose.choices[:1]  # type: ignore[attr-defined]
        self.digests: set[str] = set()

    @staticmethod
    def usual() -> dict[str, Any]:
        """What a new list begins with."""
        return {"kept_until": clock.today() + timedelta(days=USUAL_DAYS)}

    def clean_people(self) -> str:
        typed: str = self.cleaned_data["people"]
        self.digests, wrong = read(typed)
        if wrong:
            raise forms.ValidationError(
                _(
                    "These lines are neither an e-mail address nor a first and last name: "
                    "%(lines)s. Correct or remove them."
                )
                % {"lines": lines_said(wrong)}
            )
        if not self.digests:
            raise forms.ValidationError(_("There is no e-mail address and no name in this text."))
        return typed

    def clean_kept_until(self) -> date:
        day: date = self.cleaned_data["kept_until"]
        last = clock.today() + timedelta(days=MOST_DAYS)
        if not clock.today() <= day <= last:
            raise forms.ValidationError(
                _("Choose a day from today to %(last)s: a list is not kept longer.")
                % {"last": date_format(last, "j E Y")}
            )
        return day

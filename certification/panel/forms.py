"""What the keepers of the issuer's data type."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.documents.marks import MAX_BYTES, validate_mark
from certification.documents.models import Issuer
from institutions.identifiers import normalise_postcode, validate_postcode

OLDEST = 1900  # no association is older; a year below it is a slip


class IssuerForm(forms.ModelForm):
    """Everything but the mark is the model's; a new mark is checked here, and only a new one."""

    postcode = forms.CharField(label=_("Postcode"), required=False, empty_value="", max_length=20)
    new_mark = forms.FileField(
        label=_("New mark (SVG or PNG)"),
        required=False,
        max_length=255,
        validators=[validate_mark],
        error_messages={"empty": _("This file is empty.")},
        widget=forms.FileInput(
            attrs={"accept": ".svg,.png,image/svg+xml,image/png", "data-max-bytes": MAX_BYTES}
        ),
    )
    neutral_mark = forms.BooleanField(label=_("Use the neutral mark again"), required=False)

    class Meta:
        model = Issuer
        fields = [
            *("name", "street", "postcode", "city", "website", "email", "founded_year", "place"),
            *("first_signatory", "first_function", "second_signatory", "second_function"),
        ]
        labels = {
            "first_function": _("Function of the first person"),
            "second_function": _("Function of the second person"),
        }
        help_texts = {
            "name": _("In full: certificates print it exactly so."),
            "website": _("As letters print it, e.g. www.example.org."),
            "email": _("Pages show it as the contact of the office."),
            "founded_year": _("Letters count from it how long the association works."),
            "place": _("Suggested whenever a certificate is issued."),
            "first_signatory": _("With no names here, the Board members of the day are suggested."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance.mark:
            del self.fields["neutral_mark"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Fieldset(_("Association"), "name", "founded_year", css_class="field-group"),
            Fieldset(
                _("Address and contact"),
                Div("street", "postcode", css_class="field-pair"),
                "city",
                Div("website", "email", css_class="field-pair"),
                css_class="field-group",
            ),
            Fieldset(
                _("What the form of a certificate suggests"),
                "place",
                Div("first_signatory", "first_function", css_class="field-pair"),
                Div("second_signatory", "second_function", css_class="field-pair"),
                css_class="field-group",
            ),
            Fieldset(
                _("Mark"),
                "new_mark",
                *(["neutral_mark"] if "neutral_mark" in self.fields else []),
                css_class="field-group",
            ),
        )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_postcode(self) -> str:
        postcode = normalise_postcode(self.cleaned_data["postcode"])
        if postcode:
            validate_postcode(postcode)
        return postcode

    def clean_website(self) -> str:
        """As it is printed: copied from a browser it brings more than that."""
        website: str = self.cleaned_data["website"]
        return website.removeprefix("https://").removeprefix("http://").rstrip("/")

    def clean_founded_year(self) -> int:
        year: int = self.cleaned_data["founded_year"]
        this_year = clock.today().year
        if not OLDEST <= year <= this_year:
            raise ValidationError(
                _("Give a year between %(oldest)s and %(latest)s."),
                code="year",
                params={"oldest": OLDEST, "latest": this_year},
            )
        return year

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("new_mark") and self.cleaned_data.get("neutral_mark"):
            self.add_error(
                "neutral_mark", _("Either choose a new mark or go back to the neutral one.")
            )
        return super().clean()

    def data_to_store(self) -> dict[str, Any]:
        """The cleaned fields of the model; the mark only when it is to change."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if self.cleaned_data.get("neutral_mark"):
            data["mark"] = ""
        elif self.cleaned_data["new_mark"]:
            data["mark"] = self.cleaned_data["new_mark"]
        return data

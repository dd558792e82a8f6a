"""The wording of a certificate, its withdrawal, and the filters of lists."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from certification.decisions.models import Resolution
from certification.documents.states import OFFERED, Design, Orientation
from institutions.identifiers import Voivodeship

from .label import strangers
from .models import Certificate, CertificateTemplate
from .register import Shown, Sort
from .states import Status


class Day(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _text(field: str, **extra: Any) -> forms.CharField:
    """A line as long as the column it goes into."""
    column = Certificate._meta.get_field(field)
    extra.setdefault("label", capfirst(column.verbose_name))  # type: ignore[union-attr]
    extra.setdefault("required", not column.blank)  # type: ignore[union-attr]
    return forms.CharField(max_length=column.max_length, **extra)  # type: ignore[union-attr]


class WordingForm(forms.Form):
    """What a certificate prints and a person settles; the names are those of services.Wording."""

    design = forms.ChoiceField(label=_("Design"), choices=OFFERED, widget=forms.RadioSelect)
    orientation = forms.ChoiceField(
        label=_("Orientation"), choices=Orientation.choices, widget=forms.RadioSelect
    )
    reason = _text("reason", widget=forms.Textarea(attrs={"rows": 3}))
    valid_from = Day(label=_("Valid from"))
    valid_to = Day(label=_("Valid to, this day included"))
    label = _text(
        "label",
        help_text=_("Printed as it stands here. It need not follow from the days above."),
    )
    place = _text("place")
    issued_on = Day(label=_("Day of issue, as printed"))
    first_signatory = _text(
        "first_signatory",
        help_text=_("Without a name there is a line to sign on, with the function below."),
    )
    first_function = _text("first_function", label=_("Function of the first person"))
    second_signatory = _text("second_signatory")
    second_function = _text("second_function", label=_("Function of the second person"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = data.get("valid_from"), data.get("valid_to")
        if begins and ends and ends <= begins:
            self.add_error("valid_to", _("The last day of validity comes after the first."))
        return data


class TemplateForm(forms.ModelForm):
    """What the form of a new certificate suggests."""

    class Meta:
        model = CertificateTemplate
        fields = (
            *("design", "orientation", "reason", "label", "place"),
            *("first_signatory", "first_function", "second_signatory", "second_function"),
        )
        widgets = {
            "design": forms.RadioSelect,
            "orientation": forms.RadioSelect,
            "reason": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "first_function": _("Function of the first person"),
            "second_function": _("Function of the second person"),
        }
        help_texts = {
            "reason": _("Lines are kept as they are typed, up to seven of them."),
            "label": _(
                "{od} and {do} print the years, {od_dnia} and {do_dnia} the first and the last day."
            ),
            "place": _("Empty: the issuer's place."),
            "first_signatory": _(
                "Where nothing is given, those whom the issuer names sign, or else the Board."
            ),
        }

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        unknown = strangers(label)
        if unknown:
            raise forms.ValidationError(
                _("Only {od}, {do}, {od_dnia} and {do_dnia} may stand in braces, not %(unknown)s."),
                params={"unknown": ", ".join(unknown)},
            )
        return label


class IssueForm(WordingForm):
    resolution_number = forms.CharField(
        label=_("Number of the resolution"),
        max_length=Resolution._meta.get_field("number").max_length,
        help_text=_("e.g. 7/2026"),
    )
    adopted_on = Day(label=_("Day of the resolution"))


class PreviewForm(IssueForm):
    """What is typed so far: the resolution may have no number yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("resolution_number", "adopted_on"):
            self.fields[name].required = False


class CorrectionForm(WordingForm):
    """A certificate of the first design may keep it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("design") == Design.FIRST:
            self.fields["design"].choices = Design.choices  # type: ignore[attr-defined]

    correction_reason = forms.CharField(
        label=_("Why is it corrected?"),
        max_length=Certificate._meta.get_field("correction_reason").max_length,
        help_text=_("Kept in the case; not printed."),
    )


class Lenient(forms.Form):
    """A filter that leaves out what it does not understand, instead of complaining."""

    def chosen(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class LenientFilter(Lenient):
    q = forms.CharField(label=_("Name, town or number"), required=False, max_length=200)


class PageAsked(Lenient):
    """Which part of the register a program asks for; nothing of it is all of the register."""

    per_page = forms.IntegerField(required=False, min_value=1)
    page = forms.IntegerField(required=False, min_value=1)


class RegisterFilter(LenientFilter):
    voivodeship = forms.ChoiceField(
        label=_("Voivodeship"), required=False, choices=[("", _("all")), *Voivodeship.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("all")), *Shown.choices]
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=Sort.choices)


class CertificateFilter(LenientFilter):
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("all")), *Status.choices]
    )

"""What people type about an institution."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from certification.standards.models import InstitutionKind
from institutions import identifiers
from institutions.forms.fields import CodeField, GigabytesField
from institutions.identifiers import Voivodeship
from institutions.models import Institution
from institutions.services.units import nip_holder


class ContactForm(forms.ModelForm):
    """Where to write; the part that an institution's own custodian may change too."""

    postcode = CodeField(
        label=_("Postcode"),
        normalise=identifiers.normalise_postcode,
        validate=identifiers.validate_postcode,
    )
    edelivery = CodeField(
        label=_("e-Delivery address"),
        normalise=identifiers.normalise_edelivery,
        validate=identifiers.validate_edelivery,
        help_text=_("E.g. AE:PL-12345-67890-ABCDE-12."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Institution
        fields = ["street", "postcode", "email", "edelivery"]

    def against(self, newer: Institution, *, version: str) -> list[tuple[str, str]]:
        """What a newer version says otherwise, by label. The form may then replace it."""
        self.data = dict(self.data.items()) | {"seen": version}
        values = {name: getattr(newer, name) for name in self.Meta.fields}
        return [
            (str(self.fields[name].label), str(self.fields[name].prepare_value(value) or "–"))
            for name, value in values.items()
            if value != self.cleaned_data.get(name)
        ]

    def data_to_store(self) -> dict[str, Any]:
        """The cleaned fields of the institution, without the form's own."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class InstitutionForm(ContactForm):
    """Everything about an institution but its names, its place among units and its people."""

    nip = CodeField(
        label="NIP", normalise=identifiers.normalise_nip, validate=identifiers.validate_nip
    )
    regon = CodeField(
        label="REGON", normalise=identifiers.normalise_regon, validate=identifiers.validate_regon
    )
    krs = CodeField(
        label="KRS",
        normalise=identifiers.normalise_krs,
        validate=identifiers.validate_krs,
        help_text=_("Only for associations, foundations and others in the court register."),
    )
    teryt = CodeField(
        label="TERYT",
        normalise=identifiers.normalise_teryt,
        validate=identifiers.validate_teryt,
        help_text=_("Seven digits of the municipality (TERC), e.g. 1818011 for Stalowa Wola."),
    )

    evidence_quota = GigabytesField(
        label=_("Room for evidence (GB)"),
        required=False,
    )

    class Meta(ContactForm.Meta):
        fields = [
            *("kind", "town", "voivodeship", "county", "teryt"),
            *("nip", "regon", "krs"),
            *ContactForm.Meta.fields,
            "evidence_quota",
        ]
        help_texts = {
            "name": _("In full, as in the statute: documents print it exactly so."),
            "county": _("Without the word “county”, e.g. stalowowolski."),
            "town": _("When the town changes, its forms have to be confirmed again."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["evidence_quota"].help_text = _(
            "Left empty, it is what every institution has: %(size)s."
        ) % {"size": filesizeformat(settings.EVIDENCE_QUOTA_BYTES)}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            self.what_it_is(),
            Fieldset(
                _("Where it is"),
                Div("town", "voivodeship", css_class="field-pair"),
                Div("county", "teryt", css_class="field-pair"),
            ),
            Fieldset(_("Numbers"), Div("nip", "regon", css_class="field-pair"), "krs"),
            Fieldset(
                _("Contact"),
                Div("street", "postcode", css_class="field-pair"),
                Div("email", "edelivery", css_class="field-pair"),
            ),
            Fieldset(_("Library of evidence"), "evidence_quota", "seen"),
        )

    def what_it_is(self) -> Div:
        return Div("kind")

    def clean_town(self) -> str:
        town = " ".join(self.cleaned_data["town"].split())
        refuse_namesake(self.instance, name=self.instance.name, town=town)
        return town

    def clean_nip(self) -> str:
        """A unit may share its institution's NIP; two institutions may not."""
        nip: str = self.cleaned_data["nip"]
        self._refuse("NIP", nip_holder(nip, self.instance, self.instance.parent))
        return nip

    def clean_regon(self) -> str:
        regon: str = self.cleaned_data["regon"]
        others = Institution.objects.exclude(pk=self.instance.pk)
        self._refuse("REGON", others.filter(regon=regon).first() if regon else None)
        return regon

    def clean(self) -> dict[str, Any] | None:
        teryt, region = self.cleaned_data.get("teryt"), self.cleaned_data.get("voivodeship")
        if teryt and region and identifiers.voivodeship_of(teryt) != region:
            lies_in = identifiers.voivodeship_of(teryt).label
            message = _("This code lies in the voivodeship %(name)s. Correct one of the two.")
            self.add_error("teryt", ValidationError(message, params={"name": lies_in}))
        return super().clean()

    def _refuse(self, number: str, other: Institution | None) -> None:
        """Name the institution that has this number already."""
        if other:
            raise ValidationError(
                _("This %(number)s belongs to %(name)s (%(town)s), which is on the list already."),
                params={"number": number, "name": other.name, "town": other.town},
            )


def refuse_namesake(institution: Institution, *, name: str, town: str) -> None:
    """Two institutions of one name in one town could not be told apart."""
    if Institution.objects.filter(name=name, town=town).exclude(pk=institution.pk).exists():
        raise ValidationError(_("An institution of this name is listed in this town."))


class NewInstitutionForm(InstitutionForm):
    """An institution that is added has a name, too; later the name has a page of its own."""

    class Meta(InstitutionForm.Meta):
        fields = ["name", *InstitutionForm.Meta.fields]
        help_texts = {
            name: text for name, text in InstitutionForm.Meta.help_texts.items() if name != "town"
        }

    def what_it_is(self) -> Div:
        return Div(Fieldset(_("Name and kind"), "name", "kind"))

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class InstitutionFilter(forms.Form):
    q = forms.CharField(
        label=_("Name, town or number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    voivodeship = forms.ChoiceField(
        label=_("Voivodeship"), required=False, choices=[("", _("all")), *Voivodeship.choices]
    )
    kind = forms.ModelChoiceField(
        label=_("Kind"),
        required=False,
        queryset=InstitutionKind.objects.all(),
        to_field_name="code",
        empty_label=_("all"),
    )

    def chosen(self) -> dict[str, Any]:
        """What to narrow the list by; a value that is none of the choices narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

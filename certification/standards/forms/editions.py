"""An edition as a whole: begun, described, imported; its scale and its sources."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.standards.models import EvidenceType, RatingLevel, Source, StandardSet

from .versioned import VersionedForm

MAX_BYTES = 512 * 1024  # five times our own catalogue
LABELS = {
    "code": gettext_lazy("Code in addresses"),
    "edition": gettext_lazy("Edition"),
    "name_pl": gettext_lazy("Name in Polish"),
    "name_en": gettext_lazy("Name in English"),
}


class StartForm(forms.ModelForm):
    """A new draft, copied from an edition."""

    base = forms.ModelChoiceField(
        label=gettext_lazy("Copy of"), queryset=StandardSet.objects.none(), empty_label=None
    )

    class Meta:
        model = StandardSet
        fields = ["base", "code", "edition", "name_pl", "name_en"]
        labels = LABELS
        help_texts = {
            "code": gettext_lazy("Small letters, digits and hyphens, such as cal-osl-2."),
            "edition": gettext_lazy("The number or year on the page, such as 2 or 2027."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["base"]
        field.queryset = StandardSet.objects.newest_first()
        field.label_from_instance = with_edition


def with_edition(standard_set: StandardSet) -> str:
    """A choice among editions, which mostly bear one name; the number first, where it is seen."""
    label = _("Edition %(edition)s – %(name)s")
    return label % {"name": standard_set.name, "edition": standard_set.edition}


class HeadForm(VersionedForm):
    class Meta:
        model = StandardSet
        fields = [
            "code",
            "edition",
            "name_pl",
            "name_en",
            "note_pl",
            "note_en",
            "validity_years",
            "follows",
        ]
        labels = LABELS | {
            "note_pl": gettext_lazy("Note in Polish"),
            "note_en": gettext_lazy("Note in English"),
            "validity_years": gettext_lazy("A certificate is valid for (years)"),
            "follows": gettext_lazy("Follows the edition"),
        }
        help_texts = {
            "code": StartForm.Meta.help_texts["code"],
            "note_pl": gettext_lazy("Where the set comes from; stands on top of its page."),
            "validity_years": "",
            "follows": gettext_lazy(
                "Answers are carried over from it. Choosing another one draws the origins of "
                "criteria anew."
            ),
        }
        widgets = {
            "note_pl": forms.Textarea(attrs={"rows": 4}),
            "note_en": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["follows"]
        field.queryset = StandardSet.objects.published().newest_first()
        field.empty_label = _("none")
        field.label_from_instance = with_edition
        self.fields["validity_years"].min_value = 1  # type: ignore[attr-defined]

    def clean_validity_years(self) -> int:
        years: int = self.cleaned_data["validity_years"]
        if not 1 <= years <= 20:
            raise ValidationError(_("Give a number of years from 1 to 20."))
        return years


class EvidenceTypeForm(forms.ModelForm):
    class Meta:
        model = EvidenceType
        fields = ["name_pl", "name_en", "code"]
        labels = {
            "code": gettext_lazy("Code in files"),
            "name_pl": LABELS["name_pl"],
            "name_en": LABELS["name_en"],
        }
        help_texts = {"code": gettext_lazy("Small letters, digits, hyphens; never changed later.")}


class EvidenceTypeNamesForm(VersionedForm):
    class Meta:
        model = EvidenceType
        fields = ["name_pl", "name_en"]
        labels = {"name_pl": LABELS["name_pl"], "name_en": LABELS["name_en"]}


class ImportForm(forms.Form):
    """A catalogue file: chosen, or its text pasted and mended in the page."""

    file = forms.FileField(
        label=gettext_lazy("File (YAML)"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml", "data-max-bytes": MAX_BYTES}),
    )
    text = forms.CharField(
        label=gettext_lazy("Text of the file"),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code"}),
        help_text=gettext_lazy("Filled in from the file. What is wrong can be mended here."),
    )

    def clean(self) -> dict[str, Any]:
        """A chosen file takes the place of the text."""
        cleaned: dict[str, Any] = super().clean() or {}
        sent = cleaned.get("file")
        if sent:
            cleaned["text"] = self._read(sent)
        elif not cleaned.get("text", "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste its text below."))
        return cleaned

    def _read(self, sent: Any) -> str:
        if sent.size > MAX_BYTES:
            self.add_error("file", _("This file is too large for a catalogue."))
            return ""
        try:
            return cast(str, sent.read().decode("utf-8"))
        except UnicodeDecodeError:
            self.add_error("file", _("This is not a text file in UTF-8."))
            return ""


class LevelForm(forms.Form):
    value = forms.IntegerField(
        label=gettext_lazy("Level"),
        min_value=0,
        max_value=20,
        required=False,
        help_text=gettext_lazy("Empty for “not applicable”."),
    )
    name_pl = forms.CharField(label=gettext_lazy("Name in Polish"), max_length=100, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=100, required=False)
    descriptor_pl = forms.CharField(
        label=gettext_lazy("Descriptor in Polish"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("In a sentence or two, for those who choose a level."),
    )
    descriptor_en = forms.CharField(
        label=gettext_lazy("Descriptor in English"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    FIELDS = ("value", "name_pl", "name_en", "descriptor_pl", "descriptor_en")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("value") is not None and not cleaned.get("name_pl"):
            self.add_error("name_pl", _("Name this level in Polish."))
        return cleaned


class _Levels(forms.BaseFormSet):
    def clean(self) -> None:
        values = [row["value"] for row in self.rows()]
        if len(values) != len(set(values)):
            raise ValidationError(_("Each level may appear only once."))

    def rows(self) -> list[dict[str, Any]]:
        """The levels that stay; a row without a name is left out."""
        found = [getattr(form, "cleaned_data", {}) for form in self.forms]
        return [
            {name: row.get(name) for name in LevelForm.FIELDS}
            for row in found
            if row.get("name_pl") and not row.get("DELETE")
        ]


class ScaleForm(VersionedForm):
    class Meta:
        model = StandardSet
        fields = ["met_from"]
        labels = {"met_from": gettext_lazy("A criterion counts as met from level")}
        help_texts = {"met_from": ""}


class SourceForm(forms.ModelForm):
    class Meta:
        model = Source
        fields = ["code", "address", "kind"]
        labels = {
            "code": gettext_lazy("Code"),
            "address": gettext_lazy("Address or title"),
            "kind": gettext_lazy("Who speaks there"),
        }


class _Sources(forms.BaseFormSet):
    def clean(self) -> None:
        codes = [row["code"] for row in self.rows()]
        if len(codes) != len(set(codes)):
            raise ValidationError(_("Each code of a source may appear only once."))

    def rows(self) -> list[dict[str, Any]]:
        found = [getattr(form, "cleaned_data", {}) for form in self.forms]
        return [
            {name: row.get(name, "") for name in SourceForm.Meta.fields}
            for row in found
            if row.get("code") and not row.get("DELETE")
        ]


class SourcesForm(VersionedForm):
    """The version alone: the sources are rows of a formset."""

    class Meta:
        model = StandardSet
        fields: list[str] = []


LevelFormSet = forms.formset_factory(
    LevelForm, formset=_Levels, extra=2, can_delete=True, max_num=20, validate_max=True
)
SourceFormSet = forms.formset_factory(
    SourceForm, formset=_Sources, extra=3, can_delete=True, max_num=300, validate_max=True
)


def level_formset(standard_set: StandardSet, data: Any = None) -> _Levels:
    rows = RatingLevel.objects.filter(standard_set=standard_set)
    initial = list(rows.values(*LevelForm.FIELDS))
    return cast(_Levels, LevelFormSet(data, initial=initial, prefix="l"))


def source_formset(standard_set: StandardSet, data: Any = None) -> _Sources:
    initial = list(standard_set.sources.values("code", "address", "kind"))
    return cast(_Sources, SourceFormSet(data, initial=initial, prefix="s"))

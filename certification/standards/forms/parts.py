"""One area, standard or criterion."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.standards.models import (
    Area,
    Criterion,
    EvidenceType,
    InstitutionKind,
    Source,
    Standard,
    StandardSet,
)

from .versioned import VersionedForm


class WideChoice(forms.ModelMultipleChoiceField):
    """Several of a list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class SourceChoice(WideChoice):
    def label_from_instance(self, source: Any) -> str:
        return f"{source.code} ({source.site or source.address})"


class PartForm(VersionedForm):
    """What areas, standards and criteria have in common: a code that stands once in the edition."""

    def __init__(self, *args: Any, edition: StandardSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        for name in ("appears_in", "sources"):
            if name in self.fields:
                self.fields[name].queryset = edition.sources.all()  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        others: QuerySet[Any] = type(self.instance).objects.of_set(self.edition)
        if others.exclude(pk=self.instance.pk).filter(code=code).exists():
            raise forms.ValidationError(
                _("The code %(code)s is already used in this edition.") % {"code": code}
            )
        return code

    def validate_unique(self) -> None:
        """Codes are looked at over the whole edition above."""


class AreaForm(PartForm):
    class Meta:
        model = Area
        fields = ["code", "name_pl", "name_en"]
        labels = {
            "code": gettext_lazy("Code"),
            "name_pl": gettext_lazy("Name in Polish"),
            "name_en": gettext_lazy("Name in English"),
        }


class StandardForm(PartForm):
    applies_to = WideChoice(
        label=gettext_lazy("Which kinds"),
        queryset=InstitutionKind.objects.all(),
        required=False,
        help_text=gettext_lazy("Looked at only when the standard does not apply to every kind."),
    )
    appears_in = SourceChoice(
        label=gettext_lazy("Sources"), queryset=Source.objects.none(), required=False
    )

    class Meta:
        model = Standard
        fields = [
            "area",
            "code",
            "name_pl",
            "name_en",
            "applies_to_all",
            "applies_to",
            "sourced",
            "appears_in",
        ]
        labels = AreaForm.Meta.labels | {
            "area": gettext_lazy("Area"),
            "applies_to_all": gettext_lazy("Applies to every kind of institution"),
            "sourced": gettext_lazy("Stated in a source"),
        }
        help_texts = {"sourced": gettext_lazy("Untick it when the authors of the set inferred it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["area"]
        field.queryset, field.empty_label = Area.objects.of_set(self.edition), None
        if self.instance.pk is None:
            del self.fields["area"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("applies_to_all"):
            cleaned["applies_to"] = InstitutionKind.objects.none()
        elif not cleaned.get("applies_to"):
            self.add_error("applies_to", _("Choose at least one kind, or let it apply to all."))
        return cleaned


class CriterionForm(PartForm):
    evidence_types = WideChoice(
        label=gettext_lazy("What can be evidence"),
        queryset=EvidenceType.objects.all(),
        required=False,
    )
    sources = SourceChoice(
        label=gettext_lazy("Sources"), queryset=Source.objects.none(), required=False
    )

    class Meta:
        model = Criterion
        fields = [
            "standard",
            "code",
            "text_pl",
            "text_en",
            "guidance_pl",
            "guidance_en",
            "word_limit",
            "weight",
            "is_required",
            "evidence_types",
            "sourced",
            "sources",
        ]
        labels = {
            "standard": gettext_lazy("Standard"),
            "code": gettext_lazy("Code"),
            "text_pl": gettext_lazy("Text in Polish"),
            "text_en": gettext_lazy("Text in English"),
            "guidance_pl": gettext_lazy("Guidance in Polish"),
            "guidance_en": gettext_lazy("Guidance in English"),
            "word_limit": gettext_lazy("Longest answer, in words"),
            "weight": gettext_lazy("Weight, from 1 to 10"),
            "is_required": gettext_lazy("Required: without it the standard is not met"),
            "sourced": gettext_lazy("Stated in a source"),
        }
        help_texts = {
            "text_pl": gettext_lazy("What the institution shows, in one sentence."),
            "guidance_pl": gettext_lazy(
                "What to write about, and what could show it, in two or three plain sentences. "
                "An empty line begins a paragraph, a dash a list, **stars** make bold."
            ),
            "sourced": gettext_lazy("Untick it when the authors of the set inferred it."),
            "weight": gettext_lazy("Counts when a standard is met by its weighted mean."),
            "is_required": gettext_lazy(
                "Counts when the rule of the edition is not that every criterion is met."
            ),
        }
        widgets = {
            "text_pl": forms.Textarea(attrs={"rows": 3}),
            "text_en": forms.Textarea(attrs={"rows": 3}),
            "guidance_pl": forms.Textarea(attrs={"rows": 6}),
            "guidance_en": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["standard"]
        field.queryset, field.empty_label = Standard.objects.of_set(self.edition), None
        if self.instance.pk is None:
            del self.fields["standard"]

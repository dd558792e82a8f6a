"""The form of a letter: its header and its paragraphs."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import CommendationLetter, LetterParagraph
from .services import HEADER, Edited


class LetterForm(forms.ModelForm):
    """The header of a letter. `version` is the one the page was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = CommendationLetter
        fields = list(HEADER)
        widgets = {
            "addressee": forms.Textarea(attrs={"rows": 3}),
            "dated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_version(self) -> int:
        # kept as typed: the instance's own version is the newer one the service compares with
        version: int = self.cleaned_data["version"]
        return version

    def _post_clean(self) -> None:
        """Validate the fields without writing them into the instance, which the page shows."""
        kept = {field: getattr(self.instance, field) for field in (*HEADER, "version")}
        super()._post_clean()  # type: ignore[misc]
        for field, value in kept.items():
            setattr(self.instance, field, value)


class ParagraphForm(forms.Form):
    """One paragraph: its text, and whether it stays in the letter."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Text of the paragraph"),
        max_length=LetterParagraph._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    included = forms.BooleanField(label=_("Keep in the letter"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("included") and not cleaned.get("text"):
            self.add_error("text", _("Write the text, or untick the paragraph."))
        return cleaned


class _InOrder(forms.BaseFormSet):
    def edited(self) -> list[Edited]:
        """The paragraphs in the order their numbers ask for; an empty new one is left out."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        rows = [row for row in rows if row.get("text") or row.get("pk")]
        rows.sort(key=lambda row: (row.get("ORDER") is None, row.get("ORDER") or 0))
        return [Edited(row.get("pk"), row["text"], row["included"]) for row in rows]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")


ParagraphFormSet = forms.formset_factory(
    ParagraphForm, formset=_InOrder, extra=1, can_order=True, max_num=40, validate_max=True
)


def paragraph_formset(letter: CommendationLetter, data: Any = None) -> _InOrder:
    """The formset of a letter's paragraphs, filled from the letter or from what was posted."""
    initial = [
        {"pk": paragraph.pk, "text": paragraph.text, "included": paragraph.included}
        for paragraph in letter.paragraphs.all()
    ]
    return cast(_InOrder, ParagraphFormSet(data, initial=initial, prefix="p"))

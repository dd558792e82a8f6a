"""Forms of the evidence library. Whether a file may come in is found out by the service."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator, URLValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.standards.models import EvidenceType
from institutions.models import Evidence, Institution
from institutions.models.evidence import Form
from institutions.uploads import ACCEPT

NOTE_MAX_LENGTH = 20_000


class FileContent(forms.Form):
    file = forms.FileField(
        label=pgettext_lazy("form of evidence", "File"),
        max_length=255,
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, limit = self.fields["file"], settings.EVIDENCE_MAX_BYTES
        field.widget.attrs |= {"accept": ACCEPT, "data-max-bytes": limit}
        field.help_text = _(
            "PDF, picture (JPEG, PNG, WebP), office document (DOCX, XLSX, PPTX, ODT, ODS, ODP), "
            "text (TXT, CSV), film or sound (MP4, MP3); up to %(limit)s."
        ) % {"limit": filesizeformat(limit)}


class LinkContent(forms.Form):
    url = forms.URLField(
        label=_("Address"),
        max_length=1000,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("The full address of the page, as in the browser's address bar."),
    )


class NoteContent(forms.Form):
    text = forms.CharField(
        label=pgettext_lazy("form of evidence", "Note"),
        widget=forms.Textarea(attrs={"rows": 12, "maxlength": NOTE_MAX_LENGTH}),
        help_text=_("For example: what was agreed at a meeting, how many people came."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].validators.append(MaxLengthValidator(NOTE_MAX_LENGTH))

    def clean_text(self) -> str:
        """A browser sends each line end as two characters; one is kept."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class DescriptionForm(forms.ModelForm):
    """What the evidence is and what time it speaks of."""

    class Meta:
        model = Evidence
        fields = ["title", "type", "description", "occurred_from", "occurred_to"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "occurred_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "occurred_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "title": _("Short and telling, e.g. “Statute of 2024” or “Residents' meeting in May”."),
            "description": _("What is to be seen here? Assessors read it beside the evidence."),
            "occurred_from": _("When it happened or was in force, and not when it is added."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].empty_label = _("choose…")  # type: ignore[attr-defined]


class AddFile(DescriptionForm, FileContent):
    field_order = ["file", "title", "type"]


class AddLink(DescriptionForm, LinkContent):
    field_order = ["url", "title", "type"]


class AddNote(DescriptionForm, NoteContent):
    field_order = ["title", "type", "text"]


ADDING: dict[str, type[DescriptionForm]] = {
    Form.FILE: AddFile,
    Form.LINK: AddLink,
    Form.NOTE: AddNote,
}
REVISING: dict[str, type[forms.Form]] = {
    Form.FILE: FileContent,
    Form.LINK: LinkContent,
    Form.NOTE: NoteContent,
}


class EvidenceFilter(forms.Form):
    """Narrowing the library; the institution is asked only of people who have several."""

    q = forms.CharField(
        label=_("Title, description or file name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    rodzaj = forms.ModelChoiceField(
        label=_("Kind of evidence"),
        queryset=EvidenceType.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("every kind"),
    )
    instytucja = forms.ModelChoiceField(
        label=_("Institution"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("all of mine"),
    )

    def __init__(self, *args: Any, types: Any, institutions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rodzaj"].queryset = types  # type: ignore[attr-defined]
        if len(institutions) < 2:
            del self.fields["instytucja"]
        else:
            self.fields["instytucja"].queryset = institutions  # type: ignore[attr-defined]

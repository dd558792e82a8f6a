"""Forms of the evidence library. Whether a file may come in is found out by the service."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator, URLValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.forms.library import DescriptionForm
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

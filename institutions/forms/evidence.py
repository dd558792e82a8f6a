"""Forms of adding evidence. Whether a file may come in is found out by the service."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator, URLValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.standards.models import EvidenceType
from institutions.forms.library import DescriptionForm
from institutions.models.evidence import Form
from institutions.uploads import ACCEPT

NOTE_MAX_LENGTH = 20_000


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; an empty one is refused as a single one would be."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        cleaned = (super(FilesField, self).clean(one, initial) for one in data or [None])
        return [file for file in cleaned if file]


class FileContent(forms.Form):
    """One file or several, or none where one is kept from before."""

    file = FilesField(
        label=pgettext_lazy("form of evidence", "File"),
        max_length=255,
        widget=SeveralFilesInput,
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, limit = self.fields["file"], settings.EVIDENCE_MAX_BYTES
        field.widget.attrs |= {"accept": ACCEPT, "data-max-bytes": limit}
        field.help_text = _(
            "PDF, picture (JPEG, PNG, WebP), office document (DOCX, XLSX, PPTX, ODT, ODS, ODP), "
            "text (TXT, CSV), film or sound (MP4, MP3); up to %(limit)s."
        ) % {"limit": filesizeformat(limit)}

    def keep(self) -> None:
        """The file of this form is with us already; another may be chosen instead."""
        self.fields["file"].required = False
        self["file"].label = _("Another file instead")

    def refuse(self, reason: str, *, is_kept: bool) -> None:
        """Say at the field why the file was not added, whether it stays with us or not."""
        if not is_kept:
            self["file"].label = self.fields["file"].label or ""
        self.add_error("file", reason)

    def came(self) -> list[UploadedFile]:
        """Validate, and take out the files that came with the form."""
        self.full_clean()
        files: list[UploadedFile] = self.cleaned_data.pop("file", [])
        return files


class PageAddress(forms.URLField):
    """The address of a page, on the web and nowhere else; refused once, in words."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {
        "invalid": _("Write the full address of the page, e.g. https://www.cal.org.pl/model."),
    }


class LinkContent(forms.Form):
    url = PageAddress(
        label=_("Address"),
        max_length=1000,
        assume_scheme="https",
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


class ReviseFile(FileContent):
    """A newer version is one file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs.pop("multiple")

    def refuse(self, reason: str, *, is_kept: bool) -> None:
        """A kept file stands alone on the page; who wants another removes this one first."""
        if is_kept:
            self.add_error(None, reason)
        else:
            super().refuse(reason, is_kept=False)

    def came(self) -> list[UploadedFile]:
        return super().came()[:1]


class AddLink(DescriptionForm, LinkContent):
    field_order = ["url", "title", "type"]


class AddNote(DescriptionForm, NoteContent):
    field_order = ["title", "type", "text"]


class OneOfSeveral(DescriptionForm):
    """What one of several files is. `for_all`: the kind of those that name none themselves."""

    upload = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, for_all: EvidenceType | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_all = for_all
        self.fields["type"].required = False
        self.fields["description"].widget.attrs["rows"] = 2

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["type"] = cleaned.get("type") or self.for_all
        if not cleaned["type"] and "type" not in self.errors:
            self.add_error("type", _("Choose the kind of evidence."))
        return cleaned


class KindForAll(forms.Form):
    """One kind for every file that is given none of its own."""

    type_for_all = forms.ModelChoiceField(
        label=_("Kind of evidence of all these files"),
        queryset=EvidenceType.objects.all(),
        required=False,
        empty_label=_("each its own"),
    )


ADDING: Mapping[str, type[DescriptionForm]] = {
    Form.FILE: AddFile,
    Form.LINK: AddLink,
    Form.NOTE: AddNote,
}
REVISING: Mapping[str, type[forms.Form]] = {
    Form.FILE: ReviseFile,
    Form.LINK: LinkContent,
    Form.NOTE: NoteContent,
}

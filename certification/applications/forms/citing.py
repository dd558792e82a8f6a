"""Pointing an answer at a piece of evidence, and at a place in it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Application, Citation
from certification.applications.places import NOWHERE, Place, Unreadable, read_place
from certification.standards.models import Criterion
from institutions.forms.evidence import LinkContent, NoteContent
from institutions.models import Evidence, EvidenceRevision
from institutions.models.evidence import Form


class CitationForm(forms.Form):
    """A version from the institution's own library; its place stands beside the button."""

    revision = forms.ModelChoiceField(
        label=_("Evidence from your library"),
        queryset=EvidenceRevision.objects.none(),
        error_messages={
            "required": _("Choose a piece of evidence."),
            "invalid_choice": _("This evidence is not in your library any more. Choose another."),
        },
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        library = EvidenceRevision.objects.filter(evidence__institution=application.institution_id)
        field: Any = self.fields["revision"]
        field.queryset = library.select_related("evidence")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        revision = cleaned.get("revision")
        cleaned["place"] = NOWHERE
        if revision:
            try:
                cleaned["place"] = read_place(
                    self.data.get(f"place-of-{revision.pk}", ""), revision
                )
            except Unreadable as error:
                self.add_error(None, str(error))
        return cleaned


class PlaceForm(forms.Form):
    """Where in one cited piece of evidence to look. It changed if the person typed another place;
    a place that a colleague changed since the page was opened is not taken back by the older one.
    """

    place = forms.CharField(
        label=_("Where to look"),
        required=False,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, citation: Citation) -> None:
        super().__init__(data, prefix=f"c{citation.pk}", initial={"place": str(citation.place)})
        self.citation = citation

    def clean_place(self) -> Place:
        try:
            return read_place(self.cleaned_data["place"], self.citation.revision)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error


class NewEvidenceForm(forms.ModelForm, LinkContent, NoteContent):
    """A link, or a note where no address is given; beside an address the words describe it."""

    field_order = ["title", "type", "url", "text"]

    class Meta:
        model = Evidence
        fields = ["title", "type"]

    def __init__(self, data: Any = None, *, criterion: Criterion) -> None:
        usual = [kind.pk for kind in criterion.evidence_types.all()][:1]
        initial = {"type": usual[0] if usual else None}
        super().__init__(data, prefix="nowy", initial=initial)
        self.fields["type"].empty_label = _("choose…")  # type: ignore[attr-defined]
        self.fields["url"].label = _("Address of a page, if it is a link")
        self.fields["text"].label = _("The note itself; of a link, what is to be seen there")
        self.fields["text"].widget.attrs["rows"] = 4
        for name in ("url", "text"):
            self.fields[name].required, self.fields[name].help_text = False, ""

    @property
    def is_typed(self) -> bool:
        typed = [self.data.get(self.add_prefix(name), "") for name in ("title", "url", "text")]
        return any(value.strip() for value in typed)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) or name in self.errors for name in ("url", "text")):
            self.add_error("text", _("Write the note, or give the address of a page."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What `add_evidence` is to be told."""
        typed = self.cleaned_data
        known = {"title": typed["title"], "type": typed["type"]}
        if typed["url"]:
            return known | {"form": Form.LINK, "url": typed["url"], "description": typed["text"]}
        return known | {"form": Form.NOTE, "text": typed["text"]}


class FilesForm(forms.Form):
    """Files that were not added, to be shown again; its errors say why, file by file."""

    def __init__(self, rows: Sequence[Any]) -> None:
        super().__init__({})
        self.rows = list(rows)
        if not self.rows:
            self.add_error(None, _("Nothing was chosen. Choose the files to add."))
        for row in self.rows:
            said = [error for _field, error in row.errors] or [row.refused]
            self.add_error(None, [f"{row.filename} – {one}" for one in said])

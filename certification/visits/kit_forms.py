"""What the visit kit sends: a note, or a photo."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.standards.models import Criterion

from .models import VisitNote, VisitPhoto
from .services.kit import MAX_BYTES, Written
from .states import People

TEXT = VisitNote._meta.get_field("text").max_length
QUESTION = VisitNote._meta.get_field("question").max_length
CAPTION = VisitPhoto._meta.get_field("caption").max_length
CONSENT = VisitPhoto._meta.get_field("consent").max_length
NOTE = pgettext_lazy("visit", "Note")
PICTURES = ".jpg,.jpeg,.png,.webp"


class NoteForm(forms.Form):
    """One note as a device holds it; see `services.kit.Written`."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    change = forms.UUIDField(widget=forms.HiddenInput, required=False)
    criterion = forms.CharField(widget=forms.HiddenInput, required=False)
    question = forms.CharField(widget=forms.HiddenInput, required=False, max_length=QUESTION)
    written_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=NOTE,
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    for_protocol = forms.BooleanField(label=_("Goes into the protocol"), required=False)

    def __init__(self, *args: Any, criteria: Iterable[Criterion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._criteria = {criterion.code: criterion for criterion in criteria}
        self.fields["text"].label = _("Answer") if self["question"].value() else NOTE

    def clean_criterion(self) -> Criterion | None:
        code = self.cleaned_data["criterion"]
        if code and code not in self._criteria:
            raise forms.ValidationError(_("This criterion does not concern this institution."))
        return self._criteria.get(code)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def written(self, earlier: Iterable[str]) -> Written:
        """The note; what is no mark of a change among `earlier` is left out."""
        return Written(**self.cleaned_data, earlier=frozenset(_marks(earlier)))


def _marks(texts: Iterable[str]) -> Iterable[uuid.UUID]:
    for text in texts:
        try:
            yield uuid.UUID(text)
        except ValueError:
            continue


class PhotoForm(forms.Form):
    """One photo. Who can be recognised on it must have agreed, and how is written down."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    taken_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(attrs={"accept": PICTURES, "data-max-bytes": MAX_BYTES}),
        help_text=_("JPEG, PNG or WebP, at most 20 MB. The place and the camera are removed."),
        error_messages={"empty": _("This file is empty.")},
    )
    caption = forms.CharField(label=_("What it shows"), max_length=CAPTION)
    people = forms.ChoiceField(
        label=_("People on the photo"), choices=People.choices, widget=forms.RadioSelect
    )
    consent = forms.CharField(
        label=_("Who agreed, and how"),
        required=False,
        max_length=CONSENT,
        help_text=_("For example: Ms Anna Kowalska, orally, told what the photo is for."),
    )
    for_protocol = forms.BooleanField(
        label=_("List it in the protocol"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("people") == People.CONSENTED and not data.get("consent"):
            self.add_error("consent", _("Write who of the people on the photo agreed, and how."))
        return data


class RemovePhotoForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is removed"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: the person on it took their consent back."),
    )

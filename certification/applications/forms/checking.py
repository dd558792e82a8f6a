"""One point of the formal check."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from certification.applications.formal.reading import OpenPoint
from certification.applications.services.formal_check import Finding
from certification.applications.states import Result
from institutions.versions import version_of


class PointForm(forms.Form):
    """`shown` marks what the page held, so that what was typed since is told from the rest."""

    result = forms.ChoiceField(
        label=_("Result"), choices=Result.choices, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
        help_text=_("Needed where the point is not met or does not apply."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, of: OpenPoint) -> None:
        self.of = of
        result, note = of.shown
        initial = {
            "result": result,
            "note": note,
            "version": of.version,
            "shown": version_of([result, note]),
        }
        super().__init__(data, prefix=of.point.code, initial=initial)

    @property
    def is_touched(self) -> bool:
        """Whether the person changed what the page held."""
        result, note = (self.data.get(self.add_prefix(name), "") for name in ("result", "note"))
        mark = version_of([result, note.replace("\r\n", "\n")])
        return bool(mark != self.data.get(self.add_prefix("shown"), mark))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        result, note = cleaned.get("result"), cleaned.get("note", "")
        if "result" in cleaned and not result:
            self.add_error("result", _("Choose what you found."))
        if result in {Result.UNMET, Result.NOT_APPLICABLE} and not note.strip():
            self.add_error("note", ValidationError(_("Write why, in a word or two.")))
        return cleaned

    def finding(self) -> Finding:
        cleaned = self.cleaned_data
        return Finding(
            self.of.point.code, Result(cleaned["result"]), cleaned["note"], cleaned["version"]
        )

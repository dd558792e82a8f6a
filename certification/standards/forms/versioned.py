"""A form over a row that somebody else may be editing too."""

from typing import Any

from django import forms


class VersionedForm(forms.ModelForm):
    """Validates the fields of a row. `version` is the one the page was opened with.

    Line ends come from a browser as two characters; one is kept.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in cleaned.items()
        }

    @property
    def values(self) -> dict[str, Any]:
        """What the service saves: everything but the version."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}

    @property
    def expected_version(self) -> int:
        return self.cleaned_data["version"] or 0

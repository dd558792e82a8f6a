"""Forms of the library itself: describing what is in it, and finding it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.models import Evidence
from institutions.tags import MAX_LENGTH, MAX_TAGS, read_tags


class TagsInput(forms.TextInput):
    """Words with commas between them; the institution's own are suggested."""

    template_name = "institutions/_tags_input.html"

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "data-tags": ""})
        self.suggested: list[str] = []

    def format_value(self, value: Any) -> str | None:
        return ", ".join(value) if isinstance(value, list) else value

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {"suggested": self.suggested}


class DescriptionForm(forms.ModelForm):
    """What the evidence is and what time it speaks of. `suggested`: tags to offer."""

    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        widget=TagsInput,
        help_text=_("Your own words to find it by, with commas between them, e.g. “picnic, 2016”."),
    )

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

    def __init__(self, *args: Any, suggested: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].empty_label = _("choose…")  # type: ignore[attr-defined]
        self.fields["tags"].widget.suggested = list(suggested)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["tags"].initial = [tag.text for tag in self.instance.tags.all()]

    def clean_tags(self) -> list[str]:
        tags = read_tags(self.cleaned_data["tags"])
        if len(tags) > MAX_TAGS:
            raise forms.ValidationError(
                _("These are %(count)s tags. Keep %(most)s of them at most."),
                params={"count": len(tags), "most": MAX_TAGS},
            )
        for tag in tags:
            if len(tag) > MAX_LENGTH:
                raise forms.ValidationError(
                    _("The tag “%(tag)s…” is too long: shorten it to %(most)s characters."),
                    params={"tag": tag[:20], "most": MAX_LENGTH},
                )
        return tags

"""Narrowing the list of a library."""

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.standards.models import EvidenceType
from institutions.models import Institution
from institutions.models.evidence import Form

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Order(models.TextChoices):
    NEWEST = "", _("newest first")
    TITLE = "tytul", _("by title")
    TIME = "czas", _("by the time it concerns")


class Use(models.TextChoices):
    EITHER = "", _("used or not")
    USED = "tak", _("used in an application")
    UNUSED = "nie", _("not used yet")


class PlainSelect(forms.Select):
    """A select written in one go, not by a template option by option: it may hold thousands."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "form-select"})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value if value is not None else "")
        options = "".join(
            f'<option value="{escape(str(key))}"{" selected" * (str(key) == chosen)}>'
            f"{escape(str(label))}</option>"
            for key, label in self.choices
        )
        written = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return mark_safe(f"<select{written}>{options}</select>")  # noqa: S308 - all is escaped


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )


class EvidenceFilter(forms.Form):
    """The institution is asked only of people who have several, the tag only where there are any.

    `search` and `more` are the fields that stand open and those that are folded away. The page
    draws them itself, as it is the longest list there is; hence the classes here.
    """

    SEARCH = ("q", "kolejnosc")

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "form-control",
                "placeholder": _("title, description, tag or file name"),
            }
        ),
    )
    kolejnosc = forms.ChoiceField(
        label=_("Order"), choices=Order.choices, required=False, widget=PlainSelect
    )
    rodzaj = forms.ModelChoiceField(
        label=_("Kind of evidence"),
        queryset=EvidenceType.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("every kind"),
        widget=PlainSelect,
    )
    forma = forms.ChoiceField(
        label=_("Form"),
        choices=[("", pgettext_lazy("form of evidence", "every")), *Form.choices],
        required=False,
        widget=PlainSelect,
    )
    etykieta = forms.ChoiceField(
        label=_("Tag"),
        required=False,
        widget=PlainSelect,
        error_messages={"invalid_choice": _("There is no such tag. Choose one from the list.")},
    )
    od = _year(_("Concerns the years from"))
    do = _year(pgettext_lazy("years", "to"))
    uzycie = forms.ChoiceField(
        label=_("Use"), choices=Use.choices, required=False, widget=PlainSelect
    )
    instytucja = forms.ModelChoiceField(
        label=_("Institution"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("all of mine"),
        widget=PlainSelect,
    )
    moje = forms.BooleanField(
        label=_("Only what I added"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(
        self,
        *args: Any,
        types: "QuerySet[EvidenceType]",
        tags: Iterable[str],
        institutions: "QuerySet[Institution]",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rodzaj"].queryset = types  # type: ignore[attr-defined]
        known = [(tag, tag) for tag in tags]
        self.fields["etykieta"].choices = [("", _("every tag")), *known]  # type: ignore[attr-defined]
        if not known:
            del self.fields["etykieta"]
        if len(institutions) < 2:
            del self.fields["instytucja"]
        else:
            self.fields["instytucja"].queryset = institutions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        first, last = asked.get("od"), asked.get("do")
        if first and last and last < first:
            self.add_error("do", ValidationError(_("The last year cannot come before the first.")))
        return asked

    @property
    def years(self) -> tuple[date | None, date | None]:
        """The first and the last day asked for."""
        first, last = self.cleaned_data["od"], self.cleaned_data["do"]
        return (first and date(first, 1, 1), last and date(last, 12, 31))

    @property
    def search(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SEARCH]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.SEARCH]

    @property
    def asks_more(self) -> bool:
        """Whether any of the folded fields was filled in."""
        return any(self.data.get(name) for name in self.fields if name not in self.SEARCH)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.data.get("q")) or self.asks_more

"""Narrowing the list of a library."""

from collections.abc import Collection, Iterable
from datetime import date
from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import flatatt
from django.utils.html import format_html
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


class PlainInput(forms.TextInput):
    """A field for a line, written without a template, too. `attrs`: its type, what it hints."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"class": "form-control", **attrs})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = self.format_value(value)
        given = {"type": self.input_type, "name": name} | ({"value": shown} if shown else {})
        written = flatatt(self.build_attrs(self.attrs, {**given, **(attrs or {})}))
        return format_html("<input{}>", written)


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=PlainInput(type="number"),
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
        widget=PlainInput(type="search", placeholder=_("title, description, tag or file name")),
    )
    kolejnosc = forms.ChoiceField(
        label=_("Order"), choices=Order.choices, required=False, widget=PlainSelect
    )
    rodzaj = forms.ChoiceField(label=_("Kind of evidence"), required=False, widget=PlainSelect)
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
    instytucja = forms.ChoiceField(label=_("Institution"), required=False, widget=PlainSelect)
    moje = forms.BooleanField(
        label=_("Only what I added"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(
        self,
        *args: Any,
        types: Iterable[EvidenceType],
        tags: Iterable[str],
        institutions: Collection[Institution],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("rodzaj", _("every kind"), [(type_.code, type_.name) for type_ in types])
        self._offer("etykieta", _("every tag"), [(tag, tag) for tag in tags])
        self._offer("instytucja", _("all of mine"), [(one.pk, str(one)) for one in institutions])
        if not self.fields["etykieta"].choices[1:]:  # type: ignore[attr-defined]
            del self.fields["etykieta"]
        if len(institutions) < 2:
            del self.fields["instytucja"]

    def _offer(self, name: str, all_of_them: Any, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = [("", all_of_them), *choices]  # type: ignore[attr-defined]

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

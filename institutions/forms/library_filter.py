"""Narrowing the list of a library."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
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
    """A select that is drawn in one piece, not option by option."""

    template_name = "institutions/_plain_select.html"


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )


class EvidenceFilter(forms.Form):
    """The institution is asked only of people who have several, the tag only where there are any.

    `search` and `more` are the fields that stand open and those that are folded away.
    """

    SEARCH = ("q", "kolejnosc")

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("title, description, tag or file name")}
        ),
    )
    kolejnosc = forms.ChoiceField(label=_("Order"), choices=Order.choices, required=False)
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
    )
    etykieta = forms.ChoiceField(
        label=_("Tag"),
        required=False,
        widget=PlainSelect,
        error_messages={"invalid_choice": _("There is no such tag. Choose one from the list.")},
    )
    od = _year(_("Concerns the years from"))
    do = _year(pgettext_lazy("years", "to"))
    uzycie = forms.ChoiceField(label=_("Use"), choices=Use.choices, required=False)
    instytucja = forms.ModelChoiceField(
        label=_("Institution"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("all of mine"),
    )
    moje = forms.BooleanField(label=_("Only what I added"), required=False)

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

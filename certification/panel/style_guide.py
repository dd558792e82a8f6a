"""Invented contents for the style guide, so that every component is seen in every shape."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

TONES = ("neutral", "info", "progress", "success", "warning", "danger")


class SampleForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the institution"), help_text=_("In full, as in the statute.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "–"), ("library", _("Library")), ("centre", _("Centre"))]
    )
    rating = forms.ChoiceField(
        label=_("Rating"),
        widget=forms.RadioSelect,
        choices=[("3", _("met in full")), ("2", _("mostly met")), ("1", _("partly met"))],
    )
    text = forms.CharField(label=_("Description"), widget=forms.Textarea(attrs={"rows": 4}))
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"data-max-bytes": 200 * 1024 * 1024}),
    )
    agreed = forms.BooleanField(label=_("I confirm that this is true."))


class SampleFilter(forms.Form):
    q = forms.CharField(label=_("Search"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), ("draft", _("Draft"))]
    )


def samples(request: HttpRequest, *, today: date) -> dict[str, Any]:
    """Everything the style guide shows; a POSTed form is never kept."""
    wrong = SampleForm({"name": ""}, prefix="wrong")
    wrong.full_clean()
    return {
        "trail": [(_("Applications"), "#applications"), ("CAL/W/12/2026", "#application")],
        "tones": TONES,
        "good_form": SampleForm(prefix="good"),
        "wrong_form": wrong,
        "filter_form": SampleFilter(),
        "page": Paginator(range(1, 241), 20).get_page(request.GET.get("page", 4)),
        "tabs": [
            {"label": _("Answers"), "url": "#answers", "current": True, "count": None},
            {"label": _("Evidence"), "url": "#evidence", "current": False, "count": 12},
            {"label": _("History"), "url": "#history", "current": False, "count": None},
        ],
        "steps": _steps(today),
        "facts": [
            (_("Institution"), "Biblioteka Publiczna w Zielonej Dolinie"),
            (_("Case number"), "CAL/W/12/2026"),
            (_("Sent on"), today),
        ],
        "rows": [
            ("CAL/W/12/2026", "Biblioteka Publiczna w Zielonej Dolinie", _("Draft"), "neutral"),
            ("CAL/W/11/2026", "Ośrodek Kultury w Nowej Przystani", _("Assessment"), "progress"),
            ("CAL/W/10/2026", "Centrum Usług Społecznych w Jaworze", _("Certified"), "success"),
        ],
        "sha256": "9f2c4b7a" * 8,
    }


def _steps(today: date) -> list[dict[str, Any]]:
    return [
        {
            "label": _("Application sent"),
            "state": "done",
            "date": today - timedelta(40),
            "note": "",
        },
        {
            "label": _("Formal check"),
            "state": "done",
            "date": today - timedelta(31),
            "note": _("One completion was asked for and received."),
        },
        {"label": _("Assessment"), "state": "current", "date": today - timedelta(9), "note": ""},
        {"label": _("Committee"), "state": "todo", "date": None, "note": ""},
        {"label": _("Board's resolution"), "state": "todo", "date": None, "note": ""},
    ]

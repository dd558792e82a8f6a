"""Invented contents for the style guide, so that every component is seen in every shape.

Read by developers only, so in English and not translated.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

TONES = ("neutral", "info", "progress", "success", "warning", "danger")


class SampleForm(forms.Form):
    name = forms.CharField(label="Name of the institution", help_text="In full, as in the statute.")
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "–"), ("library", "Library"), ("centre", "Centre")]
    )
    rating = forms.ChoiceField(
        label="Rating",
        widget=forms.RadioSelect,
        choices=[("3", "met in full"), ("2", "mostly met"), ("1", "partly met")],
    )
    text = forms.CharField(label="Description", widget=forms.Textarea(attrs={"rows": 4}))
    file = forms.FileField(
        label="File",
        required=False,
        widget=forms.FileInput(attrs={"data-max-bytes": 200 * 1024 * 1024}),
    )
    agreed = forms.BooleanField(label="I confirm that this is true.")


class SampleFilter(forms.Form):
    q = forms.CharField(label="Search", required=False)
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "all"), ("draft", "Draft")]
    )


def samples(request: HttpRequest, *, today: date) -> dict[str, Any]:
    """Everything the style guide shows; a POSTed form is never kept."""
    wrong = SampleForm({"name": ""}, prefix="wrong")
    wrong.full_clean()
    return {
        "trail": [("Applications", "#applications"), ("CAL/W/12/2026", "#application")],
        "tones": TONES,
        "good_form": SampleForm(prefix="good"),
        "wrong_form": wrong,
        "filter_form": SampleFilter(),
        "page": Paginator(range(1, 241), 20).get_page(request.GET.get("page", 4)),
        "tabs": [
            {"label": "Answers", "url": "#answers", "current": True, "count": None},
            {"label": "Evidence", "url": "#evidence", "current": False, "count": 12},
            {"label": "History", "url": "#history", "current": False, "count": None},
        ],
        "steps": _steps(today),
        "facts": [
            ("Institution", "Biblioteka Publiczna w Zielonej Dolinie"),
            ("Case number", "CAL/W/12/2026"),
            ("Sent on", today),
        ],
        "rows": [
            ("CAL/W/12/2026", "Biblioteka Publiczna w Zielonej Dolinie", "Draft", "neutral"),
            ("CAL/W/11/2026", "Ośrodek Kultury w Nowej Przystani", "Assessment", "progress"),
            ("CAL/W/10/2026", "Centrum Usług Społecznych w Jaworze", "Certified", "success"),
        ],
        "sha256": "9f2c4b7a" * 8,
    }


def _steps(today: date) -> list[dict[str, Any]]:
    return [
        {
            "label": "Application sent",
            "state": "done",
            "date": today - timedelta(40),
            "note": "",
        },
        {
            "label": "Formal check",
            "state": "done",
            "date": today - timedelta(31),
            "note": "One completion was asked for and received.",
        },
        {"label": "Assessment", "state": "current", "date": today - timedelta(9), "note": ""},
        {"label": "Committee", "state": "todo", "date": None, "note": ""},
        {"label": "Board's resolution", "state": "todo", "date": None, "note": ""},
    ]

"""What the pages of the editor have in common."""

from typing import Any

from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.errors import TransitionNotAllowed
from certification.permitted import permitted
from certification.standards.checks import findings
from certification.standards.models import Area, Criterion, Standard, StandardSet
from certification.standards.states import Verb


def draft_of(request: HttpRequest, code: str) -> StandardSet:
    """The draft that the person keeps; one that is published meanwhile answers 409."""
    found = permitted(StandardSet, request.user, "standards.edit_edition", code=code)
    if found.is_published:
        raise TransitionNotAllowed(Verb.EDIT, found.state)
    return found


def form_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, conflict: bool = False
) -> HttpResponse:
    """A form as it is asked for (200), refused (422), or overtaken (409)."""
    rows = context.get("formset")
    wrong = context["form"].errors or (rows is not None and rows.is_bound and not rows.is_valid())
    status = 409 if conflict else 422 if wrong else 200
    return render(request, template, context, status=status)


def crumbs_of(edition: StandardSet) -> list[tuple[str, str]]:
    return [
        (_("Standards"), reverse("catalogue")),
        (_("Editions"), reverse("edition_list")),
        (
            _("Edition %(edition)s") % {"edition": edition.edition},
            reverse("edition_edit", args=[edition.code]),
        ),
    ]


WORDS: dict[type, str] = {Area: "obszar", Standard: "standard", Criterion: "kryterium"}
PAGES = {
    "scale": "edition_scale",
    "rule": "edition_rule",
    "origins": "edition_origins",
    "head": "edition_head",
}


def to_mend(draft: StandardSet) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What blocks publication, and what is only advice: sentences with a way to each place."""
    blocking: list[tuple[str, str]] = []
    advice: list[tuple[str, str]] = []
    for finding in findings(draft):
        line = (finding.text, _place(draft, finding.part))
        (blocking if finding.blocks else advice).append(line)
    return blocking, advice


def _place(draft: StandardSet, part: Any) -> str:
    if type(part) in WORDS:
        return reverse("part_edit", args=[draft.code, WORDS[type(part)], part.pk])
    return reverse(PAGES.get(part, "edition_edit"), args=[draft.code])


def newer_values(form: ModelForm, current: Any) -> list[tuple[str, str]]:
    """What somebody else saved, field by field, where it differs from what was typed."""
    return [
        (str(field.label), _shown(current, name))
        for name, field in form.fields.items()
        if name != "version" and _shown(current, name) != _typed(form.cleaned_data.get(name))
    ]


def _shown(row: Any, name: str) -> str:
    value = getattr(row, name)
    return _typed(value.all() if hasattr(value, "all") else value)


def _typed(value: Any) -> str:
    if hasattr(value, "all"):
        return ", ".join(str(each) for each in value.all())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value in (None, "") else str(value)


def overtaken(form: Any, posted: Any, current: Any) -> None:
    """Let the next save of the same form replace the newer version knowingly."""
    data = posted.copy()
    data["version"] = str(current.version)
    form.data = data

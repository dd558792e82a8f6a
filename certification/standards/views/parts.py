"""Areas, standards and criteria of a draft: one page each."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from certification.errors import Stale
from certification.standards import services
from certification.standards.forms.parts import AreaForm, CriterionForm, PartForm, StandardForm
from certification.standards.models import Area, Criterion, Standard, StandardSet
from certification.standards.services.parts import PARENT, criteria_in, orphaned_by

from .pages import crumbs_of, draft_of, form_page, newer_values, overtaken


@dataclass(frozen=True)
class Sort:
    """A sort of part: its word in addresses, its form, and what it is called."""

    word: str
    model: Any
    form: type[PartForm]
    new: str | Promise
    remove: str | Promise
    inside: str = ""


SORTS = {
    sort.word: sort
    for sort in (
        Sort(
            "obszar",
            Area,
            AreaForm,
            gettext_lazy("New area"),
            gettext_lazy("Remove this area?"),
            inside="standard",
        ),
        Sort(
            "standard",
            Standard,
            StandardForm,
            gettext_lazy("New standard"),
            gettext_lazy("Remove this standard?"),
            inside="kryterium",
        ),
        Sort(
            "kryterium",
            Criterion,
            CriterionForm,
            gettext_lazy("New criterion"),
            gettext_lazy("Remove this criterion?"),
        ),
    )
}


def _sort(word: str) -> Sort:
    try:
        return SORTS[word]
    except KeyError as error:
        raise Http404 from error


def part_of(draft: StandardSet, word: str, pk: int) -> Any:
    """The part with this key, if the draft holds it."""
    return get_object_or_404(_sort(word).model.objects.of_set(draft), pk=pk)


@require_http_methods(["GET", "POST"])
def part_add(request: HttpRequest, code: str, word: str, within: int | None = None) -> HttpResponse:
    """A new area, or a new standard or criterion within another part."""
    draft, sort = draft_of(request, code), _sort(word)
    parent = _parent(draft, sort, within)
    blank = sort.model(**{PARENT[sort.model]: parent})
    form = sort.form(request.POST or None, instance=blank, edition=draft)
    if request.method == "POST" and form.is_valid():
        part = services.add_part(sort.model, within=parent, by=request.user, values=form.values)
        messages.success(request, _("%(code)s is added.") % {"code": part.code})
        return _back_to(draft, part)
    if request.method == "GET":
        form.initial["code"] = suggested_code(parent)
        form.initial["sourced"] = False
    return form_page(request, "standards/part_form.html", _page(draft, str(sort.new), form))


def _parent(draft: StandardSet, sort: Sort, within: int | None) -> Any:
    if sort.model is Area:
        if within is not None:
            raise Http404
        return draft
    return part_of(draft, "obszar" if sort.model is Standard else "standard", within or 0)


def suggested_code(parent: Any) -> str:
    """A code that is free, in the way of the others: C, A4, A4.3."""
    if isinstance(parent, StandardSet):
        taken = set(parent.areas.values_list("code", flat=True))
        letters = (chr(number) for number in range(ord("A"), ord("Z") + 1))
        return next((letter for letter in letters if letter not in taken), "")
    sort: Any = Standard if isinstance(parent, Area) else Criterion
    taken = set(sort.objects.of_set(parent.standard_set).values_list("code", flat=True))
    stem = parent.code if sort is Standard else f"{parent.code}."
    return next(f"{stem}{number}" for number in range(1, 999) if f"{stem}{number}" not in taken)


@require_http_methods(["GET", "POST"])
def part_edit(request: HttpRequest, code: str, word: str, pk: int) -> HttpResponse:
    draft = draft_of(request, code)
    part, typed = part_of(draft, word, pk), part_of(draft, word, pk)
    form = _sort(word).form(request.POST or None, instance=typed, edition=draft)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.edit_part(
                part, by=request.user, values=form.values, expected_version=form.expected_version
            )
        except Stale as stale:
            newer = newer_values(form, stale.current)
            overtaken(form, request.POST, stale.current)
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": saved.code})
            return _back_to(draft, saved)
    context = _page(draft, _title(part), form, newer=newer, part=part) | {"word": word}
    return form_page(request, "standards/part_form.html", context, conflict=newer is not None)


@require_POST
def part_move(request: HttpRequest, code: str, word: str, pk: int) -> HttpResponse:
    """One place up (`kierunek=gora`) or down."""
    draft = draft_of(request, code)
    part = part_of(draft, word, pk)
    services.move_part(part, by=request.user, up=request.POST.get("kierunek") == "gora")
    return _back_to(draft, part)


@require_http_methods(["GET", "POST"])
def part_remove(request: HttpRequest, code: str, word: str, pk: int) -> HttpResponse:
    """Remove a part, after saying what goes with it."""
    draft = draft_of(request, code)
    part = part_of(draft, word, pk)
    if request.method == "POST":
        services.remove_part(part, by=request.user)
        messages.success(request, _("%(code)s is removed.") % {"code": part.code})
        return redirect("edition_edit", draft.code)
    context = {
        "title": str(_sort(word).remove),
        "text": str(part),
        "consequences": _consequences(part),
        "label": _("Remove"),
        "danger": True,
        "cancel_url": reverse("part_edit", args=[draft.code, word, part.pk]),
        "crumbs": crumbs_of(draft),
    }
    return render(request, "components/confirm.html", context)


def _consequences(part: Any) -> list[str]:
    inside = [each.code for each in criteria_in(part) if each != part]
    orphans = [each.code for each in orphaned_by(part)]
    found = []
    if inside:
        found.append(_("Its criteria go with it: %(codes)s.") % {"codes": ", ".join(inside)})
    if orphans:
        found.append(
            _("These criteria of the edition before will be dropped: %(codes)s.")
            % {"codes": ", ".join(orphans)}
        )
    return found


def _title(part: Any) -> str:
    return part.code if isinstance(part, Criterion) else str(part)


def _back_to(draft: StandardSet, part: Any) -> HttpResponse:
    return redirect(f"{reverse('edition_edit', args=[draft.code])}#{part.code}")


def _page(
    draft: StandardSet, title: str, form: PartForm, *, newer: Any = None, part: Any = None
) -> dict[str, Any]:
    return {
        "edition": draft,
        "title": title,
        "crumbs": crumbs_of(draft),
        "lead": part.text if isinstance(part, Criterion) else "",
        "form": form,
        "newer": newer,
        "part": part,
        "cancel_url": reverse("edition_edit", args=[draft.code]),
    }

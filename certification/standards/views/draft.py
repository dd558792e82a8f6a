"""The draft of an edition as one page, and its head, scale and sources."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.errors import CannotDo, Stale
from certification.standards import services
from certification.standards.descent import Kind, trace
from certification.standards.forms.editions import (
    HeadForm,
    ScaleForm,
    SourcesForm,
    level_formset,
    source_formset,
)
from certification.standards.forms.rule import RuleForm
from certification.standards.models import Area, StandardSet
from certification.standards.outcome_rule import OutcomeRule

from .pages import crumbs_of, draft_of, form_page, newer_values, overtaken, to_mend


@require_GET
def edition_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Everything in the draft, in order, each with a way to change it."""
    draft = draft_of(request, code)
    blocking, advice = to_mend(draft)
    context = {
        "edition": draft,
        "crumbs": crumbs_of(draft)[:2],
        "outline": list(_outline(draft)),
        "blocking": blocking,
        "advice": advice,
    }
    return render(request, "standards/edition_edit.html", context)


def _outline(draft: StandardSet) -> Iterator[tuple[Area, list[Any]]]:
    """Areas, their standards, and their criteria with what happened to each of them."""
    kinds = _kinds(draft)
    for area in draft.areas.with_contents():
        yield (
            area,
            [
                (standard, [(each, kinds.get(each.pk)) for each in standard.criteria.all()])
                for standard in area.standards.all()
            ],
        )


def _kinds(draft: StandardSet) -> dict[int, Kind]:
    """What happened to each criterion since the edition before, where that is worth a word."""
    if draft.follows is None:
        return {}
    lineage = trace(draft.follows, draft)
    kinds = {criterion.pk: lineage.kind_of(criterion) for criterion in lineage.new}
    return {pk: kind for pk, kind in kinds.items() if kind != Kind.SAME}


@require_http_methods(["GET", "POST"])
def edition_head(request: HttpRequest, code: str) -> HttpResponse:
    """What the edition is called, what it follows, how long a certificate is valid."""
    draft = draft_of(request, code)
    form = HeadForm(request.POST or None, instance=draft_of(request, code))
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            head = services.edit_head(
                draft, by=request.user, values=form.values, expected_version=form.expected_version
            )
        except Stale as stale:
            newer = newer_values(form, stale.current)
            overtaken(form, request.POST, stale.current)
        else:
            messages.success(request, _("Saved."))
            return redirect("edition_edit", head.code)
    context = _page(draft, _("Description of the edition"), form, newer=newer)
    return form_page(request, "standards/part_form.html", context, conflict=newer is not None)


@require_http_methods(["GET", "POST"])
def edition_scale(request: HttpRequest, code: str) -> HttpResponse:
    """The rating levels, and the one that counts as met."""
    draft = draft_of(request, code)
    form = ScaleForm(request.POST or None, instance=draft_of(request, code))
    formset = level_formset(draft, request.POST or None)
    newer = None
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        try:
            services.edit_scale(
                draft,
                by=request.user,
                met_from=form.cleaned_data["met_from"],
                levels=formset.rows(),
                expected_version=form.expected_version,
            )
        except Stale as stale:
            newer = [(str(level), level.descriptor) for level in draft.levels.all()]
            overtaken(form, request.POST, stale.current)
        except CannotDo as refusal:
            form.add_error("met_from", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("edition_edit", draft.code)
    context = _page(draft, _("Rating scale"), form, newer=newer) | {"formset": formset}
    return form_page(request, "standards/rows_form.html", context, conflict=newer is not None)


@require_http_methods(["GET", "POST"])
def edition_rule(request: HttpRequest, code: str) -> HttpResponse:
    """By which rule a standard is met, and in which words everybody will read it."""
    draft = draft_of(request, code)
    form = RuleForm(request.POST or None, instance=draft_of(request, code))
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_rule(
                draft, by=request.user, values=form.values, expected_version=form.expected_version
            )
        except Stale as stale:
            newer = newer_values(form, stale.current)
            overtaken(form, request.POST, stale.current)
        else:
            messages.success(request, _("Saved."))
            return redirect("edition_rule", draft.code)
    title = _("When a standard is met")
    context = _page(draft, title, form, newer=newer) | {"rule": OutcomeRule.of(draft)}
    return form_page(request, "standards/rule_form.html", context, conflict=newer is not None)


@require_http_methods(["GET", "POST"])
def edition_sources(request: HttpRequest, code: str) -> HttpResponse:
    """The pages, acts and letters that requirements were read from."""
    draft = draft_of(request, code)
    form = SourcesForm(request.POST or None, instance=draft)
    formset = source_formset(draft, request.POST or None)
    newer = None
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        try:
            services.edit_sources(
                draft,
                by=request.user,
                sources=formset.rows(),
                expected_version=form.expected_version,
            )
        except Stale as stale:
            newer = [(source.code, source.address) for source in draft.sources.all()]
            overtaken(form, request.POST, stale.current)
        else:
            messages.success(request, _("Saved."))
            return redirect("edition_edit", draft.code)
    context = _page(draft, _("Sources"), form, newer=newer) | {"formset": formset}
    return form_page(request, "standards/rows_form.html", context, conflict=newer is not None)


@require_POST
def edition_renumber(request: HttpRequest, code: str) -> HttpResponse:
    """Give codes by place."""
    draft = services.renumber(draft_of(request, code), by=request.user)
    messages.success(request, _("Areas, standards and criteria have codes by their place now."))
    return redirect("edition_edit", draft.code)


def _page(draft: StandardSet, title: str, form: Any, *, newer: Any) -> dict[str, Any]:
    return {
        "edition": draft,
        "title": title,
        "crumbs": crumbs_of(draft),
        "lead": "",
        "form": form,
        "newer": newer,
        "part": None,
        "cancel_url": reverse("edition_edit", args=[draft.code]),
    }

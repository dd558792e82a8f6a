"""Where the criteria of a draft come from: the table, splitting, merging, dropping."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.errors import Stale
from certification.standards import services
from certification.standards.descent import trace, undecided
from certification.standards.forms.origins import MergeForm, MergeWithForm, OriginForm, SplitForm
from certification.standards.models import Criterion, StandardSet

from .pages import crumbs_of, draft_of, form_page, overtaken
from .parts import part_of, suggested_code


@require_GET
def edition_origins(request: HttpRequest, code: str) -> HttpResponse:
    """Each new criterion with the old ones it comes from, and what is left out."""
    draft = draft_of(request, code)
    rows: list[Any] = []
    waiting: list[Criterion] = []
    left_out: list[Criterion] = []
    if draft.follows:
        lineage = trace(draft.follows, draft)
        rows = [(each, lineage.kind_of(each), lineage.parents[each.pk]) for each in lineage.new]
        waiting = undecided(draft)
        left_out = [each for each in lineage.dropped if each not in waiting]
    context = {
        "edition": draft,
        "crumbs": crumbs_of(draft),
        "rows": rows,
        "waiting": waiting,
        "left_out": left_out,
    }
    return render(request, "standards/edition_origins.html", context)


@require_http_methods(["GET", "POST"])
def criterion_origin(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say which old criteria one comes from."""
    draft = draft_of(request, code)
    criterion = part_of(draft, "kryterium", pk)
    before = get_object_or_404(StandardSet, pk=draft.follows_id)
    initial = {
        "parents": [old.pk for old in trace(before, draft).parents[criterion.pk]],
        "version": criterion.version,
    }
    form = OriginForm(request.POST or None, before=before, initial=initial)
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            services.derive(
                criterion,
                by=request.user,
                parents=form.cleaned_data["parents"],
                expected_version=form.cleaned_data["version"],
            )
        except Stale as stale:
            conflict = True
            overtaken(form, request.POST, stale.current)
        else:
            messages.success(request, _("The origin of %(code)s is saved.") % {"code": criterion})
            return redirect("edition_origins", draft.code)
    context = _page(draft, criterion, form, conflict=conflict) | {
        "title": _("Where %(code)s comes from") % {"code": criterion.code},
        "before": before,
        "cancel_url": reverse("edition_origins", args=[draft.code]),
    }
    return form_page(request, "standards/criterion_origin.html", context, conflict=conflict)


@require_POST
def criterion_drop(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say that an old criterion is left out, or unsay it (`cofnij`)."""
    draft = draft_of(request, code)
    old = get_object_or_404(
        Criterion.objects.filter(standard__area__standard_set=draft.follows_id), pk=pk
    )
    verb = services.take_back if "cofnij" in request.POST else services.drop
    verb(draft, old, by=request.user)
    return redirect("edition_origins", draft.code)


@require_http_methods(["GET", "POST"])
def criterion_split(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Make two criteria of one."""
    draft = draft_of(request, code)
    criterion = part_of(draft, "kryterium", pk)
    initial = {
        "first_pl": criterion.text_pl,
        "first_en": criterion.text_en,
        "second_pl": criterion.text_pl,
        "second_en": criterion.text_en,
        "code": suggested_code(criterion.standard),
        "version": criterion.version,
    }
    form = SplitForm(request.POST or None, initial=initial, edition=draft)
    conflict = False
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _one, other = services.split_criterion(
                criterion,
                by=request.user,
                first=(given["first_pl"], given["first_en"]),
                second=(given["second_pl"], given["second_en"]),
                code=given["code"],
                expected_version=given["version"],
            )
        except Stale as stale:
            conflict = True
            overtaken(form, request.POST, stale.current)
        else:
            messages.success(
                request,
                _("%(one)s is split; its second part is %(other)s.")
                % {"one": criterion.code, "other": other.code},
            )
            return _back_to(draft, criterion)
    context = _page(draft, criterion, form, conflict=conflict)
    return form_page(request, "standards/criterion_split.html", context, conflict=conflict)


@require_http_methods(["GET", "POST"])
def criterion_merge(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Choose what is taken in (`z`), then give the words of both together."""
    draft = draft_of(request, code)
    criterion = part_of(draft, "kryterium", pk)
    is_chosen = "z" in request.GET or request.method == "POST"
    choice = MergeWithForm(request.GET if is_chosen else None, criterion=criterion)
    if not is_chosen or not choice.is_valid():
        context = _page(draft, criterion, choice)
        return form_page(request, "standards/criterion_merge_with.html", context)
    other = choice.cleaned_data["z"]
    initial = {
        "text_pl": f"{criterion.text_pl} {other.text_pl}",
        "text_en": f"{criterion.text_en} {other.text_en}".strip(),
        "version": criterion.version,
        "version_of_other": other.version,
    }
    form = MergeForm(request.POST or None, initial=initial)
    conflict = False
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.merge_criteria(
                criterion,
                other,
                by=request.user,
                words=(given["text_pl"], given["text_en"]),
                expected_version=given["version"],
                expected_version_of_other=given["version_of_other"],
            )
        except Stale:
            conflict = True
            _both_overtaken(form, request.POST, criterion, other)
        else:
            messages.success(
                request,
                _("%(other)s is merged into %(one)s.")
                % {"one": criterion.code, "other": other.code},
            )
            return _back_to(draft, criterion)
    both = [criterion, other]
    context = _page(draft, criterion, form, conflict=conflict, criteria=both) | {"other": other}
    return form_page(request, "standards/criterion_merge.html", context, conflict=conflict)


def _both_overtaken(form: MergeForm, posted: Any, one: Criterion, other: Criterion) -> None:
    data = posted.copy()
    data["version"], data["version_of_other"] = str(one.version), str(other.version)
    form.data = data


def _back_to(draft: StandardSet, criterion: Criterion) -> HttpResponse:
    return redirect(f"{reverse('edition_edit', args=[draft.code])}#{criterion.code}")


def _page(
    draft: StandardSet,
    criterion: Criterion,
    form: Any,
    *,
    conflict: bool = False,
    criteria: list[Criterion] | None = None,
) -> dict[str, Any]:
    return {
        "edition": draft,
        "criterion": criterion,
        "crumbs": crumbs_of(draft),
        "form": form,
        "conflict": conflict,
        "criteria": criteria or [criterion],
        "cancel_url": reverse("part_edit", args=[draft.code, "kryterium", criterion.pk]),
    }

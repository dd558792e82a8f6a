"""Editions: the list, a new draft, a file read or written, a draft discarded."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from certification.errors import CannotDo
from certification.permitted import permitted
from certification.standards import services
from certification.standards.descent import undecided
from certification.standards.forms.editions import ImportForm, StartForm
from certification.standards.models import Criterion, StandardSet
from certification.standards.reading import parse, read
from certification.standards.records import BadCatalogue, Catalogue
from certification.standards.writing import to_yaml

from .pages import crumbs_of, draft_of, form_page


def require_keeper(request: HttpRequest) -> None:
    if not request.user.has_perm("standards.edit_edition"):
        raise PermissionDenied


@require_GET
def edition_list(request: HttpRequest) -> HttpResponse:
    """Every edition with its state and what can be done with it."""
    require_keeper(request)
    editions = (
        StandardSet.objects.visible_to(request.user)
        .with_criteria_counted()
        .select_related("retirement__retired_by", "published_by", "follows")
        .newest_first()
    )
    context = {"editions": editions, "current": StandardSet.objects.current()}
    return render(request, "standards/edition_list.html", context)


@require_http_methods(["GET", "POST"])
def edition_create(request: HttpRequest) -> HttpResponse:
    """Begin a draft as a copy of an edition."""
    require_keeper(request)
    newest = StandardSet.objects.newest_first().published().first()
    form = StartForm(request.POST or None, initial={"base": newest and newest.pk})
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in form.fields if name != "base"}
        draft = services.start_edition(form.cleaned_data["base"], by=request.user, **chosen)
        messages.success(request, _("The draft is there. Nobody but administrators sees it."))
        return redirect("edition_edit", draft.code)
    return form_page(request, "standards/edition_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edition_import(request: HttpRequest) -> HttpResponse:
    """Read a catalogue file: first its problems or what it would load, then, asked again, load it.

    Nothing is kept between the two: the page holds the text.
    """
    require_keeper(request)
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    context: dict[str, Any] = {"form": form, "problems": [], "catalogue": None}
    if is_sent and form.is_valid():
        text = form.cleaned_data["text"]
        context["form"] = ImportForm(initial={"text": text})
        try:
            data = parse(text, name=_("pasted text"))
            catalogue = read(data)
            if "load" in request.POST and not form.cleaned_data["file"]:
                return _load(request, data)
            context |= _preview(data, catalogue)
        except BadCatalogue as bad:
            context["problems"] = bad.problems
        except CannotDo as refusal:
            context["problems"] = [str(refusal)]
        if context["problems"]:
            return render(request, "standards/edition_import.html", context, status=422)
    return form_page(request, "standards/edition_import.html", context)


def _load(request: HttpRequest, data: Any) -> HttpResponse:
    draft = services.import_standards(data, by=request.user)
    messages.success(request, _("The file is loaded as a draft."))
    return redirect("edition_edit", draft.code)


def _preview(data: Any, catalogue: Catalogue) -> dict[str, Any]:
    """What loading would do, found out by doing it and taking it back."""
    there = StandardSet.objects.filter(code=catalogue.head.code).first()
    with transaction.atomic():
        draft = services.import_standards(data)
        waiting = len(undecided(draft))
        transaction.set_rollback(True)
    standards = [standard for area in catalogue.areas for standard in area.inside]
    return {
        "catalogue": catalogue,
        "replaced": there,
        "waiting": waiting,
        "counts": [
            (_("Areas"), len(catalogue.areas)),
            (_("Standards"), len(standards)),
            (_("Criteria"), len(list(catalogue.criteria()))),
            (_("Kinds of evidence"), len(catalogue.evidence_types)),
            (_("Sources"), len(catalogue.sources)),
        ],
    }


@login_not_required
@require_safe
def edition_file(request: HttpRequest, code: str) -> HttpResponse:
    """The edition as a catalogue file."""
    edition = permitted(StandardSet, request.user, code=code)
    name = f'attachment; filename="{edition.code}.yaml"'
    return HttpResponse(
        to_yaml(edition),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": name},
    )


@require_http_methods(["GET", "POST"])
def edition_discard(request: HttpRequest, code: str) -> HttpResponse:
    """Delete a draft, after asking."""
    draft = draft_of(request, code)
    if request.method == "POST":
        services.discard_draft(draft, by=request.user)
        messages.success(request, _("The draft is deleted."))
        return redirect("edition_list")
    context = {
        "title": _("Delete this draft?"),
        "text": _("%(name)s, edition %(edition)s: %(count)s criteria. It cannot be brought back.")
        % {
            "name": draft.name,
            "edition": draft.edition,
            "count": Criterion.objects.of_set(draft).count(),
        },
        "label": _("Delete the draft"),
        "danger": True,
        "cancel_url": reverse("edition_edit", args=[draft.code]),
        "crumbs": crumbs_of(draft),
    }
    return render(request, "components/confirm.html", context)

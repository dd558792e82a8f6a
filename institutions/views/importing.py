"""Importing institutions: choose a file, look at what it would do, confirm."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.forms.importing import ImportForm
from institutions.import_files import Reading, read_table, specimen
from institutions.import_files.columns import COLUMNS, TITLES
from institutions.import_files.rows import MAX_BYTES
from institutions.models import ImportDraft
from institutions.requests import SignedInRequest
from institutions.services.importing import (
    Outcome,
    Plan,
    PlanChanged,
    import_institutions,
    keep_draft,
    preview,
)
from institutions.views.form_pages import form_page

PERMISSION = "institutions.create_institution"
PAGE_SIZE = 50
WITH_REMARKS = "uwagi"


@require_http_methods(["GET", "POST"])
def institution_import(request: SignedInRequest) -> HttpResponse:
    """Send a file; what it holds is shown before anything is written."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    if is_sent and form.is_valid():
        sent: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            reading = read_table(sent.read(MAX_BYTES + 1), sent.name or "")
            draft = keep_draft(reading, filename=sent.name or "", by=request.user)
        except CannotDo as refusal:
            form.add_error("file", f"{sent.name}: {refusal}")
        else:
            return redirect("institution_import_preview", draft.pk)
    context = {"form": form, "columns": [column for column in COLUMNS if column.title]}
    return form_page(request, "institutions/import_form.html", context)


@require_GET
def institution_import_specimen(request: SignedInRequest, extension: str) -> HttpResponse:
    """An empty list to fill in, as a workbook or as CSV."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    if extension not in specimen.CONTENT_TYPES:
        raise Http404
    name = f'attachment; filename="instytucje-wzor.{extension}"'
    return HttpResponse(
        specimen.content(extension),
        content_type=specimen.CONTENT_TYPES[extension],
        headers={"Content-Disposition": name},
    )


@require_GET
def institution_import_preview(request: SignedInRequest, pk: str) -> HttpResponse:
    draft = permitted(ImportDraft, request.user, PERMISSION, pk=pk)
    reading = Reading.unpacked(draft.content)
    return _preview(request, draft, reading, preview(reading.rows))


@require_POST
def institution_import_confirm(request: SignedInRequest, pk: str) -> HttpResponse:
    """Write what was shown, unless it would be something else by now (409)."""
    draft = permitted(ImportDraft, request.user, PERMISSION, pk=pk)
    reading = Reading.unpacked(draft.content)
    try:
        plan = import_institutions(reading.rows, by=request.user, seen=request.POST.get("seen", ""))
    except PlanChanged:
        return _preview(request, draft, reading, preview(reading.rows), overtaken=True)
    messages.success(request, _told(plan))
    return redirect("institution_import_preview", draft.pk)


def _preview(
    request: HttpRequest,
    draft: ImportDraft,
    reading: Reading,
    plan: Plan,
    *,
    overtaken: bool = False,
) -> HttpResponse:
    chosen = request.GET.get("pokaz", "")
    groups = {outcome.value: plan.of(outcome) for outcome in Outcome}
    groups[WITH_REMARKS] = plan.with_remarks
    shown = groups.get(chosen, plan.rows)
    context = {
        "draft": draft,
        "reading": reading,
        "columns": [(heading, TITLES.get(name, "")) for heading, name in reading.columns],
        "plan": plan,
        "counts": {outcome.name.lower(): len(plan.of(outcome)) for outcome in Outcome},
        "tabs": _tabs(chosen, groups, len(plan.rows)),
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "overtaken": overtaken,
    }
    status = 409 if overtaken else 200
    return render(request, "institutions/import_preview.html", context, status=status)


def _tabs(chosen: str, groups: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """All rows, and each group that has any."""
    labels = {outcome.value: str(outcome.label) for outcome in Outcome}
    labels[WITH_REMARKS] = _("with remarks")
    tabs = [{"label": _("All rows"), "url": "?", "count": count, "current": chosen not in groups}]
    tabs += [
        {
            "label": label,
            "url": f"?pokaz={key}",
            "count": len(groups[key]),
            "current": key == chosen,
        }
        for key, label in labels.items()
        if groups[key] or key == chosen
    ]
    return tabs


def _told(plan: Plan) -> str:
    """What was done, in a sentence for each kind of it."""
    new, changed = len(plan.of(Outcome.NEW)), len(plan.of(Outcome.CHANGED))
    left = len(plan.of(Outcome.REFUSED))
    told = []
    if new:
        text = ngettext("%(n)s institution was added.", "%(n)s institutions were added.", new)
        told.append(text % {"n": new})
    if changed:
        text = ngettext(
            "%(n)s institution was changed.", "%(n)s institutions were changed.", changed
        )
        told.append(text % {"n": changed})
    if left:
        text = ngettext("%(n)s row was left out.", "%(n)s rows were left out.", left)
        told.append(text % {"n": left})
    return " ".join(told) or _("There was nothing to write.")

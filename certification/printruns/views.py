"""Print runs: chosen, watched, paused, resumed, fetched."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.assessments.export.workbooks import CONTENT_TYPE as XLSX
from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.downloads import serve_file
from institutions.models import User
from institutions.requests import SignedInRequest

from .choosing import ChoosingFilter, choose, choose_letters, closed_to
from .contents import gaps_of, parts_of
from .forms import RunForm
from .keeping import days_kept
from .models import PrintItem, PrintRun
from .progress import progress_of, progress_of_each
from .recipients import csv_of, recipients_of, workbook_of
from .services import MOST, cancel_run, complete_run, pause_run, resume_run, start_run

PER_PAGE = 25
ITEMS_A_PAGE = 50
MOST_TICKS = 500  # certificates listed with a box each; more are taken whole, or narrowed down


@require_GET
def print_run_list(request: SignedInRequest) -> HttpResponse:
    _office_only(request)
    runs = PrintRun.objects.visible_to(request.user).select_related("created_by")
    page = Paginator(runs, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(zip(page, progress_of_each(list(page)), strict=True))
    return render(request, "printruns/print_run_list.html", {"page": page, "rows": rows})


def _office_only(request: SignedInRequest) -> None:
    if not request.user.has_perm("printruns.start_print_run"):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def print_run_start(request: SignedInRequest) -> HttpResponse:
    """Choose certificates and letters by filters and boxes, say how they are printed, and start."""
    _office_only(request)
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = start_run(
                by=request.user,
                certificates=_ticked(request),
                letters=_keys(request.POST.getlist("letter")),
                **form.cleaned_data,
            )
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The print run has started."))
            return redirect(run)
    return _start_page(request, form)


def _ticked(request: SignedInRequest) -> list[int]:
    """The certificates of the boxes; where there were too many for boxes, all that were found."""
    found = request.POST.get("found", "").split(",")
    return _keys(found if "all" in request.POST else request.POST.getlist("certificate"))


def _keys(typed: list[str]) -> list[int]:
    return [int(key) for key in typed if key.isdecimal() and len(key) < 12]


def _start_page(request: SignedInRequest, form: RunForm) -> HttpResponse:
    filters = ChoosingFilter(request.GET)
    chosen = filters.chosen()
    found = choose(request.user, chosen)
    handed = [int(key) for key in request.GET.getlist("certificate") if key.isdecimal()][:MOST]
    if handed:  # ticked on the list of certificates
        found = found.filter(pk__in=handed)
    rows = list(islice(found.select_related("institution"), MOST_TICKS + 1))
    has_boxes = len(rows) <= MOST_TICKS
    keys = [] if has_boxes else list(found.values_list("pk", flat=True))
    ticked = _ticked(request) if request.method == "POST" else [each.pk for each in rows]
    letters = [] if handed else list(choose_letters(request.user, chosen)[: MOST_TICKS + 1])
    context = {
        "form": form,
        "filters": filters,
        "is_narrowed": any(chosen.values()) or bool(handed),
        "rows": rows if has_boxes else [],
        "keys": keys,
        "count": len(keys) or len(rows),
        "most": MOST,
        "ticked": set(ticked),
        "closed": closed_to(request.user, chosen),
        "letters": letters[:MOST_TICKS],
        "more_letters": len(letters) > MOST_TICKS,
        "ticked_letters": set(_keys(request.POST.getlist("letter"))),
    }
    status = 422 if form.errors else 200
    return render(request, "printruns/print_run_start.html", context, status=status)


@require_GET
def print_run_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    items = PrintItem.objects.open_to(request.user).filter(run=run)
    listed = items.select_related("certificate", "letter", "document", "file")
    page = Paginator(listed, ITEMS_A_PAGE).get_page(request.GET.get("page"))
    progress = progress_of(run)
    files = [
        (file, request.user.has_perm("printruns.download_file", file), parts_of(file))
        for file in run.files.all()  # type: ignore[attr-defined]
    ]
    context = {
        "run": run,
        "progress": progress,
        "page": page,
        "files": files,
        "hidden": progress.total - page.paginator.count,
        "gaps": gaps_of(items),
        "days_kept": days_kept().days,
        "may_read_lists": request.user.has_perm("printruns.read_lists", run),
    }
    return render(request, "printruns/print_run_detail.html", context)


def _run(request: SignedInRequest, pk: int, permission: str | None = None) -> PrintRun:
    runs = PrintRun.objects.select_related("created_by", "started_by")
    return permitted(runs, request.user, permission, pk=pk)


@require_GET
def print_run_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for again and again; the whole page anew once the run has ended."""
    run = _run(request, pk)
    if not run.is_under_way:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    told = request.GET.get("told", "")
    progress = progress_of(run)
    context = {"run": run, "progress": progress, "tell": str(progress.told) != told}
    response = render(request, "printruns/_progress.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def print_run_pause(request: SignedInRequest, pk: int) -> HttpResponse:
    return _done(request, pk, "pause", pause_run, _("The print run is paused."))


@require_POST
def print_run_resume(request: SignedInRequest, pk: int) -> HttpResponse:
    return _done(request, pk, "resume", resume_run, _("The print run goes on."))


@require_POST
def print_run_complete(request: SignedInRequest, pk: int) -> HttpResponse:
    told = _("What was missing is being prepared, in a file of its own.")
    return _done(request, pk, "complete", complete_run, told)


@require_http_methods(["GET", "POST"])
def print_run_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks before it is done."""
    if request.method == "POST":
        return _done(request, pk, "cancel", cancel_run, _("The print run is cancelled."))
    run = _run(request, pk, "printruns.cancel_print_run")
    context = {
        "title": _("Cancel this print run?"),
        "text": _("Nothing more of “%(name)s” is prepared.") % {"name": run},
        "consequences": [
            _("Documents that are in no file of this run count as not printed."),
            _("A cancelled run cannot be resumed; the same documents can go into a new one."),
        ],
        "label": _("Cancel the print run"),
        "danger": True,
        "cancel_url": run.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context)


def _done(
    request: SignedInRequest, pk: int, name: str, verb: Callable[..., PrintRun], told: str
) -> HttpResponse:
    run = _run(request, pk, f"printruns.{name}_print_run")
    verb(run, by=request.user)
    messages.success(request, told)
    return redirect(run)


@require_GET
def print_run_file(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """The file, to whom no case in it is closed; 404 once it was removed."""
    run = _run(request, pk)
    file = run.files.filter(number=number).first()  # type: ignore[attr-defined]
    if file is None:
        raise Http404
    if not request.user.has_perm("printruns.download_file", file):
        raise PermissionDenied
    return serve_file(request, file, inline=False)


@require_GET
def print_run_csv(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = _rows(request.user, _run(request, pk, "printruns.read_lists"))
    return _attached(csv_of(rows), "text/csv; charset=utf-8", pk, "csv")


@require_GET
def print_run_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = _rows(request.user, _run(request, pk, "printruns.read_lists"))
    return _attached(workbook_of(rows), XLSX, pk, "xlsx")


def _rows(user: User, run: PrintRun) -> Any:
    items = run.items.open_to(user).select_related(  # type: ignore[attr-defined]
        "document", "letter__application__institution__kind", "certificate__institution__kind"
    )
    return recipients_of(run, items)


def _attached(content: str | bytes, content_type: str, pk: int, extension: str) -> HttpResponse:
    name = f"lista-wysylkowa-{pk}.{extension}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )

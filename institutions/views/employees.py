"""The office's page of an institution's or a municipality's employees."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.errors import CannotDo, Stale
from certification.permitted import permitted
from institutions import employees
from institutions.forms.employees import (
    EmployeesFileForm,
    EmployeesForm,
    SeenForm,
    Whose,
    lines_said,
)
from institutions.import_files import read_people
from institutions.import_files.rows import MAX_BYTES
from institutions.models import EmployeeList, Institution, User
from institutions.requests import SignedInRequest
from institutions.services.employees import keep_employees, remove_employees


@require_http_methods(["GET", "POST"])
def employee_lists(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is listed, in numbers alone, and the form that replaces it."""
    institution = permitted(Institution, request.user, "institutions.keep_employees", pk=pk)
    if request.method == "POST" and (request.FILES or "read_file" in request.POST):
        return _with_file(request, institution)
    form = _form(institution, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(institution, form, request.user)
        except Stale as stale:
            return _overtaken(request, institution, stale.current)
        messages.success(request, _("The list counts from now on."))
        return redirect("employee_lists", pk)
    return _page(request, institution, form)


def _keep(institution: Institution, form: EmployeesForm, by: User) -> None:
    keep_employees(
        institution,
        digests=form.digests,
        source=form.cleaned_data["source"],
        kept_until=form.cleaned_data["kept_until"],
        is_of_municipality=form.cleaned_data["whose"] == Whose.MUNICIPALITY,
        seen=form.cleaned_data["seen"],
        by=by,
    )


def _overtaken(request: SignedInRequest, institution: Institution, newer: Any) -> HttpResponse:
    """What was typed stays; saving it again replaces the newer list knowingly."""
    typed = request.POST.copy()
    typed["seen"] = _seen(institution)
    return _page(request, institution, _form(institution, typed), newer=newer)


def _with_file(request: SignedInRequest, institution: Institution) -> HttpResponse:
    """Put the people of a file below those typed, to be looked through. Nothing is written."""
    file_form = EmployeesFileForm(request.POST, request.FILES)
    typed = request.POST.dict()
    read = None
    if file_form.is_valid():
        sent: UploadedFile[Any] = file_form.cleaned_data["file"]
        try:
            text = read_people(sent.read(MAX_BYTES + 1), sent.name or "")
        except CannotDo as refusal:
            file_form.add_error("file", f"{sent.name}: {refusal}")
        else:
            typed["people"] = f"{typed.get('people', '').rstrip()}\n{text}".lstrip("\n")
            read = _told_of(sent.name or "", text, typed["people"])
    form = EmployeesForm(initial=typed, institution=institution)
    return _page(request, institution, form, file_form=file_form, read=read)


def _told_of(filename: str, text: str, people: str) -> dict[str, Any]:
    """What was found in a file, and which lines of the field are nobody's address or name."""
    digests, wrong = employees.read(people)
    return {
        "filename": filename,
        "lines": len(text.splitlines()),
        "found": len(digests),
        "wrong": lines_said(wrong),
    }


def _form(institution: Institution, typed: QueryDict | None) -> EmployeesForm:
    return EmployeesForm(
        typed, institution=institution, initial=EmployeesForm.usual() | {"seen": _seen(institution)}
    )


def _seen(institution: Institution) -> str:
    return " ".join(each.mark for each in EmployeeList.objects.about(institution))


def _page(
    request: SignedInRequest,
    institution: Institution,
    form: EmployeesForm,
    *,
    file_form: EmployeesFileForm | None = None,
    newer: EmployeeList | None = None,
    read: dict[str, Any] | None = None,
) -> HttpResponse:
    lists = EmployeeList.objects.about(institution).in_force(clock.today())
    context = {
        "institution": institution,
        "form": form,
        "file_form": file_form or EmployeesFileForm(),
        "lists": lists.select_related("entered_by").annotate(listed=Count("people")),
        "newer": newer,
        "read": read,
    }
    is_refused = form.errors or (file_form and file_form.errors)
    status = 409 if newer else 422 if is_refused else 200
    return render(request, "institutions/employee_lists.html", context, status=status)


@require_http_methods(["GET", "POST"])
def employee_list_remove(request: SignedInRequest, pk: int, list_pk: int) -> HttpResponse:
    institution = permitted(Institution, request.user, "institutions.keep_employees", pk=pk)
    kept = get_object_or_404(EmployeeList.objects.about(institution), pk=list_pk)
    if request.method == "GET":
        return render(
            request,
            "components/confirm.html",
            {
                "title": _("Remove the list of employees?"),
                "text": _(
                    "The people on it can be given cases again. Conflicts that were recorded "
                    "because of the list stay recorded. To undo this, paste the list again."
                ),
                "label": _("Remove the list"),
                "cancel_url": reverse("employee_lists", args=[pk]),
                "crumbs": [(institution.name, institution.get_absolute_url())],
                "danger": True,
                "form": SeenForm(initial={"seen": kept.mark}),
            },
        )
    seen = request.POST.get("seen", "").split()
    remove_employees(kept, institution=institution, seen=seen, by=request.user)
    messages.success(request, _("The list was removed."))
    return redirect("employee_lists", pk)

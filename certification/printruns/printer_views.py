"""Printers, and how far they put things from where they should be."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification import clock
from certification.documents.binding import Binder
from certification.documents.calibration import render_calibration
from certification.documents.models import Issuer
from certification.documents.responses import pdf_response
from institutions.requests import SignedInRequest

from .forms import PrinterForm
from .models import Printer
from .services import save_printer


def _office_only(request: SignedInRequest) -> None:
    if not request.user.has_perm("printruns.save_printer"):
        raise PermissionDenied


@require_GET
def printer_list(request: SignedInRequest) -> HttpResponse:
    _office_only(request)
    printers = Printer.objects.select_related("saved_by")
    return render(request, "printruns/printer_list.html", {"printers": printers})


@require_http_methods(["GET", "POST"])
def printer_create(request: SignedInRequest) -> HttpResponse:
    _office_only(request)
    return _form_page(request, Printer())


@require_http_methods(["GET", "POST"])
def printer_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    _office_only(request)
    return _form_page(request, get_object_or_404(Printer, pk=pk))


def _form_page(request: SignedInRequest, printer: Printer) -> HttpResponse:
    form = PrinterForm(request.POST or None, printer=printer)
    if request.method == "POST" and form.is_valid():
        save_printer(printer, by=request.user, **form.settings())
        messages.success(request, _("The settings of “%(name)s” are saved.") % {"name": printer})
        return redirect("printer_list")
    context = {"form": form, "printer": printer}
    status = 422 if form.errors else 200
    return render(request, "printruns/printer_form.html", context, status=status)


@require_GET
def calibration_page(request: SignedInRequest) -> HttpResponse:
    """As the printer puts it by itself."""
    _office_only(request)
    return pdf_response(_rendered(""), f"{_('test page of a printer')}.pdf")


@require_GET
def printer_calibration_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Moved as this printer needs it: now the cross should lie at 20 mm."""
    _office_only(request)
    printer = get_object_or_404(Printer, pk=pk)
    out = BytesIO()
    binder = Binder(out, title=printer.name, duplex=False)
    moved = (float(printer.right), float(printer.down))
    binder.add(_rendered(printer.name), title=printer.name, shift=moved)
    binder.close()
    return pdf_response(out.getvalue(), f"{_('test page of a printer')} {printer}.pdf")


def _rendered(name: str) -> bytes:
    issuer = Issuer.load().name
    return render_calibration(printer=name, issuer=issuer, day=clock.today())

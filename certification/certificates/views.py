"""Certificates for those who issue, hold or look after them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.applications.states import Verb as ApplicationVerb
from certification.audit.models import Event
from certification.documents.print_shop import render_for_print_shop
from certification.documents.render import render_certificate
from certification.documents.responses import pdf_response, stored_response
from certification.errors import CannotDo, TransitionNotAllowed
from certification.finding import matching
from certification.permitted import permitted
from institutions.grammar import Case, Variant
from institutions.models.name_form import Names
from institutions.requests import SignedInRequest

from .badge import WIDTHS as BADGE_WIDTHS
from .codes import grouped
from .defaults import issue_defaults
from .forms import CertificateFilter, CorrectionForm, IssueForm, PreviewForm
from .models import Certificate
from .preview import pictured
from .printing import PREVIEW_NUMBER, preview_of, sheet_of
from .published import snippet_of
from .qr import qr_picture
from .sections import on_certificate
from .services import Wording, correct_certificate, issue_certificate
from .states import STANDING, Status

PER_PAGE = 25
NO_NUMBER = "…"  # of a resolution, on a preview


@require_GET
def certificate_list(request: SignedInRequest) -> HttpResponse:
    """Every certificate for staff, their own for an institution's people."""
    today = clock.today()
    filters = CertificateFilter(request.GET)
    chosen = filters.chosen()
    found = Certificate.objects.visible_to(request.user).filter(matching(chosen["q"]))
    if chosen["status"]:
        found = found.in_status(Status(chosen["status"]), today)
    page = Paginator(found.with_facts(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "is_narrowed": any(chosen.values()),
        "is_own": not request.user.roles,
        "may_design": request.user.has_perm("certificates.change_template"),
        "this_year": today.year,
        "page": page,
        "rows": [(certificate, certificate.status_on(today)) for certificate in page],
        "may_print": request.user.has_perm("printruns.start_print_run"),
    }
    return render(request, "certificates/certificate_list.html", context)


@require_http_methods(["GET", "POST"])
def certificate_issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """The Board's resolution, and with it the certificate."""
    application = _before_board(request, pk)
    if request.method == "GET":
        if application.state == State.CERTIFIED:
            return redirect(application.certificates.get(replaces=None))
        if application.state != State.BOARD:
            raise TransitionNotAllowed(ApplicationVerb.CERTIFY, application.state)
    form = IssueForm(request.POST or None, initial=vars(issue_defaults(application, clock.today())))
    if form.is_valid():
        try:
            certificate = issue_certificate(application, by=request.user, **form.cleaned_data)
        except CannotDo as error:
            return _issue_page(request, application, form, error=error)
        messages.success(
            request, _("Certificate %(number)s is issued.") % {"number": certificate.number}
        )
        return redirect(certificate)
    return _issue_page(request, application, form)


@require_POST
def certificate_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands in the form now, as the picture beside it or as the PDF. Nothing is stored."""
    application = _before_board(request, pk)
    if request.headers.get("HX-Request"):
        picture = _picture(application, PreviewForm(request.POST))
        return render(request, "certificates/_issue_preview.html", picture)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _issue_page(request, application, form)
    try:
        content = render_certificate(preview_of(application, **form.cleaned_data))
    except CannotDo as error:
        return _issue_page(request, application, form, error=error)
    return pdf_response(content, f"{PREVIEW_NUMBER}.pdf")


def _picture(application: Application, form: PreviewForm) -> dict[str, Any]:
    """The first page as a picture, or why there is none; of a new form, with what it suggests."""
    if form.is_bound and not form.is_valid():
        return {"picture": "", "refusal": _("Some fields have to be mended first.")}
    typed = dict(form.cleaned_data if form.is_bound else form.initial)
    number = typed.pop("resolution_number", "") or NO_NUMBER
    adopted_on = typed.pop("adopted_on") or clock.today()
    return pictured(
        lambda: preview_of(application, resolution_number=number, adopted_on=adopted_on, **typed)
    )


def _before_board(request: SignedInRequest, pk: int) -> Application:
    applications = Application.objects.with_names().select_related("decision")
    return permitted(applications, request.user, "certificates.issue_certificate", pk=pk)


def _issue_page(
    request: SignedInRequest,
    application: Application,
    form: IssueForm,
    *,
    error: CannotDo | None = None,
) -> HttpResponse:
    institution = application.institution
    so_far = PreviewForm(form.data if form.is_bound else None, initial=form.initial)
    context = {
        **_picture(application, so_far),
        "application": application,
        "name_is_missing": bool(Names(institution).missing([(Variant.FULL, Case.NOM)])),
        "may_confirm_name": request.user.has_perm("institutions.confirm_name_forms", institution),
    }
    return _form_page(request, "certificates/certificate_issue.html", form, context, error=error)


def _form_page(
    request: SignedInRequest,
    template: str,
    form: forms.Form,
    context: dict[str, Any],
    *,
    error: CannotDo | None = None,
) -> HttpResponse:
    """A form as it stands: new, with what is wrong (422), or overtaken by another (409)."""
    if error is not None:
        form.add_error(None, str(error))
    status = 422 if form.errors else 200
    if isinstance(error, TransitionNotAllowed):
        status = 409
    return render(request, template, {**context, "form": form}, status=status)


@require_GET
def certificate_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    certificate = _certificate(request, pk)
    may_read_case = request.user.has_perm("certificates.see_history", certificate)
    history = Event.objects.about(certificate).select_related("by") if may_read_case else []
    status = certificate.status_on(clock.today())
    is_standing = status in STANDING
    context = {
        "certificate": certificate,
        "status": status,
        "code": grouped(certificate.code),
        "qr": qr_picture(certificate.verification_url),
        "history": history,
        "sections": on_certificate.made_for(request.user, certificate),
        "may_read_case": may_read_case
        or certificate.institution_id in request.user.institution_ids,
        "may_order_print": is_standing
        and request.user.has_perm("certificates.order_print", certificate),
        "may_correct": is_standing
        and request.user.has_perm("certificates.correct_certificate", certificate),
    }
    return render(request, "certificates/certificate_detail.html", context)


@require_GET
def badge_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the holder copies to its own website, and how it looks there."""
    certificate = _certificate(request, pk)
    snippets = [snippet_of(certificate, code) for code, _name in settings.LANGUAGES]
    context = {
        "certificate": certificate,
        "status": certificate.status_on(clock.today()),
        "snippets": snippets,
        "widths": BADGE_WIDTHS,
    }
    return render(request, "certificates/badge_page.html", context)


@require_GET
def certificate_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The PDF as it was issued, or with the signatures added since; its hash is checked."""
    return stored_response(_certificate(request, pk).newest_document)


@require_GET
def certificate_print_shop(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file for a print shop, made now from what the certificate copied; nothing is stored."""
    certificate = _certificate(request, pk, "certificates.order_print")
    if certificate.status_on(clock.today()) not in STANDING:
        raise CannotDo(_("A certificate that was withdrawn or replaced is not printed any more."))
    content = render_for_print_shop(sheet_of(certificate))
    return pdf_response(content, f"Plik dla drukarni {certificate.number}.pdf")


@require_http_methods(["GET", "POST"])
def certificate_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """A corrected certificate takes the place of this one, under a new number."""
    certificate = _certificate(request, pk, "certificates.correct_certificate")
    printed = {name: getattr(certificate, name) for name in Wording.__annotations__}
    form = CorrectionForm(request.POST or None, initial={**printed, "issued_on": clock.today()})
    error = None
    if form.is_valid():
        try:
            new = correct_certificate(certificate, by=request.user, **form.cleaned_data)
        except CannotDo as refused:
            error = refused
        else:
            messages.success(
                request,
                _("Certificate %(number)s replaces %(old)s.")
                % {"number": new.number, "old": certificate.number},
            )
            return redirect(new)
    context = {"certificate": certificate}
    return _form_page(request, "certificates/certificate_correct.html", form, context, error=error)


def _certificate(request: SignedInRequest, pk: int, permission: str | None = None) -> Certificate:
    certificates = Certificate.objects.with_facts().select_related(
        "application__institution",
        "resolution",
        "document__seal",
        "credential",
        "replaces",
        "issued_by",
    )
    return permitted(certificates, request.user, permission, pk=pk)

"""The issuer's data: what documents and pages say of the association, and its mark."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification import clock
from certification.documents.marks import is_svg
from certification.documents.models import Issuer, SealCertificate, StoredDocument
from certification.documents.render import render_certificate, render_letter
from certification.documents.responses import pdf_response
from certification.documents.samples import sample_certificate, sample_letter
from certification.documents.seal import in_use
from certification.documents.services import change_issuer
from certification.errors import CannotDo, Unavailable
from certification.panel.forms import IssuerForm
from institutions.requests import SignedInRequest
from institutions.states import Role

KEEPS_ISSUER = (Role.ADMINISTRATOR, Role.RESPONSIBLE_BOARD_MEMBER)
# an SVG opened by itself may run nothing and fetch nothing
MARK_POLICY = "default-src 'none'; sandbox"


@require_http_methods(["GET", "POST"])
def issuer_edit(request: SignedInRequest) -> HttpResponse:
    """The issuer's data as a form; saving proves first that documents can be printed with it."""
    _require_keeper(request)
    if request.method == "GET":
        return _page(request, IssuerForm(instance=Issuer.load()))
    form = IssuerForm(request.POST, request.FILES, instance=Issuer.load())
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        change_issuer(by=request.user, **form.data_to_store())
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=422)
    messages.success(request, _("The issuer's data is saved. Look at the sample documents."))
    return redirect("issuer_edit")


def _page(request: SignedInRequest, form: IssuerForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "has_own_mark": bool(form.instance.mark), "seal": _seal()}
    return render(request, "panel/issuer_form.html", context, status=status)


def _seal() -> dict[str, Any]:
    """The seal in use, or why there is none; and those used before."""
    now = clock.now()
    try:
        current, problem = in_use(now), ""
    except Unavailable as error:
        current, problem = None, str(error)
    used = SealCertificate.objects.annotate(number=Count("documents"))
    return {
        "current": current,
        "problem": problem,
        "ends_soon": bool(current and current.ends_soon(now)),
        "used": list(used),
    }


@require_GET
def issuer_mark(request: SignedInRequest) -> HttpResponse:
    """The uploaded mark as a picture; 404 while the neutral one is in use."""
    _require_keeper(request)
    mark = Issuer.load().letterhead().mark
    if mark is None:
        raise Http404
    content_type = "image/svg+xml" if is_svg(mark) else "image/png"
    response = HttpResponse(mark, content_type=content_type)
    response.headers["Content-Security-Policy"] = MARK_POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def issuer_sample(request: SignedInRequest, kind: str) -> HttpResponse:
    """A made-up certificate or letter with the saved data, marked as a preview."""
    _require_keeper(request)
    issuer, day = Issuer.load(), clock.today()
    if kind == StoredDocument.Kind.CERTIFICATE:
        content = render_certificate(sample_certificate(issuer, day))
    elif kind == StoredDocument.Kind.LETTER:
        content = render_letter(sample_letter(issuer, day))
    else:
        raise Http404
    preview = _("preview")
    return pdf_response(content, f"{preview} {StoredDocument.Kind(kind).label}.pdf")


def _require_keeper(request: SignedInRequest) -> None:
    if not request.user.has_role(*KEEPS_ISSUER):
        raise PermissionDenied

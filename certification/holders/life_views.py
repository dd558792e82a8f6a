"""The life of a certificate after it was issued: the hand-over, and the licence to use the mark."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification import clock
from certification.certificates.models import Certificate
from certification.documents.marks import is_svg
from certification.documents.models import Issuer
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest

from .forms import HandOverForm
from .handing_over import call_off_hand_over, last_hand_over, plan_hand_over, record_hand_over
from .licence import licence_of
from .models import HandOver


@require_http_methods(["GET", "POST"])
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Plan the hand-over, record it, or correct what was recorded."""
    certificate = _certificate(request, pk, "holders.record_hand_over")
    last = last_hand_over(certificate)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, initial=_initial(certificate, last)
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            _save(certificate, form, by=request.user)
        except CannotDo as error:
            form.add_error(None, str(error))
            status = 409 if isinstance(error, TransitionNotAllowed) else 422
        else:
            messages.success(request, _("The hand-over is saved."))
            return redirect(certificate)
    of_case = HandOver.objects.filter(certificate__application=certificate.application_id)
    context = {
        "certificate": certificate,
        "form": form,
        "last": last,
        "history": of_case.select_related("recorded_by"),
    }
    return render(request, "holders/hand_over.html", context, status=status)


def _initial(certificate: Certificate, last: HandOver | None) -> dict[str, Any]:
    if last is None:
        return {"place": certificate.place}
    values = {name: getattr(last, name) for name in ("place", "occasion", "presenter")}
    return {**values, "on": last.held_on, "held": last.is_held}


def _save(certificate: Certificate, form: HandOverForm, *, by: Any) -> None:
    facts = form.cleaned_data
    words = {name: facts[name] for name in ("place", "occasion", "presenter")}
    verb = record_hand_over if facts["held"] else plan_hand_over
    verb(certificate, by=by, on=facts["on"], **words)


@require_POST
def hand_over_call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    certificate = _certificate(request, pk, "holders.record_hand_over")
    call_off_hand_over(certificate, by=request.user)
    messages.success(request, _("The hand-over is called off, and the institution is told."))
    return redirect(certificate)


@require_GET
def licensed_mark(request: SignedInRequest, pk: int) -> HttpResponse:
    """The issuer's mark for its holder, while the licence stands; 404 where there is none."""
    certificate = _certificate(request, pk)
    if not licence_of(certificate, clock.today()).stands:
        raise PermissionDenied
    mark = Issuer.load().letterhead().mark
    if mark is None:
        raise Http404
    kind, name = ("image/svg+xml", "znak.svg") if is_svg(mark) else ("image/png", "znak.png")
    response = HttpResponse(mark, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _certificate(request: SignedInRequest, pk: int, permission: str | None = None) -> Certificate:
    certificates = Certificate.objects.with_facts().select_related(
        "application__institution", "resolution"
    )
    return permitted(certificates, request.user, permission, pk=pk)

"""The page where a certificate is signed, and what the certificate's page tells of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.applications.papers.wording import signing
from certification.certificates.models import Certificate, SignedCopy
from certification.certificates.states import STANDING, Verb
from certification.documents.signatures import Examination
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from certification.sections import Section
from institutions.models import User
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page

from .forms import SignedCopyForm
from .services import add_signed_copy


@require_http_methods(["GET", "POST"])
def certificate_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Download, sign, send back."""
    certificates = Certificate.objects.with_facts().select_related(
        "application__institution", "document"
    )
    certificate = permitted(certificates, request.user, "certificates.add_signed_copy", pk=pk)
    status = certificate.status_on(clock.today())
    if status not in STANDING:
        raise TransitionNotAllowed(Verb.ADD_SIGNED, status)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignedCopyForm(*sent)
    if form.is_valid():
        try:
            add_signed_copy(certificate, by=request.user, file=form.cleaned_data["file"])
        except TransitionNotAllowed:
            raise
        except CannotDo as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(
                request, _("The signed document is kept. From now on it is what people download.")
            )
            return redirect(certificate)
    context = {"certificate": certificate, "form": form, "copies": _told(certificate)}
    return form_page(request, "certificates/certificate_sign.html", context)


def signatures_of(user: User, certificate: Certificate) -> Section | None:
    """On the certificate's page: who signed it, and for those who may, the way to sign it."""
    may_sign = certificate.status_on(clock.today()) in STANDING and user.has_perm(
        "certificates.add_signed_copy", certificate
    )
    copies = _told(certificate)
    if not (copies or may_sign):
        return None
    context = {"certificate": certificate, "copies": copies, "may_sign": may_sign}
    return Section("certificates/_signatures.html", context)


def _told(certificate: Certificate) -> list[dict[str, Any]]:
    """Each signed copy with what is known of the signatures that came with it."""
    copies: list[SignedCopy] = list(certificate.signed_copies.select_related("document"))
    return [{"copy": copy, "signatures": signing(Examination.of(copy.findings))} for copy in copies]

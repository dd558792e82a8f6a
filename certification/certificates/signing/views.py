"""The page where a certificate is signed, and what the certificate's page tells of it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.certificates.models import Certificate
from certification.certificates.states import STANDING, Verb
from certification.errors import TransitionNotAllowed
from certification.permitted import permitted
from certification.sections import Section
from institutions.models import User
from institutions.requests import SignedInRequest

from .page import ToSign, signing_page, told
from .services import add_signed_copy


@require_http_methods(["GET", "POST"])
def certificate_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    certificates = Certificate.objects.with_facts().select_related(
        "application__institution", "document"
    )
    certificate = permitted(certificates, request.user, "certificates.add_signed_copy", pk=pk)
    status = certificate.status_on(clock.today())
    if status not in STANDING:
        raise TransitionNotAllowed(Verb.ADD_SIGNED, status)
    document = ToSign(
        row=certificate,
        number=certificate.number,
        whose=certificate.holder_name,
        pdf_url=reverse("certificate_pdf", args=[pk]),
        list_label=_("Certificates"),
        list_url=reverse("certificate_list"),
    )
    return signing_page(request, document, add_signed_copy)


def signatures_of(user: User, certificate: Certificate) -> Section | None:
    """On the certificate's page: who signed it, and for those who may, the way to sign it."""
    may_sign = certificate.status_on(clock.today()) in STANDING and user.has_perm(
        "certificates.add_signed_copy", certificate
    )
    copies = told(certificate)
    if not (copies or may_sign):
        return None
    sign_url = reverse("certificate_sign", args=[certificate.pk])
    context = {"copies": copies, "may_sign": may_sign, "sign_url": sign_url}
    return Section("certificates/_signatures.html", context)

"""The certificates of our seals, for whoever checks a document by a program of their own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from certification.documents.models import SealCertificate


@login_not_required
@require_safe
def seal_certificates(request: HttpRequest) -> HttpResponse:
    """Every one that documents were sealed with, the newest first, and those that vouch for it."""
    found = "\n".join(SealCertificate.objects.values_list("pem", flat=True))
    response = HttpResponse(found, content_type="application/x-pem-file")
    response.headers["Content-Disposition"] = 'attachment; filename="pieczecie-cal.pem"'
    return response

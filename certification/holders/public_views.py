"""The page of each holder, for everybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from certification import clock
from certification.certificates.published import address
from certification.documents.masthead import issuer_named
from institutions.models import Institution

from .page import holder_page, linked_data


@login_not_required
@require_safe
def holder(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """By its number; the words of the address follow the name it has today."""
    institutions = Institution.objects.prefetch_related("former_names")
    page = holder_page(get_object_or_404(institutions, pk=pk), clock.today())
    if request.path != page.path:
        return redirect(page.path, permanent=True)
    current = page.current
    context = {
        "page": page,
        "canonical": settings.SITE_URL + page.path,
        "badge": address(current.certificate, "certificate_badge", "pl") if current else "",
        "linked_data": linked_data(page, issuer_named().name),
    }
    return render(request, "holders/holder.html", context)

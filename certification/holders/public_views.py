"""The page of each holder, and what changed in the register: for everybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from certification import clock
from certification.certificates.public_views import register_tabs
from certification.certificates.published import address
from certification.documents.masthead import issuer_named
from certification.open_data import open_to_all
from institutions.models import Institution

from .changes import changes
from .feed import atom
from .forms import ChangesFilter
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
        "badge": address(current.certificate, "certificate_badge", "pl") if current else "",
        "linked_data": linked_data(page, issuer_named().name),
    }
    return render(request, "holders/holder.html", context)


@login_not_required
@require_safe
def register_changes(request: HttpRequest) -> HttpResponse:
    """What changed in the register lately, narrowed by what the address says."""
    filters = ChangesFilter(request.GET)
    chosen = filters.chosen()
    query = request.GET.urlencode()
    context = {
        "filters": filters,
        "is_narrowed": any(chosen.values()),
        "changes": changes(clock.today(), **chosen),
        "feed": reverse("register_feed") + (f"?{query}" if query else ""),
        "tabs": register_tabs("register_changes"),
    }
    return render(request, "holders/changes.html", context)


@vary_on_cookie
@open_to_all()
def register_feed(request: HttpRequest) -> HttpResponse:
    """The same for feed readers."""
    chosen = ChangesFilter(request.GET).chosen()
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    text = atom(
        changes(clock.today(), **chosen),
        page=settings.SITE_URL + reverse("register_changes") + query,
        feed=settings.SITE_URL + request.path + query,
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Every public page may be found; what is behind a sign-in cannot be."""
    lines = ["User-agent: *", "Disallow: /konto/", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

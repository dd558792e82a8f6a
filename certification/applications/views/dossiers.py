"""The frozen dossier, and the files a case cites."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from certification.applications import dossiers
from certification.applications.models import Application, Dossier
from certification.applications.submitted import holds_revision
from certification.permitted import permitted
from institutions import viewing
from institutions.downloads import serve_file
from institutions.models import EvidenceRevision
from institutions.requests import SignedInRequest
from institutions.viewing.looking import Addresses

READ_AT_ONCE = 50 * 1024 * 1024  # bytes of files that are checked without being asked to


@require_GET
def dossier_detail(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """What was frozen, and whether it still agrees; ?sprawdz=pliki reads large files too."""
    dossier = _dossier(request, pk, number)
    asked = request.GET.get("sprawdz") == "pliki"
    with_files = asked or dossiers.size_of_files(dossier) <= READ_AT_ONCE
    context = {
        "application": dossier.application,
        "dossier": dossier,
        "answers": dossiers.answers_shown(dossier),
        "faults": list(dossiers.faults(dossier, files=with_files)),
        "with_files": with_files,
        "others": dossier.application.dossiers.exclude(pk=dossier.pk).defer("manifest"),
    }
    return render(request, "applications/dossier_detail.html", context)


@require_GET
def dossier_manifest(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """The manifest, byte for byte as its SHA-256 was computed."""
    dossier = _dossier(request, pk, number)
    case = slugify(str(dossier.application.number).replace("/", "-"))
    return HttpResponse(
        dossier.manifest.encode(),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="akta-{case}-{number}.json"',
            "Cache-Control": "private, no-store",
        },
    )


def _dossier(request: SignedInRequest, pk: int, number: int) -> Dossier:
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    dossier: Dossier = get_object_or_404(
        application.dossiers.select_related("frozen_by"), number=number
    )
    dossier.application = application
    return dossier


@require_safe
def cited_file(request: SignedInRequest, pk: int, revision_pk: int) -> HttpResponseBase:
    """A cited file, for whoever may see the case; ?podglad=1 shows it in the page."""
    _application, revision = _cited(request, pk, revision_pk)
    return serve_file(request, revision, inline="podglad" in request.GET)


@require_safe
def cited_view(request: SignedInRequest, pk: int, revision_pk: int) -> HttpResponse:
    """Look at cited evidence: its pages, its text, and what is looked for in it."""
    application, revision = _cited(request, pk, revision_pk)
    addresses = Addresses(
        view=reverse("cited_view", args=[pk, revision_pk]),
        file=reverse("cited_file", args=[pk, revision_pk]) if revision.file else "",
        page=lambda number: reverse("cited_page", args=[pk, revision_pk, number]),
    )
    applications = (_("Applications"), reverse("application_list"))
    case = (str(application), application.get_absolute_url())
    return viewing.show(request, revision, addresses, trail=[applications, case])


@require_safe
def cited_page(
    request: SignedInRequest, pk: int, revision_pk: int, number: int
) -> HttpResponseBase:
    """One page of a cited PDF, drawn."""
    _application, revision = _cited(request, pk, revision_pk)
    return viewing.draw(request, revision, number)


def _cited(
    request: SignedInRequest, pk: int, revision_pk: int
) -> tuple[Application, EvidenceRevision]:
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    revision = get_object_or_404(
        EvidenceRevision.objects.select_related("evidence"), pk=revision_pk
    )
    if not holds_revision(request.user, application, revision):
        raise Http404
    return application, revision

"""The printed request and report, their drafts, and the page where all papers of a case lie."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from certification import clock
from certification.applications.models import Application, Paper, PrintedPaper
from certification.applications.papers.sheets import draft_report, draft_request
from certification.applications.papers.standing import signed_request
from certification.applications.services.printing import papers_of, print_all
from certification.documents.report import render_report
from certification.documents.request import render_request
from certification.documents.responses import pdf_response, stored_response
from certification.permitted import permitted
from institutions import viewing
from institutions.requests import SignedInRequest

PAPERS = {paper.slug: paper for paper in Paper}


@require_GET
def application_papers(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was printed of each dossier, what came back signed, and what is to be done."""
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    dossiers = list(application.dossiers.defer("manifest").prefetch_related("prints__document"))
    reads = request.user.has_perm("applications.read_signed_papers", application)
    sends = request.user.has_perm("applications.add_signed_paper", application)
    context = {
        "application": application,
        "dossiers": dossiers,
        "lacking": any(len(each.prints.all()) < len(papers_of(each)) for each in dossiers),
        "may_print": request.user.has_perm("applications.print_papers", application),
        "request_stands": signed_request(application),
        "signed": application.signed.with_review() if reads else [],
        "awaiting": set(application.signed.awaiting().values_list("pk", flat=True)),
        "may_accept": request.user.has_perm("applications.accept_paper", application),
        "may_send": sends and not application.has_ended and bool(dossiers),
    }
    return render(request, "applications/papers.html", context)


@require_POST
def papers_print(request: SignedInRequest, pk: int) -> HttpResponse:
    """Print what a stopped process left out. Nothing happens where all is printed."""
    application = permitted(
        Application.objects.with_names(), request.user, "applications.print_papers", pk=pk
    )
    print_all(application, by=request.user)
    return redirect("application_papers", pk)


@require_safe
def printed_paper(request: SignedInRequest, pk: int, number: int, slug: str) -> HttpResponse:
    """The stored PDF, its bytes checked against their hash."""
    return stored_response(_printed(request, pk, number, slug).document)


@require_safe
def printed_page(
    request: SignedInRequest, pk: int, number: int, slug: str, page: int
) -> HttpResponseBase:
    """One page of it, drawn, to be laid beside a signed one."""
    document = _printed(request, pk, number, slug).document
    return viewing.draw_page(request, document.file, document.sha256, page)


@require_GET
def draft_paper(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """How a paper would print now, from the answers as the person reads them; marked as a draft."""
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    today = clock.today()
    if _named(slug) == Paper.REQUEST:
        content = render_request(draft_request(application, reader=request.user, on=today))
    else:
        content = render_report(draft_report(application, reader=request.user, on=today))
    name = _("Draft: %(paper)s, %(application)s") % {
        "paper": _named(slug).label,
        "application": application,
    }
    return pdf_response(content, f"{name}.pdf")


def _printed(request: SignedInRequest, pk: int, number: int, slug: str) -> PrintedPaper:
    application = permitted(Application.objects.with_names(), request.user, pk=pk)
    prints = PrintedPaper.objects.select_related("document").filter(
        dossier__application=application, dossier__number=number
    )
    found: PrintedPaper = get_object_or_404(prints, paper=_named(slug))
    return found


def _named(slug: str) -> Paper:
    if slug not in PAPERS:
        raise Http404
    return PAPERS[slug]

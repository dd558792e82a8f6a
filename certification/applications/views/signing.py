"""Signed papers: sending one, looking at it beside ours, and what the office says of it."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.applications.forms.signing import (
    AcceptPaperForm,
    RefusePaperForm,
    SignedPaperForm,
)
from certification.applications.models import Application, Paper, PrintedPaper, SignedPaper
from certification.applications.papers import wording
from certification.applications.papers.findings import Findings
from certification.applications.services import signing
from certification.applications.states import ENDED, State, Verb
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions import reading, viewing
from institutions.copies import at_hand
from institutions.downloads import UNREACHABLE, serve_file
from institutions.requests import SignedInRequest
from institutions.uploads import Refused
from institutions.views.form_pages import form_page


@require_http_methods(["GET", "POST"])
def signed_paper_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Download, sign, send back: the step that the regulation's point 3 asks for."""
    application = permitted(
        Application.objects.with_names(), request.user, "applications.add_signed_paper", pk=pk
    )
    if application.state in ENDED or application.state == State.DRAFT:
        raise TransitionNotAllowed(Verb.ADD_SIGNED_PAPER, application.state)
    accepted = set(application.signed.accepted().values_list("paper", flat=True))
    papers = [paper for paper in Paper if paper not in accepted]
    if not papers:
        raise CannotDo(_("Both papers were accepted already; no other is needed."))
    form = SignedPaperForm(request.POST or None, request.FILES or None, papers=papers)
    if request.method == "POST" and form.is_valid():
        try:
            signed = signing.add_signed_paper(application, by=request.user, **form.cleaned_data)
        except TransitionNotAllowed:
            raise
        except Refused as refusal:
            form.add_error("file", str(refusal))
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The signed paper came in. The CAL office looks at it now.")
            )
            return redirect(signed)
    prints = PrintedPaper.objects.filter(dossier__application=application)
    context = {
        "application": application,
        "form": form,
        "prints": prints.select_related("document", "dossier"),
    }
    return form_page(request, "applications/signed_paper_add.html", context)


@require_safe
def signed_paper(request: SignedInRequest, pk: int, signed_pk: int) -> HttpResponse:
    """What was found about it, in words, and its pages beside ours; ?strona=2."""
    signed = _signed(request, pk, signed_pk)
    return _page(request, signed, AcceptPaperForm())


def _page(
    request: SignedInRequest, signed: SignedPaper, form: AcceptPaperForm, status: int = 200
) -> HttpResponse:
    found = Findings.load(signed.findings)
    reviews = request.user.has_perm("applications.accept_paper", signed.application)
    superseded = signed.is_superseded
    context = {
        "application": signed.application,
        "signed": signed,
        "comparison": found.comparison,
        "likeness": wording.likeness(found.comparison),
        "signatures": wording.signing(found.examination),
        "unreadable": found.examination.unreadable if found.examination else 0,
        "sides": _sides(request, signed, found),
        "may_review": reviews and signed.verdict is None and not superseded,
        "superseded": superseded,
        "form": form,
    }
    return render(request, "applications/signed_paper.html", context, status=status)


def _sides(request: SignedInRequest, signed: SignedPaper, found: Findings) -> dict[str, Any]:
    """One page of ours and the same of theirs, with the way to those before and after."""
    ours = signed.dossier.prints.select_related("document").get(paper=signed.paper)
    last = max(_pages_of(ours), found.comparison.pages, 1)
    typed = request.GET.get("strona", "")
    page = min(max(int(typed), 1), last) if typed.isdecimal() and len(typed) < 5 else 1
    pk, slug = signed.application_id, Paper(signed.paper).slug
    theirs = (
        reverse("signed_page", args=[pk, signed.pk, page])
        if signed.is_pdf
        else reverse("signed_file", args=[pk, signed.pk]) + "?podglad=1"
    )
    return {
        "page": page,
        "last": last,
        "ours": reverse("printed_page", args=[pk, signed.dossier.number, slug, page]),
        "ours_url": ours.url,
        "theirs": theirs,
        "theirs_ends": page > max(found.comparison.pages, 1),
    }


def _pages_of(printed: PrintedPaper) -> int:
    document = printed.document
    with suppress(*UNREACHABLE), at_hand(document.file, document.sha256) as file:
        facts = reading.page_of(file, reading.PDF, 1)
        return int(facts["count"]) if facts else 1
    return 1


@require_safe
def signed_file(request: SignedInRequest, pk: int, signed_pk: int) -> HttpResponseBase:
    """The file as it came; a picture, which we drew anew, may be shown in the page."""
    signed = _signed(request, pk, signed_pk)
    return serve_file(request, signed, inline="podglad" in request.GET)


@require_safe
def signed_page(request: SignedInRequest, pk: int, signed_pk: int, number: int) -> HttpResponseBase:
    """One page of a signed PDF, drawn on the server."""
    signed = _signed(request, pk, signed_pk)
    if not signed.is_pdf:
        raise Http404
    return viewing.draw_page(request, signed.file, signed.sha256, number)


@require_POST
def paper_accept(request: SignedInRequest, pk: int, signed_pk: int) -> HttpResponse:
    """The office confirms that an authorised person signed this paper, and that it is ours."""
    signed = _signed(request, pk, signed_pk, "applications.accept_paper")
    form = AcceptPaperForm(request.POST)
    if not form.is_valid():
        return _page(request, signed, form, status=422)
    signing.accept_paper(signed, by=request.user, note=form.cleaned_data["note"])
    messages.success(request, _("The paper is accepted. The institution was told."))
    return redirect(signed)


@require_http_methods(["GET", "POST"])
def paper_refuse(request: SignedInRequest, pk: int, signed_pk: int) -> HttpResponse:
    """Ask for the paper anew, with a reason."""
    signed = _signed(request, pk, signed_pk, "applications.refuse_paper")
    if signed.verdict or signed.is_superseded:
        raise TransitionNotAllowed(Verb.REFUSE_PAPER, signed.application.state)
    form = RefusePaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        signing.refuse_paper(signed, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The institution was asked for the paper anew."))
        return redirect(signed)
    application = signed.application
    context = {
        "title": _("Refuse the signed paper"),
        "text": _("You refuse the paper of %(application)s that came on %(day)s.")
        % {"application": application, "day": wording.day(signed.uploaded_at.isoformat())},
        "consequences": [
            _("The institution gets your reason by e-mail and sends the paper anew."),
            _("The refused file stays in the case with your reason."),
        ],
        "label": _("Refuse and ask anew"),
        "danger": True,
        "cancel_url": signed.get_absolute_url(),
        "crumbs": [
            (str(application), application.get_absolute_url()),
            (_("Request and report"), reverse("application_papers", args=[pk])),
        ],
        "form": form,
        "post_url": "",
    }
    return form_page(request, "components/confirm.html", context)


def _signed(
    request: SignedInRequest,
    pk: int,
    signed_pk: int,
    permission: str = "applications.read_signed_papers",
) -> SignedPaper:
    """A signed paper names people: only the institution and the office see it."""
    application = permitted(Application.objects.with_names(), request.user, permission, pk=pk)
    signed: SignedPaper = get_object_or_404(application.signed.with_review(), pk=signed_pk)
    signed.application = application
    return signed

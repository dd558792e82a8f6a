"""Citing evidence in an answer. What was typed is saved with it.

With JavaScript only the list of what is cited is exchanged, and the answer around it, which may
be half a sentence, is not sent at all: such a request is answered by a part of the page.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certification.applications import services
from certification.applications.forms.citing import CitationForm, PlaceForm
from certification.applications.models import Answer, Application, Citation
from certification.errors import CannotDo
from certification.standards.models import Criterion
from institutions.requests import SignedInRequest

from .answering import answer_page, opened, typed_form, write
from .citing_section import citations_of, cited_rows, offer_of
from .typed_evidence import citations_at


@require_http_methods(["GET", "POST"])
def evidence_search(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Look for evidence: a part of the page; without JavaScript, the page with what was found."""
    application, criterion = opened(request, pk, code)
    if request.method == "POST":
        refusal = write(request, application, criterion)
        return refusal or redirect(_here(request, application, criterion))
    if not request.htmx:
        return redirect(_here(request, application, criterion))
    citations = citations_of(_answer(application, criterion))
    found = offer_of(request, application, criterion, citations)
    context = {"offer": found, "application": application, "criterion": criterion}
    return render(request, "applications/_evidence_offer.html", context)


@require_POST
def cite(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    application, criterion = opened(request, pk, code)
    form = CitationForm(request.POST, application=application)

    def verb() -> Citation:
        return services.cite(application, criterion, by=request.user, **form.cleaned_data)

    return _do(request, application, criterion, form, verb, _("Cited: “%(title)s”."))


@require_POST
def uncite(request: SignedInRequest, pk: int, code: str, citation_pk: int) -> HttpResponse:
    application, criterion = opened(request, pk, code)
    citation = citations_at(application, criterion).filter(pk=citation_pk).first()

    def verb() -> Citation | None:
        if citation:
            services.uncite(citation, by=request.user)
        return citation

    said = _("No longer cited: “%(title)s”.")
    return _do(request, application, criterion, None, verb, said, removed=citation)


@require_POST
def citation_place(request: SignedInRequest, pk: int, code: str, citation_pk: int) -> HttpResponse:
    """Say where in the evidence to look."""
    application, criterion = opened(request, pk, code)
    citation = get_object_or_404(citations_at(application, criterion), pk=citation_pk)
    # the page's own saving takes every place that was typed
    form = PlaceForm(request.POST, citation=citation) if request.htmx else None

    def verb() -> Citation:
        if form is None:
            return citation
        return services.change_place(citation, by=request.user, **form.cleaned_data)

    return _do(request, application, criterion, form, verb, _("The place is saved: “%(title)s”."))


@require_POST
def cite_newest(request: SignedInRequest, pk: int, code: str, citation_pk: int) -> HttpResponse:
    application, criterion = opened(request, pk, code)
    citation = get_object_or_404(citations_at(application, criterion), pk=citation_pk)

    def verb() -> Citation:
        return services.cite_newest(citation, by=request.user)

    said = _("The newer version is cited: “%(title)s”.")
    return _do(request, application, criterion, None, verb, said)


def _do(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    form: Any,
    verb: Callable[[], Citation | None],
    said: str,
    removed: Citation | None = None,
) -> HttpResponse:
    """Do the verb with what was typed around it; in place, without."""
    if form is not None and not form.is_valid():
        if request.htmx:
            return _part(request, application, criterion, form=form)
        typed = typed_form(application, request.POST)
        return answer_page(request, application, criterion, typed, citing=form, status=422)
    done: list[Citation | None] = []
    if request.htmx:
        return _in_place(request, application, criterion, verb, said)
    refusal = write(
        request, application, criterion, then=lambda: done.append(verb()), removed=removed
    )
    if refusal:
        return refusal
    if done[0]:
        messages.success(request, said % {"title": done[0].revision.evidence.title})
    return redirect(_here(request, application, criterion))


def _in_place(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    verb: Callable[[], Citation | None],
    said: str,
) -> HttpResponse:
    try:
        citation = verb()
    except CannotDo as refusal:
        return _part(request, application, criterion, refusal=str(refusal))
    status = said % {"title": citation.revision.evidence.title} if citation else ""
    new = citation.pk if citation and "revision" in request.POST else 0
    return _part(request, application, criterion, status=status, new=new)


def _part(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    *,
    form: Any = None,
    refusal: str = "",
    status: str = "",
    new: int = 0,
) -> HttpResponse:
    citations = citations_of(_answer(application, criterion))
    if form is not None and not refusal and not isinstance(form, PlaceForm):
        refusal = " ".join(str(error) for errors in form.errors.values() for error in errors)
    context = {
        "application": application,
        "criterion": criterion,
        "cited": cited_rows(
            citations, typed=[form] if isinstance(form, PlaceForm) else [], new=new
        ),
        "offer": offer_of(request, application, criterion, citations),
        "refusal": refusal,
        "status": status,
    }
    return render(request, "applications/_citations_in_place.html", context)


def _here(request: SignedInRequest, application: Application, criterion: Criterion) -> str:
    """The evidence of the answer's page, with what was being looked for."""
    page = reverse("answer_edit", args=[application.pk, criterion.code])
    asked = request.POST if request.method == "POST" else request.GET
    kept = {name: asked[name] for name in ("szukaj", "strona") if name in asked}
    return f"{page}?{urlencode(kept)}#dowody" if kept else f"{page}#dowody"


def _answer(application: Application, criterion: Criterion) -> Answer | None:
    return Answer.objects.filter(application=application, criterion=criterion).first()

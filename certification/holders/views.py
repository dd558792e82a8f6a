"""Praise for the public page: the office chooses, the institution answers, both take it down."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certification.certificates.models import Certificate
from certification.certificates.register import holder_path
from certification.errors import CannotDo
from certification.permitted import permitted
from institutions.requests import SignedInRequest

from .candidates import candidates
from .forms import DeclineForm, PraiseForm
from .models import Praise, PraiseQuerySet
from .services import MOST, agree_praise, decline_praise, propose_praise, take_down_praise


@require_http_methods(["GET", "POST"])
def praise_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office chooses and words what is to be praised."""
    certificate = _certificate(request, pk, "holders.propose_praise")
    praises = _praises(certificate)
    last = praises.first()
    initial = {each.standard_id: each.text for each in last.sentences.all()} if last else {}
    form = PraiseForm(
        request.POST if request.method == "POST" else None,
        candidates=candidates(certificate.application),
        initial=PraiseForm.initial_of(initial),
    )
    if form.is_valid():
        try:
            propose_praise(certificate, by=request.user, sentences=form.sentences())
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The institution is asked whether it agrees."))
            return redirect(certificate)
    context = {"certificate": certificate, "form": form, "praises": praises, "most": MOST}
    return render(
        request, "holders/praise_propose.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def praise_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The institution reads what would stand on its page; a post declines it."""
    certificate = _certificate(request, pk, "holders.answer_praise")
    praises = _praises(certificate)
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        awaited = praises.first()
        if awaited is None:
            raise CannotDo(_("Nothing was proposed."))
        decline_praise(awaited, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("The office is told. Nothing is published."))
        return redirect(certificate)
    context = {
        "certificate": certificate,
        "awaiting": praises.awaiting().first(),
        "praises": praises,
        "form": form,
        "page": holder_path(certificate.institution),
    }
    return render(
        request, "holders/praise_answer.html", context, status=422 if form.errors else 200
    )


@require_POST
def praise_agree(request: SignedInRequest, pk: int, praise_pk: int) -> HttpResponse:
    certificate = _certificate(request, pk, "holders.answer_praise")
    agree_praise(permitted(_praises(certificate), request.user, pk=praise_pk), by=request.user)
    messages.success(request, _("The sentences stand on the public page."))
    return redirect(certificate)


@require_POST
def praise_take_down(request: SignedInRequest, pk: int, praise_pk: int) -> HttpResponse:
    certificate = _certificate(request, pk, "holders.take_down_praise")
    take_down_praise(permitted(_praises(certificate), request.user, pk=praise_pk), by=request.user)
    messages.success(request, _("The sentences are off the public page."))
    return redirect(certificate)


def _certificate(request: SignedInRequest, pk: int, permission: str) -> Certificate:
    certificates = Certificate.objects.with_facts().select_related("application__institution")
    return permitted(certificates, request.user, permission, pk=pk)


def _praises(certificate: Certificate) -> PraiseQuerySet:
    """Of its case, the newest first, with all that is shown of them."""
    found = Praise.objects.filter(application=certificate.application_id)
    return found.prefetch_related("sentences__standard", "steps__done_by").select_related(
        "proposed_by"
    )

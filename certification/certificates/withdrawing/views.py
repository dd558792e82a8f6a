"""Pages of charges, of what is replied to them, and of what comes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification import clock
from certification.certificates.models import Certificate, Charges
from certification.documents.responses import stored_response
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page

from .forms import (
    ChargesForm,
    DroppingForm,
    PaperReplyForm,
    ReinstatementForm,
    ReplyForm,
    WithdrawalForm,
)
from .sections import may_with
from .services import (
    drop_charges,
    note_reply,
    reinstate_certificate,
    reply_to_charges,
    state_charges,
    withdraw_certificate,
)


@dataclass(frozen=True)
class Words:
    """What a page of one verb says. `done` is told once it is done."""

    title: str
    about: str
    label: str
    done: str
    danger: bool = False


@require_http_methods(["GET", "POST"])
def charges_state(request: SignedInRequest, pk: int) -> HttpResponse:
    """The Committee's chair states charges against the holder."""
    certificate = _certificate(request, pk, "certificates.state_charges")
    if request.method == "GET" and certificate.has_open_charges:
        return redirect(certificate.charges.open().get())
    words = Words(
        _("State charges"),
        _(
            "The Committee may withdraw a certificate after it has examined the charges and "
            "stated them in writing. The charges become a numbered paper; the holder is told by "
            "e-mail and may reply. Nothing is published."
        ),
        _("State the charges"),
        _("The charges are stated, and the holder is told."),
    )
    act = partial(state_charges, certificate)
    return _verb_page(request, words, ChargesForm(request.POST or None), certificate, act)


@require_GET
def charges_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was stated, what was replied, what came of it, and what may be done now."""
    charges = _charges(request, pk)
    today = clock.today()
    context = {
        "charges": charges,
        "certificate": charges.certificate,
        "may": may_with(request.user, charges, today),
        "is_decidable": today >= charges.decidable_from,
        "is_reply_over": today > charges.reply_until,
    }
    return render(request, "certificates/charges_detail.html", context)


@require_GET
def charges_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper as it was stated; its hash is checked."""
    charges = _charges(request, pk)
    if charges.document is None:
        raise Http404
    return stored_response(charges.document)


@require_http_methods(["GET", "POST"])
def charges_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The holder replies."""
    charges = _charges(request, pk, "certificates.reply_to_charges")
    words = Words(
        _("Reply to the charges"),
        _(
            "The Committee reads the reply before it decides. It is kept word for word, and you "
            "may add to it by another reply until the Committee has decided."
        ),
        _("Send the reply"),
        _("The Committee has your reply."),
    )
    act = partial(reply_to_charges, charges)
    return _verb_page(request, words, ReplyForm(request.POST or None), charges, act)


@require_http_methods(["GET", "POST"])
def charges_note_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office types a reply that came on paper."""
    charges = _charges(request, pk, "certificates.note_reply")
    words = Words(
        _("Note a reply on paper"),
        _("Type what the holder wrote, word for word. The holder sees it here as well."),
        _("Note the reply"),
        _("The reply is noted."),
    )
    act = partial(note_reply, charges)
    return _verb_page(request, words, PaperReplyForm(request.POST or None), charges, act)


@require_http_methods(["GET", "POST"])
def charges_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """The Committee drops the charges."""
    charges = _charges(request, pk, "certificates.drop_charges")
    words = Words(
        _("Drop the charges"),
        _("The certificate stands as before. The holder is told why; nothing is published."),
        _("Drop the charges"),
        _("The charges are dropped, and the holder is told."),
    )
    act = partial(drop_charges, charges)
    return _verb_page(request, words, DroppingForm(request.POST or None), charges, act)


@require_http_methods(["GET", "POST"])
def charges_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The Committee withdraws the certificate on these charges."""
    charges = _charges(request, pk, "certificates.withdraw_certificate")
    words = Words(
        _("Withdraw a certificate"),
        _(
            "From then on the register and the verification page say that it is withdrawn, and "
            "why. The holder is told, and may appeal to the Board."
        ),
        _("Withdraw the certificate"),
        _("Certificate %(number)s is withdrawn.") % {"number": charges.certificate.number},
        danger=True,
    )
    act = partial(withdraw_certificate, charges)
    return _verb_page(request, words, WithdrawalForm(request.POST or None), charges, act)


@require_http_methods(["GET", "POST"])
def certificate_reinstate(request: SignedInRequest, pk: int) -> HttpResponse:
    """A Board member records that the Board allowed the appeal against a withdrawal."""
    certificate = _certificate(request, pk, "certificates.reinstate_certificate")
    words = Words(
        _("Appeal against a withdrawal"),
        _(
            "The Board allowed the appeal and annulled the withdrawal by resolution. The "
            "certificate then stands as before; the withdrawal and the resolution stay on file."
        ),
        _("Annul the withdrawal"),
        _("The withdrawal of %(number)s is annulled.") % {"number": certificate.number},
    )
    form = ReinstatementForm(request.POST if request.method == "POST" else None)
    act = partial(reinstate_certificate, certificate)
    return _verb_page(request, words, form, certificate, act, leads_to=certificate)


def _verb_page(
    request: SignedInRequest,
    words: Words,
    form: forms.Form,
    subject: Certificate | Charges,
    act: Callable[..., models.Model],
    *,
    leads_to: Certificate | None = None,
) -> HttpResponse:
    """A form: as it is asked for, done, refused in words (422), or overtaken (409).

    It leads to the charges it was about, or that it made.
    """
    is_overtaken = False
    if form.is_valid():
        facts = {name: each for name, each in form.cleaned_data.items() if name != "confirmed"}
        try:
            made = act(by=request.user, **facts)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
            is_overtaken = isinstance(refusal, TransitionNotAllowed)
        else:
            messages.success(request, words.done)
            return redirect(leads_to or (made if isinstance(made, Charges) else subject))
    charges = subject if isinstance(subject, Charges) else None
    if request.method == "GET" and charges and not charges.is_open:
        return redirect(charges)
    context: dict[str, Any] = {
        "certificate": charges.certificate if charges else subject,
        "charges": charges,
        "words": words,
        "form": form,
    }
    return form_page(request, "certificates/charges_form.html", context, conflict=is_overtaken)


def _certificate(request: SignedInRequest, pk: int, permission: str) -> Certificate:
    certificates = Certificate.objects.with_facts().select_related("application__institution")
    return permitted(certificates, request.user, permission, pk=pk)


def _charges(request: SignedInRequest, pk: int, permission: str | None = None) -> Charges:
    found = Charges.objects.with_outcome().select_related(
        "certificate__institution", "certificate__application__institution", "document", "stated_by"
    )
    return permitted(found, request.user, permission, pk=pk)

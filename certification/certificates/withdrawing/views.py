"""Pages of charges, of what is replied to them, and of what the Committee makes of them."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification import clock
from certification.certificates.models import Certificate
from certification.documents.responses import stored_response
from certification.permitted import permitted
from institutions.requests import SignedInRequest

from .forms import (
    ChargesForm,
    DroppingForm,
    PaperReplyForm,
    ReplyForm,
    WithdrawalForm,
)
from .sections import may_with, papers_of, verbs_now
from .services import (
    drop_charges,
    note_reply,
    reply_to_charges,
    state_charges,
    withdraw_certificate,
)
from .verb_pages import Words, charges_for, charges_page, verb_page


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
    return verb_page(request, certificate, act, ChargesForm, words)


@require_GET
def charges_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was stated, what was replied, what came of it, and what may be done now."""
    charges = charges_for(request, pk)
    today = clock.today()
    context = {
        "charges": charges,
        "certificate": charges.certificate,
        "papers": papers_of(charges),
        "may": may_with(request.user, charges, today),
        "is_decidable": today >= charges.decidable_from,
        "appeal_waits": not charges.is_open and bool(verbs_now(charges, today)),
        "is_appeal_over": "appeal_withdrawal" not in verbs_now(charges, today),
        "is_reply_over": today > charges.reply_until,
    }
    return render(request, "certificates/charges_detail.html", context)


@require_GET
def charges_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper as it was stated; its hash is checked."""
    return stored_response(charges_for(request, pk).document)


@require_GET
def withdrawal_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper of the withdrawal on these charges."""
    withdrawal = getattr(charges_for(request, pk), "withdrawal", None)
    return stored_response(withdrawal.document if withdrawal else None)


@require_GET
def appeal_answer_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper of what the Board resolved on the appeal."""
    appeal = charges_for(request, pk).appeal
    answer = appeal.answer if appeal else None
    return stored_response(answer.document if answer else None)


@require_http_methods(["GET", "POST"])
def charges_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The holder replies."""
    words = Words(
        _("Reply to the charges"),
        _(
            "The Committee reads the reply before it decides. It is kept word for word, and you "
            "may add to it by another reply until the Committee has decided."
        ),
        _("Send the reply"),
        _("The Committee has your reply."),
    )
    return charges_page(request, pk, reply_to_charges, ReplyForm, words)


@require_http_methods(["GET", "POST"])
def charges_note_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office types a reply that came on paper."""
    words = Words(
        _("Note a reply on paper"),
        _("Type what the holder wrote, word for word. The holder sees it here as well."),
        _("Note the reply"),
        _("The reply is noted."),
    )
    return charges_page(request, pk, note_reply, PaperReplyForm, words)


@require_http_methods(["GET", "POST"])
def charges_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """The Committee drops the charges, or its chair takes back what was stated by mistake."""
    is_heard = clock.today() >= charges_for(request, pk).decidable_from
    words = Words(
        _("Drop the charges") if is_heard else _("Take back the charges"),
        _("The certificate stands as before. The holder is told why; nothing is published.")
        if is_heard
        else _(
            "Before the reply, or the last day for it, take back only what was stated by mistake. "
            "Right charges can be stated at once after that. The holder is told why; nothing is "
            "published."
        ),
        _("Drop the charges") if is_heard else _("Take back the charges"),
        _("The charges are dropped, and the holder is told."),
    )
    return charges_page(request, pk, drop_charges, DroppingForm, words)


@require_http_methods(["GET", "POST"])
def charges_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The Committee withdraws the certificate on these charges."""
    words = Words(
        _("Withdraw a certificate"),
        _(
            "From then on the register and the verification page say that it is withdrawn, and "
            "why. The holder is told, and may appeal to the Board."
        ),
        _("Withdraw the certificate"),
        _("Certificate %(number)s is withdrawn."),
        danger=True,
    )
    return charges_page(request, pk, withdraw_certificate, WithdrawalForm, words)


def _certificate(request: SignedInRequest, pk: int, permission: str) -> Certificate:
    certificates = Certificate.objects.with_facts().select_related("application__institution")
    return permitted(certificates, request.user, permission, pk=pk)

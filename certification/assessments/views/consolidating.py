"""The consolidated card: read as a whole, and signed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.applications.late import Late
from certification.applications.states import State
from certification.assessments import services
from certification.assessments.comparison import Comparison
from certification.assessments.models import ConsolidatedCard
from certification.assessments.signatures import Signatures
from certification.assessments.thirds import Thirds
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.permitted import permitted
from institutions.models import User
from institutions.requests import SignedInRequest


def card_of(request: SignedInRequest, pk: int, permission: str | None = None) -> ConsolidatedCard:
    """The card of a case that the person reads."""
    cards = ConsolidatedCard.objects.select_related(
        "application__institution", "application__standard_set", "closed_by"
    )
    return permitted(cards, request.user, permission, application=pk)


def may_settle(card: ConsolidatedCard, user: User) -> bool:
    """Whether the person may change the card now."""
    is_open = not card.is_closed and card.application.state == State.ASSESSMENT
    return is_open and user.has_perm("assessments.settle", card)


@require_GET
def card_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The card of one case: where the assessors are apart first, then the whole of it."""
    card = card_of(request, pk)
    context = {
        "card": card,
        "application": card.application,
        "comparison": Comparison(card),
        "may_settle": may_settle(card, request.user),
        "signatures": Signatures(card, request.user),
        "thirds": Thirds(card, request.user),
        "late": Late(card.application, request.user),
    }
    return render(request, "assessments/card_detail.html", context)


@require_http_methods(["GET", "POST"])
def card_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read what the card comes to, and sign it; the last signature closes it for good."""
    card = card_of(request, pk, "assessments.sign_card")
    status, refusal = 200, ""
    if request.method == "POST":
        seen = request.POST.get("version", "")
        try:
            signed = services.sign_card(
                card, by=request.user, expected_version=int(seen) if seen.isdecimal() else -1
            )
        except Stale:
            status = 409
            refusal = _("The card was changed since you opened this page. Read it again.")
            card.refresh_from_db(fields=["version"])
        except TransitionNotAllowed:
            raise
        except CannotDo as error:
            status, refusal = 422, str(error)
        else:
            messages.success(request, _said(signed))
            return redirect(card)
    context = {
        "card": card,
        "application": card.application,
        "comparison": Comparison(card),
        "signatures": Signatures(card, request.user),
        "refusal": refusal,
    }
    return render(request, "assessments/card_sign.html", context, status=status)


def _said(card: ConsolidatedCard) -> str:
    if card.is_closed:
        return _("Everybody has signed: the card is closed and the case is before the Committee.")
    return _("Your signature is under the card. It closes when the other assessor signs.")


@require_POST
def card_unsign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back one's own signature."""
    card = card_of(request, pk, "assessments.sign_card")
    services.take_back_signature(card, by=request.user)
    messages.success(request, _("Your signature was taken back."))
    return redirect(card)

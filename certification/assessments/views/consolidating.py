"""The consolidated card: read, settled, closed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.applications.states import State
from certification.assessments import services
from certification.assessments.comparison import Compared, Comparison
from certification.assessments.forms import SettleForm
from certification.assessments.models import ConsolidatedCard, ConsolidatedRating
from certification.errors import Stale
from certification.permitted import permitted
from institutions.requests import SignedInRequest


def _card(request: SignedInRequest, pk: int, permission: str | None = None) -> ConsolidatedCard:
    cards = ConsolidatedCard.objects.select_related(
        "application__institution", "application__standard_set", "closed_by"
    )
    return permitted(cards, request.user, permission, application=pk)


@require_GET
def card_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The card of one case; those who assessed it settle their differences here."""
    card = _card(request, pk)
    return _card_page(request, card, Comparison(card), also=request.GET.get("kryterium", ""))


@require_POST
def card_settle(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Settle one criterion, with a reason."""
    card = _card(request, pk, "assessments.settle")
    comparison = Comparison(card)
    row = _row(comparison, code)
    levels = list(card.application.standard_set.levels.all())
    form = SettleForm(request.POST, code=code, levels=levels)
    if not form.is_valid():
        return _card_page(request, card, comparison, sent=(row, form), status=422)
    try:
        services.settle(
            card,
            row.criterion,
            by=request.user,
            level=form.cleaned_data["level"],
            reason=form.cleaned_data["reason"],
            expected_version=form.cleaned_data["version"],
        )
    except Stale as stale:
        return _stale_page(request, card, comparison, row, stale.current)
    messages.success(request, _("%(code)s is settled.") % {"code": code})
    return redirect(f"{reverse('card_detail', args=[pk])}#do-uzgodnienia")


def _row(comparison: Comparison, code: str) -> Compared:
    for row in comparison.differing:
        if row.criterion.code == code:
            return row
    raise Http404


def _stale_page(
    request: SignedInRequest,
    card: ConsolidatedCard,
    comparison: Comparison,
    row: Compared,
    newer: object,
) -> HttpResponse:
    """Both texts: the newer settlement to read, one's own in the form, ready to replace it."""
    data = request.POST.copy()
    data["version"] = str(newer.version if isinstance(newer, ConsolidatedRating) else 0)
    levels = list(card.application.standard_set.levels.all())
    form = SettleForm(data, code=row.criterion.code, levels=levels)
    return _card_page(request, card, comparison, sent=(row, form), status=409)


def _card_page(
    request: SignedInRequest,
    card: ConsolidatedCard,
    comparison: Comparison,
    *,
    also: str = "",
    sent: tuple[Compared, SettleForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    may_settle = (
        not card.is_closed
        and card.application.state == State.ASSESSMENT
        and request.user.has_perm("assessments.settle", card)
    )
    if may_settle:
        comparison.offer_forms(list(card.application.standard_set.levels.all()), also=also)
    if sent:
        sent[0].form = sent[1]
    context = {
        "card": card,
        "application": card.application,
        "comparison": comparison,
        "may_settle": may_settle,
        "conflict": sent[0] if sent and status == 409 else None,
        "form": sent[1] if sent else None,
    }
    return render(request, "assessments/card_detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def card_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close the card for good and send the case to the Committee."""
    card = _card(request, pk, "assessments.close_card")
    if request.method == "POST":
        services.close_card(card, by=request.user)
        messages.success(request, _("The card is closed. The case is before the Committee."))
        return redirect(card)
    return render(
        request, "assessments/card_close.html", {"card": card, "application": card.application}
    )

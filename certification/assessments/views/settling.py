"""One criterion on the card: what each assessor found, what they say, and what they settle."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certification.applications.states import State
from certification.assessments import services
from certification.assessments.comparison import Compared, Comparison
from certification.assessments.forms import RemarkForm, SettleForm
from certification.assessments.models import CardRemark, ConsolidatedCard, ConsolidatedRating
from certification.errors import Stale
from certification.standards.models import RatingLevel
from institutions.requests import SignedInRequest

from .consolidating import card_of, may_settle


@require_GET
def card_criterion(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """The ratings side by side, the discussion, and the form to settle a difference."""
    card = card_of(request, pk)
    comparison, row = _row(card, code)
    return _page(request, comparison, row)


@require_POST
def card_settle(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Settle one criterion, with a reason; then the card, or the next one that is open."""
    card = card_of(request, pk, "assessments.settle")
    comparison, row = _row(card, code)
    if not row.agreed.differed:
        raise Http404
    levels = list(card.application.standard_set.levels.all())
    form = SettleForm(request.POST, levels=levels)
    if not form.is_valid():
        return _page(request, comparison, row, settling=form, status=422)
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
        newer = stale.current
        over = _over(request, newer, levels)
        return _page(request, comparison, row, settling=over, newer=newer, status=409)
    messages.success(request, _("%(code)s is settled.") % {"code": code})
    following = comparison.next_open(row)
    if request.POST.get("then") == "next" and following:
        return redirect("card_criterion", pk, following.criterion.code)
    return redirect("card_detail", pk)


@require_POST
def card_remark(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Say something about one criterion to the other assessors."""
    card = card_of(request, pk, "assessments.remark")
    comparison, row = _row(card, code)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, comparison, row, remarking=form, status=422)
    services.remark(card, row.criterion, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("The other assessors can read it now."))
    return redirect(reverse("card_criterion", args=[pk, code]) + "#rozmowa")


def _row(card: ConsolidatedCard, code: str) -> tuple[Comparison, Compared]:
    comparison = Comparison(card)
    row = comparison.row(code)
    if row is None:
        raise Http404
    return comparison, row


def _over(request: SignedInRequest, newer: object, levels: list[RatingLevel]) -> SettleForm:
    """One's own text, ready to replace the newer settlement knowingly."""
    typed = request.POST.copy()
    typed["version"] = str(newer.version if isinstance(newer, ConsolidatedRating) else 0)
    return SettleForm(typed, levels=levels)


def _page(
    request: SignedInRequest,
    comparison: Comparison,
    row: Compared,
    *,
    settling: SettleForm | None = None,
    remarking: RemarkForm | None = None,
    newer: object = None,
    status: int = 200,
) -> HttpResponse:
    card = comparison.card
    settles = may_settle(card, request.user)
    if settles and row.agreed.differed and settling is None:
        settling = SettleForm.of(row.agreed, list(card.application.standard_set.levels.all()))
    speaks = not card.is_closed and card.application.state == State.ASSESSMENT
    speaks = speaks and request.user.has_perm("assessments.remark", card)
    remarks = CardRemark.objects.visible_to(request.user).filter(
        application=card.application, criterion=row.criterion
    )
    before, after = comparison.beside(row)
    context = {
        "card": card,
        "application": card.application,
        "comparison": comparison,
        "row": row,
        "before": before,
        "after": after,
        "following": comparison.next_open(row) if row.agreed.differed else None,
        "settling": settling if settles else None,
        "remarking": (remarking or RemarkForm()) if speaks else None,
        "corrects": speaks
        and any(
            one.rating and one.assessment.assignment.assessor_id == request.user.pk
            for one in row.opinions
        ),
        "refused": remarking or settling,
        "newer": newer,
        "remarks": [
            each
            for each in remarks.select_related("written_by", "level")
            if each.written_at >= card.opened_at
        ],
    }
    return render(request, "assessments/card_criterion.html", context, status=status)

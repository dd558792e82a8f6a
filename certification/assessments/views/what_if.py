"""Trying another rule on a card."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certification.assessments.models import ConsolidatedCard
from certification.assessments.outcomes import agreed_ratings
from certification.assessments.what_if import WhatIf, WhatIfForm
from certification.permitted import permitted
from certification.standards.outcome_rule import OutcomeRule
from institutions.requests import SignedInRequest


@require_GET
def card_what_if(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which standards would come out otherwise by another rule. Writes nothing."""
    cards = ConsolidatedCard.objects.select_related(
        "application__institution", "application__standard_set"
    )
    card = permitted(cards, request.user, application=pk)
    standard_set = card.application.standard_set
    ratings = agreed_ratings(card)
    levels = list(standard_set.levels.all())
    form = WhatIfForm(
        request.GET or None, standard_set=standard_set, levels=levels, ratings=ratings
    )
    is_tried = form.is_bound and form.is_valid()
    context = {
        "card": card,
        "application": card.application,
        "form": form,
        "rule": OutcomeRule.of(standard_set),
        "tried": WhatIf(ratings, form.rule()) if is_tried else None,
    }
    status = 422 if form.is_bound and not is_tried else 200
    return render(request, "assessments/card_what_if.html", context, status=status)

"""The Committee's session: what awaits it, the record of a decision, the decision to read."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certification.applications.late import Late
from certification.applications.models import Application
from certification.applications.rules import is_unbarred
from certification.applications.states import State
from certification.assessments.models import ConsolidatedCard
from certification.assessments.outcomes import standard_outcomes
from certification.documents.models import Issuer
from certification.errors import CannotDo, TransitionNotAllowed
from certification.permitted import permitted
from institutions.requests import SignedInRequest

from .forms import DecisionForm
from .models import Decision
from .reading import proposed_reasons
from .services import grant, refuse

PER_PAGE = 25


@require_GET
def decision_list(request: SignedInRequest) -> HttpResponse:
    """What awaits the Committee, oldest first, and what it decided."""
    cases = Application.objects.open_to_staff(request.user).filter(state=State.COMMITTEE)
    awaiting = list(
        cases.select_related("institution").order_by("state_since", "pk")[: PER_PAGE + 1]
    )
    decided = Decision.objects.visible_to(request.user).select_related("application__institution")
    context = {
        "awaiting": awaiting[:PER_PAGE],
        "more_await": len(awaiting) > PER_PAGE,
        "page": Paginator(decided, PER_PAGE).get_page(request.GET.get("page")),
        "chairs": request.user.has_perm("decisions.chair_session"),
    }
    return render(request, "decisions/decision_list.html", context)


@require_http_methods(["GET", "POST"])
def decision_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """The chair records what the Committee decided; a decided case leads to its decision."""
    application = permitted(
        Application.objects.with_names(), request.user, "decisions.decide_application", pk=pk
    )
    decision = Decision.objects.filter(application=application).first()
    if decision is not None and request.method == "GET":
        return redirect("decision_detail", decision.pk)
    card = ConsolidatedCard.objects.closed().filter(application=application).first()
    if card is None:
        raise CannotDo(_("The assessors have not closed their consolidated card yet."))
    outcomes = list(standard_outcomes(card).values())
    unmet = [rating for outcome in outcomes for rating in outcome.at_fault]
    form = DecisionForm(
        request.POST or None,
        unmet=[rating.criterion for rating in unmet],
        proposals=proposed_reasons(card, unmet),
    )
    late = Late(application, request.user)
    page = {"application": application, "outcomes": outcomes, "form": form, "late": late}
    if request.method == "POST":
        return _decide(request, application, form, page)
    return render(request, "decisions/decision_form.html", page)


def _decide(
    request: SignedInRequest, application: Application, form: DecisionForm, page: dict[str, Any]
) -> HttpResponse:
    if not form.is_valid():
        return render(request, "decisions/decision_form.html", page, status=422)
    try:
        decision = _record(application, form, by=request.user)
    except CannotDo as error:
        form.add_error(None, str(error))
        status = 409 if isinstance(error, TransitionNotAllowed) else 422
        return render(request, "decisions/decision_form.html", page, status=status)
    messages.success(request, _("The decision is recorded."))
    return redirect("decision_detail", decision.pk)


def _record(application: Application, form: DecisionForm, *, by: Any) -> Decision:
    session_on = form.cleaned_data["session_on"]
    justification = form.cleaned_data["justification"]
    if form.is_refusal:
        return refuse(
            application,
            by=by,
            session_on=session_on,
            justification=justification,
            reasons=form.reasons(),
        )
    return grant(application, by=by, session_on=session_on, justification=justification)


@require_GET
def decision_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The decision with its reasons, for whoever sees the case, the institution included."""
    decisions = Decision.objects.select_related("application__institution", "resolution")
    decision = permitted(decisions, request.user, pk=pk)
    user, case = request.user, decision.application
    context = {
        "decision": decision,
        "late": Late(case, user) if is_unbarred.test(user, case) else None,
        "reasons": decision.reasons.select_related("criterion__standard"),
        "issuer": Issuer.load(),
    }
    return render(request, "decisions/decision_detail.html", context)

"""A third assessor for criteria in dispute: asked for by the assessors, chosen by the office."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.applications.states import State
from certification.assessments import services
from certification.assessments.candidates import candidates
from certification.assessments.models import ConsolidatedCard, ThirdOpinion
from certification.assessments.states import Verb
from certification.assessments.third_forms import (
    ThirdAskForm,
    ThirdAssignForm,
    ThirdWithdrawForm,
)
from certification.assessments.thirds import Thirds
from certification.errors import TransitionNotAllowed
from certification.refusals import refused_at
from certification.standards.models import Criterion
from institutions.requests import SignedInRequest

from .consolidating import card_of

DAYS = 14


@require_http_methods(["GET", "POST"])
def third_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those whose card it is ask the office for a third opinion."""
    card = _open_card(request, pk, "assessments.ask_third", Verb.ASK_THIRD)
    form = ThirdAskForm(
        request.POST if request.method == "POST" else None,
        criteria=_disputed(card),
        initial={"criteria": request.GET.getlist("kryterium")},
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.ask_third(card, by=request.user, **form.cleaned_data)
            messages.success(request, _("The office will choose a third assessor."))
            return redirect(card)
    return _page(request, card, form, asked=None)


@require_http_methods(["GET", "POST"])
def third_assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office chooses the third assessor, the criteria and the day."""
    card = _open_card(request, pk, "assessments.assign_third", Verb.ASSIGN)
    asked = ThirdOpinion.objects.open().filter(application=card.application).first()
    today = clock.today()
    form = ThirdAssignForm(
        request.POST if request.method == "POST" else None,
        criteria=_disputed(card),
        people=candidates(card.application),
        today=today,
        initial={
            "due_on": today + timedelta(days=DAYS),
            "criteria": [str(each.pk) for each in asked.criteria.all()] if asked else [],
        },
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.assign_third(
                card,
                by=request.user,
                assessor=form.assessors[0],
                criteria=form.cleaned_data["criteria"],
                due_on=form.cleaned_data["due_on"],
            )
            messages.success(request, _("The third assessor was told."))
            return redirect(card)
    return _page(request, card, form, asked=asked)


@require_http_methods(["GET", "POST"])
def third_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those whose card it is, or the office, ask no more for a third opinion."""
    card = _open_card(request, pk, "assessments.withdraw_third", Verb.WITHDRAW_THIRD)
    thirds = Thirds(card, request.user)
    form = ThirdWithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.withdraw_third(card, by=request.user, **form.cleaned_data)
            messages.success(request, _("The request is withdrawn."))
            return redirect(card)
    if not form.is_bound and not thirds.may_withdraw:
        raise TransitionNotAllowed(Verb.WITHDRAW_THIRD, card.application.state)
    consequences = [_("The card can be signed without a third opinion.")]
    if thirds.awaited:
        consequences.append(
            _("%(person)s is told that this assignment has ended.")
            % {"person": thirds.awaited.assessor}
        )
    consequences.append(_("A third opinion can be asked for again."))
    page = {
        "title": _("Withdraw the request for a third opinion"),
        "text": _("The application %(number)s, %(institution)s.")
        % {"number": card.application, "institution": card.application.institution},
        "consequences": consequences,
        "label": _("Withdraw the request"),
        "cancel_url": card.get_absolute_url(),
        "crumbs": [
            (str(card.application), card.application.get_absolute_url()),
            (_("Consolidated card"), card.get_absolute_url()),
        ],
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "components/confirm.html", page, status=status)


def _open_card(request: SignedInRequest, pk: int, permission: str, verb: Verb) -> ConsolidatedCard:
    card = card_of(request, pk, permission)
    if card.is_closed or card.application.state != State.ASSESSMENT:
        raise TransitionNotAllowed(verb, card.application.state)
    return card


def _disputed(card: ConsolidatedCard) -> list[Criterion]:
    differing = card.ratings.filter(differed=True).select_related("criterion")
    return [rating.criterion for rating in differing]


def _page(
    request: SignedInRequest,
    card: ConsolidatedCard,
    form: forms.Form,
    *,
    asked: ThirdOpinion | None,
) -> HttpResponse:
    context = {
        "card": card,
        "application": card.application,
        "form": form,
        "asked": asked,
        "is_assigning": isinstance(form, ThirdAssignForm),
    }
    status = 422 if form.errors else 200
    return render(request, "assessments/third_form.html", context, status=status)

"""Pages on which both sides find a date and a programme."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certification.applications.models import Application
from certification.errors import Stale, TransitionNotAllowed
from certification.permitted import permitted
from certification.refusals import refused_at
from certification.visits import services
from certification.visits.calendar import calendar_of
from certification.visits.forms import (
    CancelForm,
    DatesAndPlaceForm,
    DatesForm,
    ProgrammeForm,
    ProposalForm,
)
from certification.visits.models import DateOffer, SiteVisit
from certification.visits.programme import suggested
from certification.visits.questions import questions_of
from certification.visits.services.moving import VISITED_IN
from certification.visits.states import IN_TALKS, KIT_IS_OPEN, TRANSITIONS, Side, Verb
from institutions.models import User
from institutions.requests import SignedInRequest
from institutions.views.form_pages import form_page


def own_visit(request: SignedInRequest, pk: int, permission: str | None = None) -> SiteVisit:
    """The visit, where the person may see it (404) and do that (403)."""
    return permitted(SiteVisit.objects.with_names(), request.user, permission, pk=pk)


def _who_may_go(application: Application) -> dict[str, list[User]]:
    """As the forms take them."""
    return {
        "people": services.assessing(application),
        "office": services.office_to_go(application),
    }


@require_http_methods(["GET", "POST"])
def visit_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office proposes dates to the institution."""
    cases = Application.objects.with_names()
    application = permitted(cases, request.user, "visits.propose_visit", pk=pk)
    if application.state not in VISITED_IN:
        raise TransitionNotAllowed(Verb.PROPOSE, application.state)
    under_way = SiteVisit.objects.under_way().filter(application=application).first()
    if under_way is not None and request.method == "GET":
        return redirect(under_way)
    who = _who_may_go(application)
    people = who["people"]
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        **who,
        initial={
            "place": _address(application),
            "team": [str(person.pk) for person in people],
            "lead": str(people[0].pk) if people else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            visit = services.propose(application, by=request.user, **_dates(form), **form.who)
            messages.success(request, _("The dates were sent to the institution."))
            return redirect(visit)
    context = {"application": application, "form": form}
    return form_page(request, "visits/visit_propose.html", context)


def _address(application: Application) -> str:
    institution = application.institution
    town = f"{institution.postcode} {institution.town}".strip()
    return ", ".join(part for part in (institution.street, town) if part)


def _dates(form: DatesForm) -> dict[str, Any]:
    found = {"spans": form.spans, "word": form.cleaned_data["word"]}
    return found | {name: form.cleaned_data[name] for name in ("place",) if name in form.fields}


@require_POST
def visit_agree(request: SignedInRequest, pk: int, offer: int) -> HttpResponse:
    """Accept one of the dates the other side proposed."""
    visit = own_visit(request, pk)
    chosen = get_object_or_404(
        DateOffer.objects.select_related("round"), pk=offer, round__visit=visit
    )
    side = Side.INSTITUTION if chosen.round.side == Side.CAL else Side.CAL
    own_visit(
        request,
        pk,
        "visits.answer_dates" if side == Side.INSTITUTION else "visits.manage_visit",
    )
    services.agree(visit, chosen, by=request.user, side=side)
    messages.success(request, _("The date is agreed. Everybody concerned was told by e-mail."))
    return redirect(visit)


@require_http_methods(["GET", "POST"])
def visit_counter(request: SignedInRequest, pk: int) -> HttpResponse:
    """The institution cannot then, and proposes other dates."""
    visit = own_visit(request, pk, "visits.answer_dates")
    form = DatesForm(request.POST if request.method == "POST" else None)
    return _talk(request, visit, form, Verb.COUNTER)


@require_http_methods(["GET", "POST"])
def visit_propose_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office proposes other dates."""
    visit = own_visit(request, pk, "visits.manage_visit")
    data = request.POST if request.method == "POST" else None
    form = DatesAndPlaceForm(data, initial={"place": visit.place})
    return _talk(request, visit, form, Verb.PROPOSE_AGAIN)


def _talk(request: SignedInRequest, visit: SiteVisit, form: DatesForm, verb: Verb) -> HttpResponse:
    _check_state(visit, verb)
    do = services.counter if verb == Verb.COUNTER else services.propose_again
    if request.method == "POST" and form.is_valid():
        do(visit, by=request.user, **_dates(form))  # type: ignore[operator]
        messages.success(request, _("The other side was told of the new dates."))
        return redirect(visit)
    context = {"visit": visit, "application": visit.application, "form": form}
    return form_page(request, "visits/visit_dates.html", context)


def _check_state(visit: SiteVisit, verb: Verb) -> None:
    """Spare the person a form that cannot be sent; the service checks again."""
    if visit.state not in TRANSITIONS[verb].sources:
        raise TransitionNotAllowed(verb, visit.state)


@require_http_methods(["GET", "POST"])
def visit_prepare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Programme, place and who goes."""
    visit = own_visit(request, pk, "visits.manage_visit")
    if visit.state not in IN_TALKS | KIT_IS_OPEN:
        raise TransitionNotAllowed(Verb.PREPARE, visit.state)
    who, newer = _who_may_go(visit.application), None
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, **who, initial=_prepared(visit)
    )
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("agenda", "place")}
        version = form.cleaned_data["version"]
        try:
            services.prepare(visit, by=request.user, expected_version=version, **given, **form.who)
        except Stale as stale:
            newer = stale.current
            form = _over(request, who, newer)
        else:
            messages.success(request, _("The programme was saved."))
            return redirect(visit)
    context = {"visit": visit, "application": visit.application, "form": form, "newer": newer}
    context["questions"] = questions_of(visit, request.user)
    return form_page(request, "visits/visit_prepare.html", context, conflict=newer is not None)


def _prepared(visit: SiteVisit) -> dict[str, Any]:
    return {
        "place": visit.place,
        "agenda": visit.agenda or suggested(visit),
        "team": [str(person.pk) for person in visit.team.all()],
        "lead": str(visit.lead_id or ""),
        "version": visit.version,
    }


def _over(request: SignedInRequest, who: dict[str, list[User]], newer: object) -> ProgrammeForm:
    """What was typed, ready to replace the newer programme knowingly."""
    typed = request.POST.copy()
    typed["version"] = str(newer.version if isinstance(newer, SiteVisit) else 0)
    return ProgrammeForm(typed, **who)


@require_http_methods(["GET", "POST"])
def visit_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Call the visit off, with a reason."""
    visit = own_visit(request, pk, "visits.manage_visit")
    _check_state(visit, Verb.CANCEL)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.cancel(visit, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The visit was called off. The institution was told."))
        return redirect(visit)
    context = {
        "title": _("Call the visit off"),
        "text": _("Whoever was told of the visit is told that it does not take place, and why."),
        "label": _("Call the visit off"),
        "cancel_url": visit.get_absolute_url(),
        "danger": True,
        "form": form,
    }
    return render(request, "components/confirm.html", context, status=422 if form.errors else 200)


@require_POST
def visit_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that the visit took place."""
    visit = own_visit(request, pk, "visits.hold_visit")
    services.hold(visit, by=request.user)
    messages.success(request, _("Noted. The protocol can be written now."))
    return redirect(visit)


@require_GET
def visit_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """The calendar file of an agreed date."""
    visit = own_visit(request, pk)
    if visit.starts_at is None:
        raise Http404
    response = HttpResponse(calendar_of(visit), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="wizytacja.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response

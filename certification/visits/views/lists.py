"""All visits a person may see, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from certification import clock
from certification.permitted import permitted
from certification.visits.models import DateRound, Protocol, SiteVisit, VisitPhoto
from certification.visits.states import IN_TALKS, KIT_IS_OPEN, PRESENTED, Side, State
from institutions.models import User
from institutions.requests import SignedInRequest

PAGE = 25
NOW, PAST = "trwajace", "zakonczone"


@require_GET
def visit_list(request: SignedInRequest) -> HttpResponse:
    """Those under way, the nearest first; or those that are over."""
    shown = PAST if request.GET.get("widok") == PAST else NOW
    seen = SiteVisit.objects.visible_to(request.user).with_names()
    if shown == NOW:
        rows = seen.under_way().order_by("starts_at", "proposed_at", "pk")
    else:
        rows = seen.exclude(pk__in=seen.under_way().values("pk")).order_by("-state_since", "-pk")
    tabs = [
        {"label": label, "url": f"?widok={code}", "current": code == shown, "count": None}
        for code, label in ((NOW, _("Under way")), (PAST, pgettext_lazy("visits", "Finished")))
    ]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "visits/visit_list.html", {"page": page, "tabs": tabs, "shown": shown})


@require_GET
def visit_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where a visit stands, and what this person can do."""
    visits = SiteVisit.objects.with_names().prefetch_related("rounds__offers", "team")
    visit = permitted(visits, request.user, pk=pk)
    current, is_in_talks = visit.current_round, visit.state in IN_TALKS
    context = {
        "visit": visit,
        "application": visit.application,
        "current": current,
        "earlier": [each for each in visit.rounds.all() if not is_in_talks or each != current],
        "is_in_talks": is_in_talks,
        "now": clock.now(),
        "today": clock.today(),
        "team": _team(visit),
        "was_held": visit.state in {State.HELD, *PRESENTED},
        **_may(visit, current, request.user),
        **_after(visit, request.user),
    }
    return render(request, "visits/visit_detail.html", context)


def _team(visit: SiteVisit) -> list[tuple[str, str]]:
    """Who goes, each with what they are there: leading, assessing, or from the office."""
    assessors = set(visit.application.assignments.values_list("assessor", flat=True))

    def note(person: User) -> str:
        if person.pk == visit.lead_id:
            return gettext("leads the visit")
        return gettext("assessor") if person.pk in assessors else gettext("CAL office")

    return [(person.full_name, note(person)) for person in visit.team.all()]


def _may(visit: SiteVisit, current: DateRound, user: User) -> dict[str, Any]:
    """What the page offers: by role, and by whose turn it is."""
    manages = user.has_perm("visits.manage_visit", visit)
    hosts = user.has_perm("visits.answer_dates", visit)
    answers = hosts if current.side == Side.CAL else manages
    is_open = visit.state in {*IN_TALKS, State.AGREED}
    return {
        "is_cal": visit.application.institution_id not in user.institution_ids,
        "may_agree": visit.state in IN_TALKS and answers,
        "may_counter": visit.state in {State.PROPOSED, State.AGREED} and hosts,
        "may_propose_again": is_open and manages,
        "may_prepare": visit.state in {*IN_TALKS, State.AGREED, State.HELD} and manages,
        "may_cancel": is_open and manages,
        "may_hold": visit.state == State.AGREED
        and visit.is_begun(clock.now())
        and user.has_perm("visits.hold_visit", visit),
    }


def _after(visit: SiteVisit, user: User) -> dict[str, Any]:
    """The kit, the protocol and its photos, as far as they are for this person."""
    seen = Protocol.objects.visible_to(user).filter(visit=visit)
    protocols = list(
        seen.select_related("presented_by", "closing__closed_by").prefetch_related(
            "remarks__made_by"
        )
    )
    is_presented = visit.state == State.PRESENTED
    waiting = protocols[-1] if is_presented and protocols else None
    is_late = waiting is not None and waiting.is_late_on(clock.today())
    writes = user.has_perm("visits.write_protocol", visit)
    photos = VisitPhoto.objects.visible_to(user).kept().filter(visit=visit)
    return {
        "protocols": protocols,
        "waiting": waiting,
        "may": {
            "write": visit.state == State.HELD and writes,
            "amend": is_presented and writes,
            "remark": waiting is not None
            and not is_late
            and user.has_perm("visits.remark_protocol", visit),
            "confirm": waiting is not None and user.has_perm("visits.confirm_protocol", visit),
            "close": is_late and user.has_perm("visits.close_protocol", visit),
        },
        "has_kit": visit.state in KIT_IS_OPEN and user.has_perm("visits.use_kit", visit),
        "photos": [(each, user.has_perm("visits.remove_photo", each)) for each in photos],
    }

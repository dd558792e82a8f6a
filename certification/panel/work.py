"""Pages of those who are signed in: the panel, the case, the journal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certification.applications.late import Late
from certification.applications.models import Application
from certification.assessments.proposals import waiting_proposals
from certification.assessments.rules import is_still_judging
from certification.audit.models import ChainHead, Event
from certification.audit.verbs import choices
from certification.certificates.models import Certificate
from certification.correspondence.overview import unread_in
from certification.letters.models import CommendationLetter
from certification.permitted import permitted
from institutions.models import User
from institutions.requests import SignedInRequest
from institutions.states import Role

from .case import events, next_step, timeline
from .case_completions import completions
from .case_visits import visits_of
from .duties import waiting_for

HANDLES = (
    Role.OFFICE,
    Role.COMMITTEE_MEMBER,
    Role.COMMITTEE_CHAIR,
    Role.BOARD_MEMBER,
    Role.RESPONSIBLE_BOARD_MEMBER,
)
READS_JOURNAL = (Role.ADMINISTRATOR, Role.RESPONSIBLE_BOARD_MEMBER)


@require_GET
def panel(request: SignedInRequest) -> HttpResponse:
    """What waits for the person who signed in."""
    return render(request, "panel/panel.html", {"heaps": waiting_for(request.user)})


@require_GET
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where a case stands, what happened, and what is next."""
    user = request.user
    application = permitted(Application.objects.with_names(), user, pk=pk)
    is_staff = Application.objects.open_to_staff(user).filter(pk=pk).exists()
    # somebody who still judges the case learns no more of it than any assessor
    handles = is_staff and user.has_role(*HANDLES) and not is_still_judging(user, application)
    context = {
        "application": application,
        "steps": timeline(application),
        "next": next_step(application, user),
        "events": events(application, handles=handles),
        "handles": handles,
        "is_own": application.institution_id in user.institution_ids,
        "may_withdraw": not application.has_ended
        and user.has_perm("applications.withdraw_application", application),
        "may_declare_conflict": is_staff and not application.has_ended,
        "late": Late(application, user) if handles else None,
        "may_review_conflicts": user.has_perm("applications.review_conflict", application),
        "dossiers": application.dossiers.all(),
        **completions(application, user, is_staff=is_staff),
        **_inside(application, user, handles=handles),
        **visits_of(application, user),
        **_correspondence(application, user),
        **_results(application, user),
    }
    return render(request, "panel/case.html", context)


def _inside(application: Application, user: User, *, handles: bool) -> dict[str, Any]:
    """What only those see who handle the case: its assessors, and the card once it is theirs."""
    card = getattr(application, "card", None)
    assignments = application.assignments.select_related("assessor", "assessment")
    return {
        "assignments": assignments if handles and user.has_role(Role.OFFICE) else [],
        "proposals": waiting_proposals(application, user)
        if handles and user.has_role(Role.OFFICE)
        else [],
        "card": card if card and user.has_perm("assessments.view_card", card) else None,
    }


def _correspondence(application: Application, user: User) -> dict[str, Any]:
    """Whether the person reads what was written in the case, and how much of it is new."""
    reads = user.has_perm("correspondence.mark_read", application)
    return {"reads_messages": reads, "unread": unread_in(application, user) if reads else 0}


def _results(application: Application, user: User) -> dict[str, Any]:
    """What came of it, as far as the person may see."""
    certificates = Certificate.objects.visible_to(user).filter(application=application)
    letters = CommendationLetter.objects.visible_to(user).filter(application=application)
    return {
        "decision": getattr(application, "decision", None),
        "certificates": certificates,
        "letters": letters,
        "may_draft_letters": user.has_perm("letters.draft_letter", application),
    }


@require_GET
def journal(request: SignedInRequest) -> HttpResponse:
    """Every event, newest first, for the administrator and the responsible Board member."""
    if not request.user.has_role(*READS_JOURNAL):
        raise PermissionDenied
    verb, case_key = request.GET.get("verb", ""), request.GET.get("sprawa", "").strip()
    found = Event.objects.select_related("by").order_by("-seq")
    if verb:
        found = found.filter(verb=verb)
    if case_key:
        found = found.filter(case=case_key)
    head = ChainHead.objects.filter(id=1).first() or ChainHead()
    paginator = Paginator(found, 50)
    if not (verb or case_key):
        paginator.count = head.seq  # the chain has no gap, and counting all of it takes long
    context = {
        "page": paginator.get_page(request.GET.get("page")),
        "head": head,
        "verbs": choices(),
        "verb": verb,
        "case_key": case_key,
    }
    return render(request, "panel/journal.html", context)

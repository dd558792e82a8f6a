"""The assessors' wishes for completion, as the office reads them."""

from collections.abc import Iterator

from django.db.models import QuerySet

from certification.applications.asking import Wish
from certification.applications.models import Application
from certification.applications.states import State
from institutions.models import User

from .models import CompletionProposal
from .rules import is_still_judging


def waiting_proposals(application: Application, user: User) -> "QuerySet[CompletionProposal]":
    """Those that no request has taken up yet; none for somebody who still judges the case."""
    if application.state != State.ASSESSMENT or is_still_judging(user, application):
        return CompletionProposal.objects.none()
    found = CompletionProposal.objects.exclude(reason="").filter(
        assessment__assignment__application=application, assessment__assignment__ended_at=None
    )
    last = application.completion_requests.last()
    if last:
        found = found.filter(proposed_at__gt=last.asked_at)
    return found.select_related("criterion", "assessment__assignment__assessor")


def wishes(application: Application, user: User) -> Iterator[Wish]:
    """Registered with `applications.asking`: without names, as the institution will read it."""
    for proposal in waiting_proposals(application, user):
        yield Wish(proposal.reason, proposal.criterion)

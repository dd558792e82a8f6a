"""How far the written request of a case has got: the regulation's point 3 as facts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from certification import clock
from certification.applications.models import Application, Paper, SignedPaper
from certification.applications.states import State


class Standing(StrEnum):
    NOT_DUE = "not_due"  # not submitted yet, or past the check of its form
    MISSING = "missing"
    AWAITING = "awaiting"  # it came, and the office has not looked at it
    REFUSED = "refused"
    ACCEPTED = "accepted"


AWAITS_INSTITUTION = {Standing.MISSING, Standing.REFUSED}
# While the form is checked, the request is asked for; where the office found the form correct
# without one, as in cases older than this page, nobody is bothered.
ASKED_FOR_IN = {State.SUBMITTED, State.FORMAL_CHECK, State.COMPLETION}


@dataclass(frozen=True)
class SignedRequest:
    """The newest signed request, and where it stands."""

    standing: Standing
    signed: SignedPaper | None = None

    @property
    def received_at(self) -> datetime | None:
        """When the request that stands came in: the day from which the case runs (point 3)."""
        stands = self.standing == Standing.ACCEPTED and self.signed
        return self.signed.uploaded_at if stands and self.signed else None

    @property
    def received_on(self) -> date | None:
        return clock.day_of(self.received_at) if self.received_at else None


def signed_request(application: Application) -> SignedRequest:
    """One query."""
    if application.submitted_at is None:
        return SignedRequest(Standing.NOT_DUE)
    papers = list(application.signed.filter(paper=Paper.REQUEST).with_review())
    for signed in papers:
        if signed.verdict and signed.verdict.is_accepted:
            return SignedRequest(Standing.ACCEPTED, signed)
    if not papers:
        is_asked_for = application.state in ASKED_FOR_IN
        return SignedRequest(Standing.MISSING if is_asked_for else Standing.NOT_DUE)
    newest = papers[0]
    return SignedRequest(Standing.REFUSED if newest.verdict else Standing.AWAITING, newest)


def lacking_request(applications: "QuerySet[Application]") -> "QuerySet[Application]":
    """Those that ask for a signed request which has not come, or was refused."""
    papers = SignedPaper.objects.filter(application=OuterRef("pk"), paper=Paper.REQUEST)
    stands = papers.filter(review__isnull=True) | papers.filter(review__is_accepted=True)
    return applications.filter(state__in=ASKED_FOR_IN).exclude(Exists(stands))

"""The signed request: whose turn it is to sign it, and what came in and waits for the office."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, SignedPaper
from certification.applications.papers.standing import lacking_request
from certification.applications.states import ENDED, State
from institutions.models import User
from institutions.states import MemberRole

from .heaps import Duty, Waiting, heap


def to_sign(user: User) -> Waiting:
    """Submitted cases of the person's own whose signed request has not come (point 3)."""
    mine = user.memberships.in_force(clock.today()).filter(role=MemberRole.CUSTODIAN)  # type: ignore[attr-defined]
    of_mine = Application.objects.filter(institution__in=mine.values("institution"))
    cases = lacking_request(of_mine.exclude(state=State.COMPLETION)).select_related("institution")

    def duty(application: Application) -> Duty:
        return Duty(
            about=str(application.institution),
            action=_("Sign the request and send it back"),
            url=reverse("signed_paper_add", args=[application.pk]),
            number=application.number or "",
            since=clock.day_of(application.state_since),
        )

    rows = cases.order_by("state_since", "pk")
    return heap(_("Requests to be signed"), rows, duty, reverse("application_list"))


def signed_papers(cases: "QuerySet[Application]") -> Waiting:
    """What came in to the given cases, those that go on, and nobody has looked at."""
    open_ones = cases.exclude(state__in=ENDED).filter(pk=OuterRef("application"))
    papers = SignedPaper.objects.awaiting().filter(Exists(open_ones))

    def duty(signed: SignedPaper) -> Duty:
        return Duty(
            about=str(signed.application.institution),
            action=_("Look at the signed paper"),
            url=signed.get_absolute_url(),
            number=signed.application.number or "",
            since=clock.day_of(signed.uploaded_at),
        )

    rows = papers.select_related("application__institution").order_by("uploaded_at")
    return heap(_("Signed papers"), rows, duty, reverse("application_list"))

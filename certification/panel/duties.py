"""What waits for a person: one list a role, each with a bounded number of queries."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import clock
from certification.applications.models import Application, CompletionRequest
from certification.applications.states import State
from certification.assessments.models import Assignment
from certification.assessments.overview import lacking_assessors
from certification.certificates.models import Certificate
from certification.certificates.states import Status
from certification.letters.models import CommendationLetter
from certification.letters.states import State as LetterState
from institutions.models import Institution, Invitation, User
from institutions.states import MemberRole, Role

SHOWN = 8  # of each kind; the rest is behind "show all"


@dataclass(frozen=True)
class Duty:
    """One thing that waits: what it is about, what to do, and the address where it is done."""

    about: str
    action: str
    url: str
    number: str = ""
    since: date | None = None
    due: date | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Waiting:
    """A heap of like duties. `total` counts those beyond the ones shown, too."""

    title: str
    duties: list[Duty]
    total: int
    more_url: str


def waiting_for(user: User) -> list[Waiting]:
    """Everything that waits for the person, in the order of the story; empty heaps left out."""
    return [heap for source in SOURCES for heap in source(user) if heap.duties]


def _heap(
    title: str,
    rows: "QuerySet[Any]",
    duty: Callable[[Any], Duty],
    more_url: str,
) -> Waiting:
    """Turn the first rows of a queryset into duties; the same query counts them all."""
    first = list(rows.annotate(total=Window(Count("*")))[:SHOWN])
    total = first[0].total if first else 0
    return Waiting(title, [duty(row) for row in first], total, more_url)


def _cases(title: str, applications: "QuerySet[Application]", action: str, address: str) -> Waiting:
    """A heap of cases that all wait for the same verb."""

    def duty(application: Application) -> Duty:
        return Duty(
            about=str(application.institution),
            action=action,
            url=reverse(address, args=[application.pk]),
            number=application.number or "",
            since=application.state_since.date(),
        )

    rows = applications.select_related("institution").order_by("state_since", "pk")
    return _heap(title, rows, duty, reverse("application_list"))


# --- the institution's people -------------------------------------------------------------


def _of_members(user: User) -> Iterator[Waiting]:
    if not user.is_member_anywhere:
        return
    mine = Application.objects.of_applicant(user)
    yield _completions(mine)
    yield _drafts(mine)
    yield _renewals(user)
    yield _first_applications(user)


def _completions(mine: "QuerySet[Application]") -> Waiting:
    today = clock.today()
    open_requests = CompletionRequest.objects.filter(
        application__in=mine.filter(state=State.COMPLETION), answered_at=None
    ).select_related("application__institution")

    def duty(request: CompletionRequest) -> Duty:
        return Duty(
            about=str(request.application.institution),
            action=_("Complete the application"),
            url=request.application.get_absolute_url(),
            number=request.application.number or "",
            due=request.deadline,
            is_late=request.deadline < today,
        )

    title = _("To be completed")
    return _heap(title, open_requests.order_by("deadline"), duty, reverse("application_list"))


def _drafts(mine: "QuerySet[Application]") -> Waiting:
    drafts = mine.filter(state=State.DRAFT).select_related("institution")
    started = drafts.annotate(answered=Count("answers", filter=~Q(answers__text="")))

    def duty(application: Application) -> Duty:
        answered = application.answered  # type: ignore[attr-defined]
        return Duty(
            about=str(application.institution),
            action=ngettext(
                "Write on: %(n)s criterion answered so far",
                "Write on: %(n)s criteria answered so far",
                answered,
            )
            % {"n": answered},
            url=reverse("application_answers", args=[application.pk]),
            since=application.opened_at.date(),
        )

    return _heap(_("Applications you are writing"), started, duty, reverse("application_list"))


def _custodian_of(user: User) -> "QuerySet[Institution]":
    under_way = Application.objects.under_way().filter(institution=OuterRef("pk"))
    mine = user.memberships.in_force(clock.today()).filter(role=MemberRole.CUSTODIAN)  # type: ignore[attr-defined]
    return Institution.objects.filter(pk__in=mine.values("institution")).exclude(Exists(under_way))


def _renewals(user: User) -> Waiting:
    ending = Certificate.objects.in_status(Status.EXPIRING, clock.today())
    rows = ending.filter(institution__in=_custodian_of(user)).select_related("institution")

    def duty(certificate: Certificate) -> Duty:
        return Duty(
            about=certificate.holder_name,
            action=_("Apply for a renewal of the certificate"),
            url=certificate.institution.get_absolute_url(),
            number=certificate.number,
            due=certificate.valid_to,
        )

    return _heap(_("Certificates that expire soon"), rows, duty, reverse("certificate_list"))


def _first_applications(user: User) -> Waiting:
    rows = _custodian_of(user).filter(applications=None)

    def duty(institution: Institution) -> Duty:
        return Duty(
            about=str(institution),
            action=_("Open an application for the certificate"),
            url=institution.get_absolute_url(),
        )

    return _heap(_("Not applied yet"), rows, duty, reverse("institution_list"))


# --- the certification body's people ------------------------------------------------------


def _of_office(user: User) -> Iterator[Waiting]:
    if not user.has_role(Role.OFFICE):
        return
    cases = Application.objects.open_to_staff(user)
    yield _cases(
        _("New applications"),
        cases.filter(state=State.SUBMITTED),
        _("Begin the formal check"),
        "case",
    )
    yield _cases(
        _("Formal check"), cases.filter(state=State.FORMAL_CHECK), _("Check the form"), "case"
    )
    yield _cases(
        _("Without two assessors"),
        lacking_assessors(user),
        _("Assign assessors"),
        "assignment_create",
    )
    yield from _letters(user)
    yield _without_custodian()


def _without_custodian() -> Waiting:
    """Where nobody can apply any more, unless somebody was invited and may still accept."""
    invited = Invitation.objects.valid(clock.now()).filter(
        institution=OuterRef("pk"), role=MemberRole.CUSTODIAN
    )
    alone = Institution.objects.that_lost_custodian(clock.today()).exclude(Exists(invited))

    def duty(institution: Institution) -> Duty:
        return Duty(
            about=str(institution),
            action=_("Invite a custodian"),
            url=institution.get_absolute_url(),
        )

    title = _("Institutions without a custodian")
    return _heap(title, alone, duty, reverse("institution_list"))


def _letters(user: User) -> Iterator[Waiting]:
    cases = Application.objects.open_to_staff(user)
    # a corrected certificate needs no second letter
    unlettered = Certificate.objects.standing().filter(
        Exists(cases.filter(pk=OuterRef("application"))),
        Q(replaces=None) | Q(replaces__letters=None),
        letters=None,
    )

    def to_draft(certificate: Certificate) -> Duty:
        return Duty(
            about=certificate.holder_name,
            action=_("Draft the commendation letter"),
            url=certificate.get_absolute_url(),
            number=certificate.number,
            since=certificate.issued_on,
        )

    title = _("Certificates without a letter")
    yield _heap(title, unlettered.order_by("issued_on"), to_draft, reverse("certificate_list"))

    def to_approve(letter: CommendationLetter) -> Duty:
        return Duty(
            about=letter.certificate.holder_name,
            action=_("Edit and approve the letter"),
            url=letter.get_absolute_url(),
            number=letter.certificate.number,
            since=letter.drafted_at.date(),
        )

    drafts = CommendationLetter.objects.filter(
        Exists(cases.filter(pk=OuterRef("certificate__application"))), state=LetterState.DRAFT
    ).select_related("certificate")
    yield _heap(_("Letters to approve"), drafts, to_approve, reverse("letter_list"))


def _of_assessors(user: User) -> Iterator[Waiting]:
    if not user.has_role(Role.ASSESSOR):
        return
    today = clock.today()
    mine = Assignment.objects.held_by(user).order_by("due_on")
    mine = mine.filter(application__state=State.ASSESSMENT).select_related(
        "application__institution", "assessment"
    )

    def duty(action: str, address: Callable[[Assignment], str]) -> Callable[[Assignment], Duty]:
        return lambda assignment: Duty(
            about=str(assignment.application.institution),
            action=action,
            url=address(assignment),
            number=assignment.application.number or "",
            due=assignment.due_on,
            is_late=assignment.due_on < today,
        )

    heaps: Iterable[tuple[str, Q, str, Callable[[Assignment], str]]] = (
        (
            _("New cases for you"),
            Q(declared_at=None),
            _("Declare whether there is a conflict of interest"),
            lambda each: reverse("assignment_declare", args=[each.pk]),
        ),
        (
            _("Cases to assess"),
            Q(assessment__isnull=False, assessment__submitted_at=None),
            _("Rate the criteria"),
            lambda each: each.assessment.get_absolute_url(),
        ),
        (
            _("Consolidated cards to settle"),
            Q(assessment__submitted_at__isnull=False, application__card__closed_at=None)
            & Q(application__card__isnull=False),
            _("Settle the differences and close the card"),
            lambda each: reverse("card_detail", args=[each.application_id]),
        ),
    )
    for title, condition, action, address in heaps:
        yield _heap(
            title, mine.filter(condition), duty(action, address), reverse("assessment_list")
        )


def _of_committee(user: User) -> Iterator[Waiting]:
    if not user.has_role(Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER):
        return
    cases = Application.objects.open_to_staff(user).filter(state=State.COMMITTEE)
    chairs = user.has_role(Role.COMMITTEE_CHAIR)
    yield _cases(
        _("Before the Committee"),
        cases,
        _("Record the Committee's decision") if chairs else _("Read the case before the session"),
        "decision_create" if chairs else "case",
    )


def _of_board(user: User) -> Iterator[Waiting]:
    if not user.has_role(Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER):
        return
    cases = Application.objects.open_to_staff(user).filter(state=State.BOARD)
    yield _cases(
        _("Before the Board"),
        cases,
        _("Record the resolution and issue the certificate"),
        "certificate_issue",
    )


SOURCES: tuple[Callable[[User], Iterator[Waiting]], ...] = (
    _of_members,
    _of_office,
    _of_assessors,
    _of_committee,
    _of_board,
)

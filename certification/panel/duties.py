"""What waits for a person: one list a role, each with a bounded number of queries."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.overview import lacking_assessors
from certification.followup.states import Stage
from institutions.models import User
from institutions.states import Role

from .applicant_duties import (
    comments_to_answer,
    drafts_to_write,
    first_applications,
    newer_editions,
    open_calls,
    renewals,
)
from .assessment_duties import assessors_time_asked_for, late_conflicts, third_assessors
from .assessor_duties import of_assessors
from .calibration_duties import calibrations_to_close, calibrations_to_rate
from .charges_duties import appeals_to_decide, charges_to_answer, charges_to_decide
from .completion_duties import overdue, time_asked_for, to_complete
from .edition_duties import draft_editions
from .heaps import Waiting, heap_of_cases
from .institution_duties import without_custodian
from .letter_duties import letters, letters_to_approve
from .mail_duties import undelivered, unread_messages
from .paper_duties import signed_papers, to_sign
from .praise_duties import praise_to_answer
from .seal_duties import seal_to_renew
from .stuck_duties import lying_for, marked, others_lying
from .visit_duties import visits_to_answer, visits_to_come, visits_to_settle


def waiting_for(user: User) -> list[Waiting]:
    """Everything that waits for the person, in the order of the story; empty heaps left out."""
    lying = lying_for(user)
    heaps = [heap for source in SOURCES for heap in source(user) if heap.duties]
    others = others_lying(heaps, lying)
    return [*([others] if others.duties else []), *(marked(heap, lying) for heap in heaps)]


# --- the institution's people -------------------------------------------------------------


def _of_members(user: User) -> Iterator[Waiting]:
    if not user.is_member_anywhere:
        return
    mine = Application.objects.of_applicant(user)
    yield to_complete(mine)
    yield charges_to_answer(user)
    yield to_sign(user)
    yield from visits_to_answer(user)
    yield comments_to_answer(user)
    yield drafts_to_write(mine)
    yield newer_editions(user)
    yield open_calls(user)
    yield renewals(user)
    yield praise_to_answer(user)
    yield first_applications(user)


# --- the certification body's people ------------------------------------------------------


def _of_office(user: User) -> Iterator[Waiting]:
    if not user.has_role(Role.OFFICE):
        return
    cases = Application.objects.open_to_staff(user)
    yield heap_of_cases(
        _("New applications"),
        cases.filter(state=State.SUBMITTED),
        _("Begin the formal check"),
        "case",
        Stage.SUBMITTED,
    )
    yield heap_of_cases(
        _("Formal check"),
        cases.filter(state=State.FORMAL_CHECK),
        _("Check the form"),
        "formal_check",
        Stage.FORMAL_CHECK,
    )
    yield signed_papers(cases)
    yield time_asked_for(user)
    yield overdue(user)
    yield from visits_to_settle(user)
    yield heap_of_cases(
        _("Without two assessors"),
        lacking_assessors(user),
        _("Assign assessors"),
        "assignment_create",
        Stage.UNASSIGNED,
    )
    yield assessors_time_asked_for(user)
    yield late_conflicts(user)
    yield third_assessors(user)
    yield from letters(user)
    yield undelivered(user)
    yield without_custodian()


def _of_committee(user: User) -> Iterator[Waiting]:
    if not user.has_role(Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER):
        return
    cases = Application.objects.open_to_staff(user).filter(state=State.COMMITTEE)
    chairs = user.has_role(Role.COMMITTEE_CHAIR)
    yield heap_of_cases(
        _("Before the Committee"),
        cases,
        _("Record the Committee's decision") if chairs else _("Read the case before the session"),
        "decision_create" if chairs else "case",
        Stage.COMMITTEE,
    )
    if chairs:
        yield charges_to_decide(user)


def _of_board(user: User) -> Iterator[Waiting]:
    if not user.has_role(Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER):
        return
    cases = Application.objects.open_to_staff(user).filter(state=State.BOARD)
    yield heap_of_cases(
        _("Before the Board"),
        cases,
        _("Record the resolution and issue the certificate"),
        "certificate_issue",
        Stage.BOARD,
    )
    yield appeals_to_decide(user)


SOURCES: tuple[Callable[[User], Iterator[Waiting]], ...] = (
    unread_messages,
    _of_members,
    _of_office,
    of_assessors,
    visits_to_come,
    calibrations_to_rate,
    calibrations_to_close,
    _of_committee,
    _of_board,
    letters_to_approve,
    draft_editions,
    seal_to_renew,
)

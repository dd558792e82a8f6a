"""Reminding of cases that lie: once a case and period, of somebody in any case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from certification.applications.recipients import office_of, staff_of
from certification.assessments.rules import is_still_judging
from institutions.models import User
from institutions.states import Role

from . import emails
from .models import Reminder
from .states import ESCALATED_FROM, MOVERS, Stage
from .stuck import Stuck, stuck_cases


def remind_of_stuck_cases(now: datetime) -> str:
    """Remind of every case that is due for it; a chore, safe to do twice."""
    reminded = sum(remind(stuck) for stuck in stuck_cases())
    if not reminded:
        return ""
    text = ngettext("reminded of %(n)s case", "reminded of %(n)s cases", reminded)
    return text % {"n": reminded}


@transaction.atomic
def remind(stuck: Stuck) -> bool:
    """Write to whoever can move the case on; whether this reminder was still to be written.

    Where nobody is left who may handle the case (a conflict of interest closes it to all of
    them), the administrators are told that people are wanted, and not which case it is.
    """
    if any(each.turn >= stuck.turn for each in stuck.reminders):
        return False
    people = recipients(stuck)
    told = len(people)
    if people:
        emails.case_stuck(stuck, people)
    else:
        told = emails.nobody_to_remind(stuck)
    Reminder.objects.create(
        application=stuck.application,
        stage=stuck.stage,
        since=stuck.since,
        turn=stuck.turn,
        people=told,
    )
    return True


def recipients(stuck: Stuck) -> list[User]:
    """The office, whose move it is, and from the second time who oversees certification.

    Nobody who still judges the case: the reminder would tell how the other assessor is doing.
    """
    case, roles = stuck.application, MOVERS[stuck.hands]
    people = [*office_of(case), *(staff_of(case, *roles) if roles else ())]
    if stuck.stage == Stage.UNSETTLED:
        people += stuck.people
    people = _not_judging(stuck, people)
    if stuck.turn >= ESCALATED_FROM or not people:
        people += _not_judging(stuck, staff_of(case, Role.RESPONSIBLE_BOARD_MEMBER))
    return list({person.pk: person for person in people}.values())


def _not_judging(stuck: Stuck, people: list[User]) -> list[User]:
    return [person for person in people if not is_still_judging(person, stuck.application)]

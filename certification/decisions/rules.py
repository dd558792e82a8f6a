"""Who decides, and which cases the Committee and the Board may read.

The rule says who; when is said by the states table and checked by the services.
"""

import rules
from django.db.models import Q

from certification.applications import access
from certification.applications.rules import is_unbarred
from certification.applications.states import State
from institutions.models import User
from institutions.states import Role

BEFORE_BOARD = (State.BOARD, State.CERTIFIED, State.REFUSED)
BEFORE_COMMITTEE = (State.COMMITTEE, *BEFORE_BOARD)


def cases_of_committee(user: User) -> Q:
    """The Committee reads a case from the day it is sent to it."""
    if user.has_role(Role.COMMITTEE_MEMBER, Role.COMMITTEE_CHAIR):
        return Q(state__in=BEFORE_COMMITTEE)
    return access.NOBODY


def cases_of_board(user: User) -> Q:
    """The Board reads a case once the Committee has decided it."""
    return Q(state__in=BEFORE_BOARD) if user.has_role(Role.BOARD_MEMBER) else access.NOBODY


def cases_of_responsible_member(user: User) -> Q:
    """The Board member who oversees certification reads every case (regulation, point 5)."""
    if user.has_role(Role.RESPONSIBLE_BOARD_MEMBER):
        return ~Q(state=State.DRAFT)
    return access.NOBODY


@rules.predicate
def is_chair(user: User) -> bool:
    return user.has_role(Role.COMMITTEE_CHAIR)


rules.add_perm("decisions.chair_session", is_chair)
rules.add_perm("decisions.decide_application", is_chair & is_unbarred)

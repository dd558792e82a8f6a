"""What a case can wait for, who then moves it on, and how long it may lie there."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.audit.verbs import AuditVerb
from institutions.states import Role


class Verb(AuditVerb):
    SET_LIMITS = "followup.set_limits", _("Time limits of cases changed")


class Stage(models.TextChoices):
    """What a case waits for. A draft, and a completion that is still in time or in its days of
    grace, wait for nobody at the certification body.
    """

    SUBMITTED = "submitted", _("Formal check not begun")
    FORMAL_CHECK = "formal_check", _("Formal check not finished")
    TIME_ASKED = "time_asked", _("Wish for more time not answered")
    OVERDUE = "overdue", _("Completion did not come")
    UNASSIGNED = "unassigned", _("Assessors not chosen")
    UNDECLARED = "undeclared", _("Assessor has not declared yet")
    MORE_TIME = "more_time", _("Assessor's wish for more time not answered")
    UNRATED = "unrated", _("Ratings past their deadline")
    UNOPENED = "unopened", _("Ratings are in, and the card cannot be opened")
    UNSETTLED = "unsettled", _("Consolidated card not closed")
    COMMITTEE = "committee", _("Committee has not decided")
    BOARD = "board", _("Board has not resolved")


class Hands(models.TextChoices):
    """Whose move it is."""

    OFFICE = "office", _("CAL office")
    ASSESSORS = "assessors", pgettext_lazy("whose move", "assessors")
    COMMITTEE = "committee", pgettext_lazy("whose move", "the Committee's chair")
    BOARD = "board", pgettext_lazy("whose move", "the Board")


@dataclass(frozen=True)
class Wait:
    """A kind of waiting: whose move it is, where it is made (an address that takes the case),
    and after how many days somebody is reminded first, and then again.
    """

    hands: Hands
    address: str
    days: int
    again: int


# The regulation names no time limits: these are proposals, which `Limit` rows replace.
WAITS: dict[Stage, Wait] = {
    Stage.SUBMITTED: Wait(Hands.OFFICE, "case", 7, 7),
    Stage.FORMAL_CHECK: Wait(Hands.OFFICE, "formal_check", 14, 7),
    Stage.TIME_ASKED: Wait(Hands.OFFICE, "extension_decide", 3, 3),
    Stage.OVERDUE: Wait(Hands.OFFICE, "case", 3, 7),
    Stage.UNASSIGNED: Wait(Hands.OFFICE, "assignment_create", 7, 7),
    Stage.UNDECLARED: Wait(Hands.ASSESSORS, "assignment_history", 7, 7),
    Stage.MORE_TIME: Wait(Hands.OFFICE, "assignment_history", 3, 3),
    Stage.UNRATED: Wait(Hands.ASSESSORS, "assignment_history", 3, 7),
    Stage.UNOPENED: Wait(Hands.OFFICE, "assignment_history", 3, 3),
    Stage.UNSETTLED: Wait(Hands.ASSESSORS, "card_detail", 14, 7),
    Stage.COMMITTEE: Wait(Hands.COMMITTEE, "case", 45, 14),
    Stage.BOARD: Wait(Hands.BOARD, "case", 45, 14),
}

MOVERS: dict[Hands, tuple[Role, ...]] = {
    Hands.OFFICE: (),  # the office is reminded of every case
    Hands.ASSESSORS: (),  # those of the case
    Hands.COMMITTEE: (Role.COMMITTEE_CHAIR,),
    Hands.BOARD: (Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER),
}

# From this reminder on the Board member who oversees certification is told, too.
ESCALATED_FROM = 2

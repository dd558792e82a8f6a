"""Who reads the yearly report: those who run certification. It holds counts and means alone."""

import rules

from institutions.models import User
from institutions.states import Role


@rules.predicate
def runs_certification(user: User) -> bool:
    return user.has_role(
        Role.OFFICE,
        Role.COMMITTEE_MEMBER,
        Role.COMMITTEE_CHAIR,
        Role.BOARD_MEMBER,
        Role.RESPONSIBLE_BOARD_MEMBER,
    )


rules.add_perm("yearly.see_report", runs_certification)

"""Who follows cases that lie, and who says how long they may."""

import rules

from institutions.models import User
from institutions.states import Role

FOLLOWS = (Role.OFFICE, Role.RESPONSIBLE_BOARD_MEMBER)
SETS = (Role.RESPONSIBLE_BOARD_MEMBER, Role.ADMINISTRATOR)


@rules.predicate
def follows_cases(user: User) -> bool:
    return user.has_role(*FOLLOWS)


@rules.predicate
def oversees(user: User) -> bool:
    """The office does not give itself more time."""
    return user.has_role(*SETS)


rules.add_perm("followup.view_stuck", follows_cases)
rules.add_perm("followup.view_limits", follows_cases | oversees)
rules.add_perm("followup.set_limits", oversees)

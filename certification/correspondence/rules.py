"""Who reads and who writes. An object here is the application: it has one correspondence."""

import rules

from certification.applications.models import Application
from certification.applications.rules import is_writer
from institutions.models import User
from institutions.states import Role

from .models import threads_of
from .states import Side


@rules.predicate
def reads(user: User, application: Application) -> bool:
    return threads_of(user).filter(pk=application.pk).exists()


@rules.predicate
def is_office_of_case(user: User, application: Application) -> bool:
    """For the office, where it is not the person's own institution."""
    is_foreign = application.institution_id not in user.institution_ids
    return user.has_role(Role.OFFICE) and is_foreign


rules.add_perm("correspondence.send_message", reads & (is_writer | is_office_of_case))
rules.add_perm("correspondence.discard_attachment", reads & (is_writer | is_office_of_case))
rules.add_perm("correspondence.mark_read", reads)


def side_of(user: User, application: Application) -> Side:
    """On which side the person writes; a member of the institution never as the office."""
    is_own = application.institution_id in user.institution_ids
    return Side.INSTITUTION if is_own else Side.OFFICE

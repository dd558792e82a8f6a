"""Who may draft, edit and approve letters, where they have no conflict of interest.

The office writes. Another person of the office, or of the Board, approves or sends back: who
wrote a letter last does not approve it (the service says so, and who can).
"""

import rules

from certification.applications.models import Application
from certification.applications.rules import is_unbarred
from certification.certificates.rules import is_on_board
from institutions.models import User
from institutions.states import Role

from .models import CommendationLetter

APPROVING = (Role.OFFICE, Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER)


@rules.predicate
def is_office(user: User) -> bool:
    return user.has_role(Role.OFFICE)


@rules.predicate
def is_unbarred_from_letter(user: User, letter: CommendationLetter) -> bool:
    return bool(is_unbarred(user, letter.application))


rules.add_perm("letters.draft_letter", is_office & is_unbarred)
rules.add_perm("letters.edit_letter", is_office & is_unbarred_from_letter)
rules.add_perm("letters.discard_letter", is_office & is_unbarred_from_letter)
rules.add_perm("letters.replace_letter", is_office & is_unbarred_from_letter)
rules.add_perm("letters.approve_letter", (is_office | is_on_board) & is_unbarred_from_letter)
rules.add_perm("letters.return_letter", (is_office | is_on_board) & is_unbarred_from_letter)
rules.add_perm("letters.add_signed_letter", (is_office | is_on_board) & is_unbarred_from_letter)


def approvers_of(letter: CommendationLetter) -> list[User]:
    """Those who may approve a draft today: everybody but who wrote it last."""
    people = User.objects.acting_as(*APPROVING).exclude(pk=letter.written_by.pk)
    application: Application = letter.application
    return [person for person in people if is_unbarred(person, application)]

"""Who may draft, edit and approve letters: the CAL office, where it has no conflict of interest."""

import rules

from certification.applications.rules import is_unbarred
from certification.certificates.models import Certificate
from institutions.models import User
from institutions.states import Role

from .models import CommendationLetter


@rules.predicate
def is_office(user: User) -> bool:
    return user.has_role(Role.OFFICE)


@rules.predicate
def is_unbarred_from_certificate(user: User, certificate: Certificate) -> bool:
    return bool(is_unbarred(user, certificate.application))


@rules.predicate
def is_unbarred_from_letter(user: User, letter: CommendationLetter) -> bool:
    return bool(is_unbarred(user, letter.certificate.application))


rules.add_perm("letters.draft_letter", is_office & is_unbarred_from_certificate)
rules.add_perm("letters.edit_letter", is_office & is_unbarred_from_letter)
rules.add_perm("letters.approve_letter", is_office & is_unbarred_from_letter)

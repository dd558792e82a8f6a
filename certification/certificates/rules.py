"""Who issues, corrects and withdraws certificates. The services say when."""

import rules

from certification.applications.models import Application
from certification.applications.rules import is_unbarred, is_writer
from certification.decisions.rules import is_chair
from institutions.models import User
from institutions.states import Role

from .models import Certificate, Charges


@rules.predicate
def is_on_board(user: User) -> bool:
    return user.has_role(Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER)


@rules.predicate
def is_in_office(user: User) -> bool:
    return user.has_role(Role.OFFICE)


@rules.predicate
def keeps_templates(user: User) -> bool:
    return user.has_role(Role.OFFICE, Role.ADMINISTRATOR, Role.RESPONSIBLE_BOARD_MEMBER)


@rules.predicate
def is_office(user: User) -> bool:
    return user.has_role(Role.OFFICE)


@rules.predicate
def is_unbarred_from_certificate(user: User, certificate: Certificate) -> bool:
    application: Application = certificate.application
    return bool(is_unbarred(user, application))


@rules.predicate
def is_unbarred_from_charges(user: User, charges: Charges) -> bool:
    return bool(is_unbarred_from_certificate(user, charges.certificate))


@rules.predicate
def writes_for_holder(user: User, charges: Charges) -> bool:
    """Custodians and editors of the institution that holds the certificate."""
    return bool(is_writer(user, charges.certificate.application))


rules.add_perm("certificates.issue_certificate", is_on_board & is_unbarred)
rules.add_perm("certificates.correct_certificate", is_on_board & is_unbarred_from_certificate)
rules.add_perm(
    "certificates.add_signed_copy", (is_on_board | is_office) & is_unbarred_from_certificate
)
# the Committee withdraws after charges and the reply (regulation, point 10); its chair records it
rules.add_perm("certificates.state_charges", is_chair & is_unbarred_from_certificate)
rules.add_perm("certificates.reply_to_charges", writes_for_holder)
rules.add_perm("certificates.note_reply", is_office & is_unbarred_from_charges)
rules.add_perm("certificates.drop_charges", is_chair & is_unbarred_from_charges)
rules.add_perm("certificates.withdraw_certificate", is_chair & is_unbarred_from_charges)
# an appeal goes to the Board (regulation, point 11)
rules.add_perm("certificates.appeal_withdrawal", writes_for_holder)
rules.add_perm("certificates.note_appeal", is_office & is_unbarred_from_charges)
rules.add_perm("certificates.reinstate_certificate", is_on_board & is_unbarred_from_charges)
rules.add_perm("certificates.refuse_appeal", is_on_board & is_unbarred_from_charges)
rules.add_perm("certificates.see_history", is_unbarred_from_certificate)
rules.add_perm(
    "certificates.order_print", (is_on_board | is_in_office) & is_unbarred_from_certificate
)
rules.add_perm("certificates.change_template", keeps_templates)

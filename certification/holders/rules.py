"""Who chooses what is praised in public, and who says yes. Both may take it down."""

import rules

from certification.applications.rules import is_office, is_unbarred
from certification.certificates.models import Certificate
from institutions.models import User
from institutions.states import MemberRole


@rules.predicate
def is_office_on_the_case(user: User, certificate: Certificate) -> bool:
    return is_office(user) and is_unbarred(user, certificate.application)


@rules.predicate
def is_custodian_of_holder(user: User, certificate: Certificate) -> bool:
    return certificate.institution_id in user.institution_ids_as(MemberRole.CUSTODIAN)


rules.add_perm("holders.propose_praise", is_office_on_the_case)
rules.add_perm("holders.answer_praise", is_custodian_of_holder)
rules.add_perm("holders.take_down_praise", is_office_on_the_case | is_custodian_of_holder)
rules.add_perm("holders.record_hand_over", is_office_on_the_case)

"""Who may do what with institutions, their names, their people, and accounts."""

import rules
from django.db.models import QuerySet

from institutions.models import Evidence, Institution, Invitation, Upload, User
from institutions.states import MemberRole, Role

WRITERS = (MemberRole.CUSTODIAN, MemberRole.EDITOR)


def belongs(user: User, institution: Institution, *roles: MemberRole) -> bool:
    """Whether the person belongs to the institution in one of these roles today."""
    return institution.pk in user.institution_ids_as(*roles)


def libraries_kept_by(user: User) -> QuerySet[Institution]:
    """The institutions whose evidence the person adds to; `is_writer` says it of one."""
    return Institution.objects.filter(pk__in=user.institution_ids_as(*WRITERS))


@rules.predicate
def is_office(user: User) -> bool:
    return user.has_role(Role.OFFICE)


@rules.predicate
def is_administrator(user: User) -> bool:
    return user.has_role(Role.ADMINISTRATOR)


@rules.predicate
def is_custodian(user: User, institution: Institution) -> bool:
    return belongs(user, institution, MemberRole.CUSTODIAN)


@rules.predicate
def is_writer(user: User, institution: Institution) -> bool:
    return belongs(user, institution, *WRITERS)


@rules.predicate
def keeps_evidence(user: User, evidence: Evidence) -> bool:
    return bool(is_writer(user, evidence.institution))


@rules.predicate
def sent_for_own_institution(user: User, invitation: Invitation) -> bool:
    """One that follows a written request is the office's alone: custody is what it is about."""
    return bool(is_custodian(user, invitation.institution)) and not invitation.is_by_request


@rules.predicate
def may_send_on(user: User, upload: Upload) -> bool:
    return bool(is_writer(user, upload.institution))


@rules.predicate
def is_somebody_else(user: User, person: User) -> bool:
    return user != person


rules.add_perm("institutions.create_institution", is_office)
rules.add_perm("institutions.change_institution", is_office)
rules.add_perm("institutions.rename_institution", is_office)
rules.add_perm("institutions.change_parent", is_office)
rules.add_perm("institutions.keep_employees", is_office)
rules.add_perm("institutions.change_contact", is_office | is_custodian)
rules.add_perm("institutions.suggest_name_forms", is_office | is_custodian)
rules.add_perm("institutions.save_name_forms", is_office | is_custodian)
rules.add_perm("institutions.confirm_name_forms", is_office | is_custodian)
rules.add_perm("institutions.invite_member", is_office | is_custodian)
rules.add_perm("institutions.resend_invitation", is_office | sent_for_own_institution)
rules.add_perm("institutions.cancel_invitation", is_office | sent_for_own_institution)
rules.add_perm("institutions.change_member_role", is_office | is_custodian)
rules.add_perm("institutions.end_membership", is_office | is_custodian)
rules.add_perm("institutions.request_custody", is_office)
rules.add_perm("institutions.view_custody_requests", is_office | is_administrator)

rules.add_perm("institutions.add_evidence", is_writer)
rules.add_perm("institutions.continue_upload", may_send_on)
rules.add_perm("institutions.revise_evidence", keeps_evidence)
rules.add_perm("institutions.change_evidence", keeps_evidence)
rules.add_perm("institutions.delete_evidence", keeps_evidence)
rules.add_perm("institutions.delete_version", keeps_evidence)

rules.add_perm("outbox.view_outbox", is_office)
rules.add_perm("outbox.send_again", is_office)
rules.add_perm("outbox.stop", is_office)

rules.add_perm("institutions.view_people", is_office | is_administrator)
rules.add_perm("institutions.create_account", is_office | is_administrator)
rules.add_perm("institutions.invite", is_office | is_administrator)
rules.add_perm("institutions.change_account", is_administrator)
rules.add_perm("institutions.appoint_user", is_administrator & is_somebody_else)
rules.add_perm("institutions.end_appointment", is_administrator)
rules.add_perm("institutions.deactivate_account", is_administrator & is_somebody_else)
rules.add_perm("institutions.reactivate_account", is_administrator)

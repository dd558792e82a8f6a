"""Who may do what with an application. The states table says when; services check it again."""

import rules
from django.db.models import Q

from certification import clock
from institutions.models import Institution, Membership, User
from institutions.states import MemberRole, Role

from .models import Application, ConflictDeclaration


def cases_in_conflict(user: User) -> Q:
    """Cases closed to a person: of an institution they act or ever acted for, its units' and
    parent's, and where a conflict was declared. No union of roles undoes it.
    """
    own = user.institution_ids_ever  # of staff mostly none, which spares the database the rest
    near = Institution.objects.filter(Q(pk__in=own) | Q(parent__in=own) | Q(units__in=own))
    declared = ConflictDeclaration.objects.filter(user=user.pk)
    return Q(institution__in=near.values("pk")) | Q(pk__in=declared.values("application"))


def holds(user: User, application: Application, *roles: MemberRole) -> bool:
    """Whether the person belongs to the applicant in one of these roles today."""
    if application.institution_id not in user.institution_ids:
        return False
    mine = Membership.objects.in_force(clock.today()).filter(user=user)
    return mine.filter(institution=application.institution_id, role__in=roles).exists()


@rules.predicate
def is_custodian(user: User, application: Application) -> bool:
    return holds(user, application, MemberRole.CUSTODIAN)


@rules.predicate
def is_custodian_of_institution(user: User, institution: Institution) -> bool:
    mine = Membership.objects.in_force(clock.today()).filter(user=user, institution=institution)
    return user.is_active and mine.filter(role=MemberRole.CUSTODIAN).exists()


@rules.predicate
def is_writer(user: User, application: Application) -> bool:
    return holds(user, application, MemberRole.CUSTODIAN, MemberRole.EDITOR)


@rules.predicate
def is_unbarred(user: User, application: Application) -> bool:
    """The case is open to the person as staff: a role that reads it, and no conflict."""
    return Application.objects.open_to_staff(user).filter(pk=application.pk).exists()


@rules.predicate
def is_office(user: User) -> bool:
    return user.has_role(Role.OFFICE)


rules.add_perm("applications.open_application", is_custodian_of_institution)
rules.add_perm("applications.save_answer", is_writer)
rules.add_perm("applications.submit_application", is_custodian)
rules.add_perm("applications.withdraw_application", is_custodian)
rules.add_perm("applications.complete_application", is_custodian)
rules.add_perm("applications.take_up_application", is_office & is_unbarred)
rules.add_perm("applications.accept_application", is_office & is_unbarred)
rules.add_perm("applications.request_completion", is_office & is_unbarred)
rules.add_perm("applications.declare_conflict", is_unbarred)

"""Who may do what with an application. The states table says when; services check it again."""

import rules
from django.db.models import Q

from certification.applications import access
from institutions.models import Institution, User
from institutions.states import MemberRole, Role

from .models import Application, Comment, ConflictDeclaration
from .ties import tied_institutions


def cases_in_conflict(user: User) -> Q:
    """Cases closed to a person: of an institution they are tied to (`ties.tied_institutions`),
    and where a conflict was recorded. No union of roles undoes it.
    """
    declared = ConflictDeclaration.objects.filter(user=user.pk)
    return Q(institution__in=tied_institutions(user)) | Q(pk__in=declared.values("application"))


def holds(user: User, application: Application, *roles: MemberRole) -> bool:
    """Whether the person belongs to the applicant in one of these roles today."""
    return application.institution_id in user.institution_ids_as(*roles)


@rules.predicate
def is_custodian(user: User, application: Application) -> bool:
    return holds(user, application, MemberRole.CUSTODIAN)


@rules.predicate
def is_custodian_of_institution(user: User, institution: Institution) -> bool:
    return institution.pk in user.institution_ids_as(MemberRole.CUSTODIAN)


@rules.predicate
def is_writer(user: User, application: Application) -> bool:
    return holds(user, application, MemberRole.CUSTODIAN, MemberRole.EDITOR)


@rules.predicate
def is_applicant(user: User, application: Application) -> bool:
    """Whoever belongs to the institution, in whatever role."""
    return application.institution_id in user.institution_ids


@rules.predicate
def is_unbarred(user: User, application: Application) -> bool:
    """The case is open to the person as staff: a role that reads it, and no conflict."""
    return Application.objects.open_to_staff(user).filter(pk=application.pk).exists()


@rules.predicate
def is_judge(user: User, application: Application) -> bool:
    """Who still judges the case learns nothing of what another assessor had done."""
    return not access.may_read_reasons(user, application)


@rules.predicate
def is_office(user: User) -> bool:
    return bool(user.is_authenticated and user.has_role(Role.OFFICE))


@rules.predicate
def is_colleague(user: User, application: Application) -> bool:
    """In whatever role: who only reads may well know what is missing."""
    return holds(user, application, *MemberRole)


@rules.predicate
def is_colleague_of_comment(user: User, comment: Comment) -> bool:
    return bool(is_colleague(user, comment.application))


@rules.predicate
def wrote_comment(user: User, comment: Comment) -> bool:
    return user.pk == comment.written_by_id and bool(is_colleague(user, comment.application))


rules.add_perm("applications.open_application", is_custodian_of_institution)
rules.add_perm("applications.save_answer", is_writer)
rules.add_perm("applications.confirm_answers", is_writer)
rules.add_perm("applications.change_edition", is_custodian)
rules.add_perm("applications.submit_application", is_custodian)
rules.add_perm("applications.withdraw_application", is_custodian)
rules.add_perm("applications.leave_call", is_custodian)
rules.add_perm("applications.complete_application", is_custodian)
rules.add_perm("applications.comment_application", is_colleague)
rules.add_perm("applications.edit_comment", wrote_comment)
rules.add_perm("applications.delete_comment", wrote_comment)
rules.add_perm("applications.settle_comment", is_colleague_of_comment)
rules.add_perm("applications.reopen_comment", is_colleague_of_comment)
rules.add_perm("applications.ask_extension", is_writer)
rules.add_perm("applications.print_papers", is_custodian | (is_office & is_unbarred))
rules.add_perm("applications.read_signed_papers", is_applicant | (is_office & is_unbarred))
rules.add_perm("applications.add_signed_paper", is_custodian)
rules.add_perm("applications.accept_paper", is_office & is_unbarred)
rules.add_perm("applications.refuse_paper", is_office & is_unbarred)
rules.add_perm("applications.take_up_application", is_office & is_unbarred)
rules.add_perm("applications.save_points", is_office & is_unbarred)
rules.add_perm("applications.accept_application", is_office & is_unbarred)
rules.add_perm("applications.request_completion", is_office & is_unbarred)
rules.add_perm("applications.extend", is_office & is_unbarred)
rules.add_perm("applications.lapse", is_office & is_unbarred)
rules.add_perm("applications.open_call", is_office)
rules.add_perm("applications.edit_call", is_office)
rules.add_perm("applications.close_call", is_office)
rules.add_perm("applications.extend_call", is_office)
rules.add_perm("applications.declare_conflict", is_unbarred)
rules.add_perm("applications.review_conflict", is_office & is_unbarred & ~is_judge)

"""Who may do what in an assessment. The states say when; services check it again."""

import rules
from django.db.models import Q

from certification.applications import access
from certification.applications.models import Application
from certification.applications.recipients import case_pk
from certification.applications.rules import is_office
from certification.applications.rules import is_unbarred as is_case_open
from institutions.models import User
from institutions.states import Role

from .models import Assessment, Assignment, ConsolidatedCard
from .states import Verb

# What tells an assessor nothing about another's judgement.
HARMLESS = frozenset({Verb.ASSIGN, Verb.END_ASSIGNMENT})


def assigned_cases(user: User) -> Q:
    """Cases an assessor may read: assigned to them, and declared free of conflict by them."""
    if not user.has_role(Role.ASSESSOR):
        return access.NOBODY
    mine = Assignment.objects.held_by(user).declared().values("application")
    return Q(pk__in=mine)


def is_assigned(user: User, case: str) -> bool:
    """Whether that case, named as in the journal, is the person's to assess. Read by the outbox:
    who has not declared yet does not see the case, and still must hear of the assignment.
    """
    return Assignment.objects.held_by(user).filter(application=case_pk(case)).exists()


def is_still_judging(user: User, application: Application) -> bool:
    """Whether the person assesses this case and has not submitted yet.

    Until then nothing may tell them how another assessor is doing, whatever else they are. Nobody
    is assigned to what was never submitted.
    """
    if application.submitted_at is None:
        return False
    mine = Assignment.objects.active().filter(assessor=user, application=application)
    return mine.filter(
        Q(assessment=None) | Q(assessment__submitted_at=None),
    ).exists()


def cases_still_judged(user: User) -> Q:
    """The cases of which `is_still_judging` is true, as a condition of applications."""
    mine = Assignment.objects.active().filter(assessor=user.pk)
    open_ones = mine.filter(Q(assessment=None) | Q(assessment__submitted_at=None))
    return Q(pk__in=open_ones.values("application"))


def events_hidden_from(user: User, application: Application) -> frozenset[str]:
    """Verbs of the case's history that a page must leave out for this person (by whomever)."""
    if not is_still_judging(user, application):
        return frozenset()
    return frozenset(str(verb) for verb in Verb if verb not in HARMLESS)


@rules.predicate
def is_office_of_case(user: User, assignment: Assignment) -> bool:
    return bool(is_office.test(user) and is_case_open.test(user, assignment.application))


@rules.predicate
def is_judge_of_case(user: User, application: Application) -> bool:
    """Still judging: what tells how another assessor is doing is closed to them."""
    return is_still_judging(user, application)


@rules.predicate
def is_judge_beside(user: User, assignment: Assignment) -> bool:
    return is_still_judging(user, assignment.application)


@rules.predicate
def is_own_assignment(user: User, assignment: Assignment) -> bool:
    return Assignment.objects.held_by(user).filter(pk=assignment.pk).exists()


@rules.predicate
def is_own_assessment(user: User, assessment: Assessment) -> bool:
    return Assessment.objects.visible_to(user).filter(pk=assessment.pk).exists()


@rules.predicate
def is_reader_of_card(user: User, card: ConsolidatedCard) -> bool:
    return ConsolidatedCard.objects.visible_to(user).filter(pk=card.pk).exists()


@rules.predicate
def is_assessor_of_card(user: User, card: ConsolidatedCard) -> bool:
    """One of those whose submitted assessments the card is made of."""
    mine = Assessment.objects.visible_to(user).submitted()
    return mine.filter(assignment__application=card.application_id).exists()


@rules.predicate
def keeps_profile(user: User, person: User) -> bool:
    """One's own, and the office those of all who assess."""
    may = user.pk == person.pk or bool(is_office(user))
    return may and person.has_role(Role.ASSESSOR)


@rules.predicate
def is_signer_of_card(user: User, card: ConsolidatedCard) -> bool:
    """One of those whose card it is; a third assessor gives an opinion and settles nothing."""
    mine = Assessment.objects.visible_to(user).submitted().regular()
    return mine.filter(assignment__application=card.application_id).exists()


rules.add_perm("assessments.change_profile", keeps_profile)
rules.add_perm("assessments.assign", is_office & is_case_open)
rules.add_perm("assessments.allocate", is_office)
rules.add_perm("assessments.end_assignment", is_office_of_case)
rules.add_perm("assessments.give_more_time", is_office_of_case & ~is_judge_beside)
rules.add_perm("assessments.read_assignments", is_office & is_case_open & ~is_judge_of_case)
rules.add_perm("assessments.declare_impartial", is_own_assignment)
rules.add_perm("assessments.decline", is_own_assignment)
rules.add_perm("assessments.hand_back", is_own_assignment)
rules.add_perm("assessments.ask_more_time", is_own_assignment)
rules.add_perm("assessments.save_rating", is_own_assessment)
rules.add_perm("assessments.mark_evidence", is_own_assessment)
rules.add_perm("assessments.propose_completion", is_own_assessment)
rules.add_perm("assessments.submit_assessment", is_own_assessment)
rules.add_perm("assessments.view_card", is_reader_of_card)
rules.add_perm("assessments.settle", is_signer_of_card)
rules.add_perm("assessments.remark", is_assessor_of_card)
rules.add_perm("assessments.correct_rating", is_assessor_of_card)
rules.add_perm("assessments.ask_third", is_signer_of_card)
rules.add_perm("assessments.assign_third", is_office & is_reader_of_card)
rules.add_perm("assessments.withdraw_third", is_signer_of_card | (is_office & is_reader_of_card))
rules.add_perm("assessments.sign_card", is_signer_of_card)

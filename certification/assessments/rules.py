"""Who may do what in an assessment. The states say when; services check it again."""

import rules
from django.db.models import Q

from certification.applications.models import Application
from certification.applications.rules import is_office
from certification.applications.rules import is_unbarred as is_case_open
from institutions.models import User

from .models import Assessment, Assignment, ConsolidatedCard
from .states import Verb

# What tells an assessor nothing about another's judgement.
HARMLESS = frozenset({Verb.ASSIGN, Verb.END_ASSIGNMENT})


def assigned_cases(user: User) -> Q:
    """Cases an assessor may read: assigned to them, and declared free of conflict by them."""
    mine = Assignment.objects.held_by(user).declared().values("application")
    return Q(pk__in=mine)


def is_still_judging(user: User, application: Application) -> bool:
    """Whether the person assesses this case and has not submitted yet.

    Until then nothing may tell them how another assessor is doing, whatever else they are.
    """
    mine = Assignment.objects.active().filter(assessor=user, application=application)
    return mine.filter(
        Q(assessment=None) | Q(assessment__submitted_at=None),
    ).exists()


def events_hidden_from(user: User, application: Application) -> frozenset[str]:
    """Verbs of the case's history that a page must leave out for this person (by whomever)."""
    if not is_still_judging(user, application):
        return frozenset()
    return frozenset(str(verb) for verb in Verb if verb not in HARMLESS)


@rules.predicate
def is_office_of_case(user: User, assignment: Assignment) -> bool:
    return bool(is_office.test(user) and is_case_open.test(user, assignment.application))


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


rules.add_perm("assessments.assign", is_office & is_case_open)
rules.add_perm("assessments.end_assignment", is_office_of_case)
rules.add_perm("assessments.declare_impartial", is_own_assignment)
rules.add_perm("assessments.save_rating", is_own_assessment)
rules.add_perm("assessments.submit_assessment", is_own_assessment)
rules.add_perm("assessments.view_card", is_reader_of_card)
rules.add_perm("assessments.settle", is_assessor_of_card)
rules.add_perm("assessments.close_card", is_assessor_of_card)

"""Who may do what, and who sees what: every verb for every role."""

import pytest

from certification.applications.models import Application, ConflictDeclaration
from certification.applications.services import declare_conflict
from certification.applications.states import State
from certification.assessments.conflicts import conflict_between
from certification.assessments.models import (
    Assessment,
    Assignment,
    ConsolidatedCard,
    Rating,
)
from certification.assessments.rules import events_hidden_from, is_still_judging
from certification.assessments.states import Verb
from institutions.models import Appointment, User
from institutions.states import Role
from tests.assessments.factories import (
    make_assignment,
    make_card,
    make_case,
    rate_all,
    sign_all,
    submit,
)
from tests.factories import (
    days_from_today,
    make_employee_list,
    make_institution,
    make_member,
    make_user,
)

pytestmark = pytest.mark.django_db


def everybody(case: Application) -> dict[str, User]:
    """One person of each sort; `mine` assesses the case, `other` too, `stranger` another one."""
    people = {str(role): make_user(role) for role in Role}
    people["custodian"] = make_member(case.institution)
    people["nobody"] = make_user()
    people["inactive"] = make_user(Role.OFFICE, Role.ASSESSOR, is_active=False)
    people["stranger"] = make_assignment(make_case()).assessor
    barred = make_user(*Role)
    declare_conflict(case, user=barred, by=barred, ground=ConflictDeclaration.Ground.OTHER)
    people["barred"] = barred
    people["undeclared"] = make_assignment(case, declared=False).assessor
    return people


def allowed(people: dict[str, User], permission: str, thing: object) -> set[str]:
    return {name for name, user in people.items() if user.has_perm(permission, thing)}


def test_only_the_office_assigns():
    case = make_case()
    assert allowed(everybody(case), "assessments.assign", case) == {"office"}


def test_only_the_office_ends_an_assignment():
    assignment = make_assignment(make_case())
    people = everybody(assignment.application) | {"mine": assignment.assessor}
    assert allowed(people, "assessments.end_assignment", assignment) == {"office"}


@pytest.mark.parametrize("verb", ["assessments.save_rating", "assessments.submit_assessment"])
def test_only_the_assessor_rates(verb):
    assessment = make_assignment(make_case()).assessment
    people = everybody(assessment.application) | {"mine": assessment.assignment.assessor}
    assert allowed(people, verb, assessment) == {"mine"}


def test_only_the_assessor_declares():
    assignment = make_assignment(make_case(), declared=False)
    people = everybody(assignment.application) | {"mine": assignment.assessor}
    assert allowed(people, "assessments.declare_impartial", assignment) == {"mine"}


@pytest.mark.parametrize("verb", ["assessments.settle", "assessments.sign_card"])
def test_only_those_who_assessed_settle_and_sign(verb):
    card = make_card()
    first, second = [each.assignment.assessor for each in card.assessments()]
    people = everybody(card.application) | {"first": first, "second": second}
    assert allowed(people, verb, card) == {"first", "second"}


@pytest.mark.parametrize(
    ("state", "closed", "readers"),
    [
        (State.ASSESSMENT, False, {"first", "office"}),
        (
            State.COMMITTEE,
            True,
            {"first", "office", "committee_member", "committee_chair"}
            | {"responsible_board_member"},
        ),
        (
            State.BOARD,
            True,
            {"first", "office", "committee_member", "committee_chair"}
            | {"board_member", "responsible_board_member"},
        ),
    ],
)
def test_who_reads_the_card(state, closed, readers):
    card = make_card()
    first = card.assessments()[0].assignment.assessor
    people = everybody(card.application) | {"first": first}
    if closed:
        sign_all(card)
    Application.objects.filter(pk=card.application_id).update(state=state)
    card = ConsolidatedCard.objects.get()
    assert allowed(people, "assessments.view_card", card) == readers
    seen = {
        name for name, user in people.items() if ConsolidatedCard.objects.visible_to(user).exists()
    }
    assert seen == readers


def test_undeclared_assessor_sees_the_assignment_and_nothing_of_the_case():
    assignment = make_assignment(make_case(), declared=False)
    assessor = assignment.assessor
    assert list(Assignment.objects.visible_to(assessor)) == [assignment]
    assert not Application.objects.visible_to(assessor).exists()


def test_lost_role_closes_the_case():
    assignment = make_assignment(make_case())
    Appointment.objects.filter(user=assignment.assessor).update(until=days_from_today(-1))
    assessor = User.objects.get(pk=assignment.assessor_id)
    for rows in (Application.objects, Assignment.objects, Assessment.objects):
        assert not rows.visible_to(assessor).exists()


def test_assignments_of_a_case_are_seen_by_the_office_and_each_by_its_assessor():
    case = make_case()
    mine, other = make_assignment(case), make_assignment(case)
    seen = Assignment.objects.visible_to
    assert set(seen(make_user(Role.OFFICE))) == {mine, other}
    assert set(seen(mine.assessor)) == {mine}
    assert not seen(make_user(Role.COMMITTEE_CHAIR)).exists()


def test_ratings_of_the_other_show_only_after_both_have_submitted():
    case = make_case()
    mine, other = (make_assignment(case).assessment for _ in range(2))
    for assessment in (mine, other):
        rate_all(assessment)
    me = mine.assignment.assessor
    assert set(Rating.objects.visible_to(me)) == set(mine.ratings.all())
    submit(other)
    assert set(Rating.objects.visible_to(me)) == set(mine.ratings.all())
    submit(mine)
    assert Rating.objects.visible_to(me).count() == 8


def test_events_of_the_other_are_hidden_while_one_judges():
    case = make_case()
    mine = make_assignment(case).assessment
    me = mine.assignment.assessor
    assert is_still_judging(me, case)
    hidden = events_hidden_from(me, case)
    assert {Verb.SUBMIT, Verb.RATE, Verb.DECLARE, Verb.OPEN_CARD, Verb.SETTLE} <= hidden
    assert Verb.ASSIGN not in hidden
    submit(mine)
    assert events_hidden_from(me, case) == frozenset()
    assert events_hidden_from(make_user(Role.OFFICE), case) == frozenset()


# --- the same policy in words and as a query -----------------------------------------------


def test_conflict_in_words_agrees_with_the_bar():
    parent = make_institution()
    case = make_case(institution=make_institution(parent=parent))
    unit = make_institution(parent=case.institution)
    people = [make_user(*Role)]
    for institution in (case.institution, parent, unit, make_institution()):
        people.append(make_member(institution, user=make_user(*Role)))
    declared = make_user(*Role)
    declare_conflict(case, user=declared, by=declared, ground=ConflictDeclaration.Ground.OTHER)
    people.append(declared)
    former = make_member(case.institution, user=make_user(*Role))
    former.memberships.update(since=days_from_today(-400), until=days_from_today(-1))
    people.append(former)
    other = make_institution(teryt="1818014")  # another part of the municipality of the case
    case.institution.teryt = "1818015"
    case.institution.save(update_fields=["teryt"])
    strange = make_institution(teryt="1818021")
    for where, gmina in [
        *((one, False) for one in (case.institution, parent, unit, other)),
        *((one, True) for one in (other, strange)),
    ]:
        people.append(make_user(*Role))
        make_employee_list(where, people[-1].email.upper(), is_of_municipality=gmina)
    namesake = make_user(*Role, full_name="Łucja Nowak-Żak")
    make_employee_list(case.institution, f"nowak-zak lucja\n{people[-6].email}")
    people.append(namesake)
    past = make_user(*Role)
    make_employee_list(
        make_institution(parent=case.institution), past.email, kept_until=days_from_today(-1)
    )
    people.append(past)
    found = []
    for user in people:
        is_open = Application.objects.open_to_staff(user).filter(pk=case.pk).exists()
        assert bool(conflict_between(user, case)) is not is_open
        found.append(is_open)
    assert found[:7] == [True, False, False, False, True, False, False]
    assert found[7:] == [False, False, False, True, False, True, True, True]

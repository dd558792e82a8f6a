"""A case shared out by criteria: who rates what, and when all of it is in."""

from importlib import import_module

import pytest
from django.apps import apps

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.assessments import overview, services
from certification.assessments.bench import Bench
from certification.assessments.coverage import coverage_of
from certification.assessments.models import Assignment, ConsolidatedCard, Rating
from certification.assessments.states import Ending, Part
from certification.errors import CannotDo
from institutions.states import Role
from tests.assessments.factories import criterion, make_assignment, make_case, of_value, rate_all
from tests.factories import days_from_today, make_member, make_user

pytestmark = pytest.mark.django_db
ALL = ["A1.1", "A1.2", "A2.1", "B1.1"]


def assign(case, **more):
    more.setdefault("assessor", make_user(Role.ASSESSOR))
    return services.assign(case, by=make_user(Role.OFFICE), due_on=days_from_today(9), **more)


def codes(criteria):
    return [each.code for each in criteria]


def some(case, *wanted):
    return [criterion(case, code) for code in wanted]


def hand_in(assignment, value=2):
    rate_all(assignment.assessment, value)
    services.submit_assessment(assignment.assessment, by=assignment.assessor)


# --- sharing out ----------------------------------------------------------------------------


def test_an_assignment_is_of_everything_asked_unless_it_names_criteria():
    case = make_case()
    whole, part = make_assignment(case), make_assignment(case, codes=["B1.1", "A1.2"])
    assert codes(whole.asked()) == codes(case.criteria()) == ALL
    assert codes(part.asked()) == ["A1.2", "B1.1"]  # in the catalogue's order
    assert codes(part.assessment.criteria()) == ["A1.2", "B1.1"]


def test_the_next_assessor_is_given_what_still_wants_one():
    case = make_case()
    make_assignment(case)
    make_assignment(case, codes=["A1.1", "A1.2"])
    assert codes(coverage_of(case).wanted) == ["A2.1", "B1.1"]
    assert codes(assign(case).asked()) == ["A2.1", "B1.1"]
    assert coverage_of(case).wanted == []
    with pytest.raises(CannotDo):
        assign(case)


def test_a_new_assignment_may_name_fewer_criteria_than_are_wanted():
    case = make_case()
    assert codes(assign(case, criteria=some(case, "A1.1")).asked()) == ["A1.1"]
    assert coverage_of(case).places == 2


def test_naming_everything_is_the_same_as_naming_nothing():
    case = make_case()
    assert not assign(case, criteria=list(case.criteria())).criteria.exists()


def test_a_criterion_with_two_assessors_is_not_given_to_one_more():
    case = make_case()
    make_assignment(case)
    make_assignment(case, codes=["A1.1"])
    with pytest.raises(CannotDo, match=r"A1\.1"):
        assign(case, criteria=some(case, "A1.1", "A1.2"))
    assert Assignment.objects.count() == 2


def test_a_third_assessor_takes_what_two_already_have_and_fills_no_place():
    case = make_case()
    make_assignment(case)
    third = assign(case, criteria=some(case, "A1.1"), part=Part.THIRD)
    assert codes(third.asked()) == ["A1.1"]
    assert codes(coverage_of(case).wanted) == ALL


# --- rating a part --------------------------------------------------------------------------


def test_the_bench_shows_the_part_alone():
    part = make_assignment(make_case(), codes=["A1.2", "B1.1"])
    bench = Bench(part.assessment, "A1.1")
    assert codes(entry.criterion for entry in bench.entries) == ["A1.2", "B1.1"]
    assert bench.current.criterion.code == "A1.2"


def test_a_criterion_of_somebody_else_is_not_rated():
    part = make_assignment(make_case(), codes=["B1.1"])
    case = part.application
    with pytest.raises(CannotDo):
        services.save_rating(
            part.assessment,
            criterion(case, "A1.1"),
            by=part.assessor,
            level=of_value(case, 2),
            strengths="Tekst.",
        )
    assert not Rating.objects.exists()


def test_a_part_is_submitted_when_it_is_rated():
    part = make_assignment(make_case(), codes=["B1.1"])
    hand_in(part)
    assert part.assessment.is_submitted


def test_progress_counts_the_part():
    part = make_assignment(make_case(), codes=["A1.2", "B1.1"])
    rate_all(part.assessment)
    (view,) = overview.my_assignments(part.assessor)
    assert (view.done, view.total) == (2, 2)


# --- the card -------------------------------------------------------------------------------


def test_the_card_opens_with_the_last_part():
    case = make_case()
    whole = make_assignment(case)
    first, second = make_assignment(case, codes=ALL[:2]), make_assignment(case, codes=ALL[2:])
    hand_in(whole)
    hand_in(first, 3)
    assert not ConsolidatedCard.objects.exists()
    hand_in(second)
    rows = ConsolidatedCard.objects.get().ratings.select_related("criterion")
    assert {row.criterion.code: row.differed for row in rows} == {
        "A1.1": True,
        "A1.2": True,
        "A2.1": False,
        "B1.1": False,
    }


def test_two_submitted_do_not_open_the_card_of_three_parts():
    case = make_case()
    hand_in(make_assignment(case))
    hand_in(make_assignment(case, codes=ALL[1:]))
    assert not ConsolidatedCard.objects.exists()


def test_a_third_assessor_neither_opens_the_card_nor_counts_on_it():
    case = make_case()
    third = make_assignment(case, codes=["A1.1"], part=Part.THIRD)
    hand_in(make_assignment(case))
    hand_in(third, 0)
    assert not ConsolidatedCard.objects.exists()
    hand_in(make_assignment(case))
    assert not ConsolidatedCard.objects.get().ratings.filter(differed=True).exists()


def test_a_third_assessor_who_submits_leaves_the_open_card_as_it_is():
    case = make_case()
    for _ in range(2):
        hand_in(make_assignment(case))
    card = ConsolidatedCard.objects.get()
    hand_in(make_assignment(case, codes=["A1.1"], part=Part.THIRD), 0)
    assert ConsolidatedCard.objects.get() == card


def test_ratings_of_somebody_who_joined_the_institution_do_not_open_the_card():
    case = make_case()
    first = make_assignment(case)
    hand_in(first)
    make_member(case.institution, user=first.assessor)
    hand_in(make_assignment(case))
    assert not ConsolidatedCard.objects.exists()


def test_what_was_rated_outside_the_part_does_not_count():
    case = make_case()
    part = make_assignment(case)
    rate_all(part.assessment, 0)
    part.criteria.set(some(case, "B1.1"))
    assert codes(each.criterion for each in Rating.objects.asked()) == ["B1.1"]
    (view,) = overview.my_assignments(part.assessor)
    assert (view.done, view.total) == (1, 1)


# --- what the office follows ----------------------------------------------------------------


def lacking():
    return list(overview.lacking_assessors(make_user(Role.OFFICE)))


def test_a_case_lacks_assessors_until_each_criterion_has_two():
    case, untouched = make_case(), make_case()
    make_assignment(untouched)
    make_assignment(untouched)
    make_assignment(case)
    make_assignment(case, codes=ALL[:2])
    make_assignment(case, codes=["A2.1"], part=Part.THIRD)
    assert lacking() == [case]
    (view,) = overview.follow([*lacking()], make_user(Role.OFFICE))
    assert (view.places, view.stage) == (1, overview.Stage.WANTED)
    assign(case)
    assert lacking() == []


# --- how it ended ---------------------------------------------------------------------------


def test_earlier_endings_get_their_names():
    migration = import_module("certification.assessments.migrations.0004_parts_of_a_case")
    ended = [make_assignment(make_case()) for _ in range(2)]
    make_assignment(make_case())
    conflict, replaced = ended
    ConflictDeclaration.objects.create(
        application=conflict.application,
        user=conflict.assessor,
        ground="other",
        declared_by=conflict.assessor,
    )
    for each in ended:
        Assignment.objects.filter(pk=each.pk).update(
            ended_by=each.assessor, ended_at=clock.now(), ending="?"
        )

    migration.name_endings(apps, None)

    assert {each.pk: each.ending for each in Assignment.objects.all() if each.ended_at} == {
        conflict.pk: Ending.CONFLICT,
        replaced.pk: Ending.REPLACED,
    }

import pytest

from certification.applications.states import State
from certification.assessments import services
from certification.assessments.models import ConsolidatedCard, Rating
from certification.assessments.states import Verb
from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from institutions.states import Role
from tests.assessments.factories import (
    criterion,
    make_assessment,
    make_assignment,
    make_case,
    of_value,
    rate_all,
    submit,
)
from tests.factories import make_kind, make_member, make_standard_set, make_user

pytestmark = pytest.mark.django_db


def save(assessment, code="A1.1", value=2, strengths="Widać to w statucie.", **more):
    case = assessment.application
    return services.save_rating(
        assessment,
        criterion(case, code),
        by=assessment.assignment.assessor,
        level=None if value == "" else of_value(case, value),
        strengths=strengths,
        **more,
    )


# --- save ---------------------------------------------------------------------------------


def test_saving_keeps_everything_and_leaves_an_event_without_the_level():
    assessment = make_assessment()
    rating = save(assessment, value=3, strengths="Dobrze. ", private_note="Dopytać.")
    rating.refresh_from_db()
    assert (rating.level.value, rating.strengths, rating.private_note) == (
        3,
        "Dobrze. ",
        "Dopytać.",
    )
    assert rating.version == 1
    event = Event.objects.get(verb=Verb.RATE)
    assert event.facts == {"criterion": "A1.1", "version": 1}
    assert event.by == assessment.assignment.assessor


def test_an_unfinished_rating_can_be_saved():
    rating = save(make_assessment(), value="", strengths="Na razie tyle.")
    assert not rating.is_complete


def test_saving_over_the_version_one_saw():
    assessment = make_assessment()
    save(assessment)
    rating = save(assessment, value=1, strengths="Jednak nie.", expected_version=1)
    assert (rating.version, Rating.objects.get().level.value) == (2, 1)


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_saving_over_another_version_is_refused_with_the_newer_text(seen):
    assessment = make_assessment()
    save(assessment)
    save(assessment, strengths="Nowsze.", expected_version=1)
    with pytest.raises(Stale) as refused:
        save(assessment, strengths="Starsze.", expected_version=seen)
    assert refused.value.current.strengths == "Nowsze."
    assert Rating.objects.get().strengths == "Nowsze."


def test_saving_the_same_again_changes_nothing():
    assessment = make_assessment()
    save(assessment)
    assert save(assessment, expected_version=1).version == 1
    assert Event.objects.filter(verb=Verb.RATE).count() == 1


@pytest.mark.parametrize("nothing", ["", " \n "])
def test_nothing_written_leaves_no_event(nothing):
    save(make_assessment(), value="", strengths=nothing)
    assert not Rating.objects.exists()
    assert not Event.objects.filter(verb=Verb.RATE).exists()


def test_criterion_of_another_kind_of_institution_is_refused():
    case = make_case()
    foreign = criterion(case, "A2.1")
    type(case).objects.filter(pk=case.pk).update(kind=make_kind("library"))
    with pytest.raises(CannotDo):
        services.save_rating(
            make_assessment(case), foreign, by=make_user(), level=None, strengths="x"
        )


def test_level_of_another_edition_is_refused():
    assessment = make_assessment()
    other = make_standard_set().levels.get(value=2)
    with pytest.raises(CannotDo):
        services.save_rating(
            assessment,
            criterion(assessment.application, "A1.1"),
            by=make_user(),
            level=other,
            strengths="x",
        )


@pytest.mark.parametrize("state", [state for state in State if state != State.ASSESSMENT])
def test_rating_is_refused_outside_assessment(state):
    with pytest.raises(TransitionNotAllowed):
        save(make_assessment(make_case(state)))
    assert not Rating.objects.exists()


def test_rating_is_refused_after_submission_and_after_the_end():
    submitted, ended = submit(make_assessment()), make_assessment()
    services.end_assignment(ended.assignment, by=make_user(), reason="Choroba.")
    for assessment in (submitted, ended):
        with pytest.raises(TransitionNotAllowed):
            save(assessment)


def test_what_the_page_saves_by_itself_is_journalled_once_an_hour(time_machine):
    time_machine.move_to("2026-11-29 10:05+01:00", tick=False)
    assessment = make_assessment()
    for version in range(3):
        save(assessment, strengths="a" * (version + 1), expected_version=version, unasked=True)
    assert Event.objects.filter(verb=Verb.RATE).count() == 1
    save(assessment, strengths="Przyciskiem.", expected_version=3)
    assert Event.objects.filter(verb=Verb.RATE).count() == 2
    time_machine.move_to("2026-11-29 11:01+01:00", tick=False)
    save(assessment, strengths="Po godzinie.", expected_version=4, unasked=True)
    assert Event.objects.filter(verb=Verb.RATE).count() == 3


def test_a_save_whose_answer_was_lost_is_the_page_s_own():
    assessment = make_assessment()
    arrived = save(assessment, strengths="Jedno.").fingerprint
    rating = save(assessment, strengths="Jedno, drugie.", unsure=[arrived])
    assert (rating.version, rating.strengths) == (2, "Jedno, drugie.")
    save(assessment, value=0, strengths="Jedno.", expected_version=2)
    with pytest.raises(Stale):  # another level: not what was sent
        save(assessment, strengths="Jedno, trzecie.", expected_version=1, unsure=[arrived])


@pytest.mark.parametrize(("told", "counted"), [(90, 90), (-5, 0), (10**6, 3600)])
def test_time_at_the_bench_is_added_within_reason(told, counted):
    assessment = make_assessment()
    save(assessment, seconds=told)
    assessment.refresh_from_db()
    assert assessment.seconds_spent == counted


# --- submit -------------------------------------------------------------------------------


def hand_in(assessment, **more):
    return services.submit_assessment(assessment, by=assessment.assignment.assessor, **more)


def test_submitting_needs_every_criterion_and_names_those_missing():
    assessment = make_assessment()
    save(assessment, "A1.1")
    save(assessment, "A1.2", strengths="")
    with pytest.raises(CannotDo, match="A1.2, A2.1, B1.1"):
        hand_in(assessment)
    assessment.refresh_from_db()
    assert not assessment.is_submitted


def test_not_applicable_needs_reasons_too():
    assessment = make_assessment()
    rate_all(assessment)
    Rating.objects.filter(criterion__code="B1.1").update(
        level=of_value(assessment.application, None), strengths=""
    )
    with pytest.raises(CannotDo, match="B1.1"):
        hand_in(assessment)


def test_submitting_keeps_the_remarks_and_leaves_an_event():
    assessment = make_assessment()
    rate_all(assessment)
    hand_in(assessment, summary=" Dobra praca. ")
    assert assessment.is_submitted
    assert assessment.summary == "Dobra praca."
    assert Event.objects.filter(verb=Verb.SUBMIT).count() == 1
    assert not ConsolidatedCard.objects.exists()


def test_submitting_twice_is_refused():
    assessment = make_assessment()
    rate_all(assessment)
    hand_in(assessment)
    with pytest.raises(TransitionNotAllowed):
        hand_in(assessment)
    assert Event.objects.filter(verb=Verb.SUBMIT).count() == 1


@pytest.mark.parametrize("state", [state for state in State if state != State.ASSESSMENT])
def test_submitting_is_refused_outside_assessment(state):
    assessment = make_assessment(make_case(state))
    rate_all(assessment)
    with pytest.raises(TransitionNotAllowed):
        hand_in(assessment)


def test_the_second_submission_opens_the_card():
    case = make_case()
    first, second = make_assessment(case), make_assessment(case)
    rate_all(first, A1_1=1)
    rate_all(second, A1_1=3)
    hand_in(first)
    hand_in(second)
    card = ConsolidatedCard.objects.get()
    assert [row.criterion.code for row in card.ratings.filter(differed=True)] == ["A1.1"]
    event = Event.objects.get(verb=Verb.OPEN_CARD)
    assert (event.by, event.facts) == (second.assignment.assessor, {"differences": 1})


def test_no_card_while_the_other_submitted_and_then_joined_the_institution():
    case = make_case()
    first, second = make_assessment(case), make_assessment(case)
    rate_all(first)
    rate_all(second)
    hand_in(first)
    make_member(case.institution, user=first.assignment.assessor)
    hand_in(second)
    assert not ConsolidatedCard.objects.exists()


def test_an_ended_assignment_does_not_count():
    case = make_case()
    first, second = make_assessment(case), make_assessment(case)
    for assessment in (first, second):
        rate_all(assessment)
    hand_in(first)
    services.end_assignment(first.assignment, by=make_user(), reason="Choroba.")
    hand_in(second)
    assert not ConsolidatedCard.objects.exists()
    third = make_assignment(case, make_user(Role.ASSESSOR)).assessment
    rate_all(third)
    hand_in(third)
    assert {each.pk for each in ConsolidatedCard.objects.get().assessments()} == {
        second.pk,
        third.pk,
    }


def test_a_failing_event_takes_the_submission_back(monkeypatch):
    assessment = make_assessment()
    rate_all(assessment)

    def fail(*args, **kwargs):
        raise RuntimeError("journal")

    monkeypatch.setattr("certification.assessments.services.rating.record", fail)
    with pytest.raises(RuntimeError):
        hand_in(assessment)
    assessment.refresh_from_db()
    assert not assessment.is_submitted

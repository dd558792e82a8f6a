import pytest

from certification import clock
from certification.assessments.calibration.results import Results, Standing, reasons
from certification.assessments.calibration.season import Season, years
from certification.assessments.models import CalibrationRating, ConsolidatedCard
from institutions.states import Role
from tests.assessments.factories import make_card
from tests.factories import make_user

from .factories import close_row, make_closed, make_sample_card, open_row

pytestmark = pytest.mark.django_db


def spread_of(results, code):
    return next(each for each in results.spreads if each.criterion.code == code)


def test_only_what_was_submitted_counts():
    calibration = open_row()
    make_sample_card(calibration, value=2, submitted=True)
    make_sample_card(calibration, value=0)
    results = Results(close_row(calibration))
    assert results.people == 1
    assert results.agreement is None


def test_the_spread_of_one_criterion():
    spread = spread_of(Results(make_closed(2, 2, 1, A1_2=0)), "A1.2")
    assert [(each.level.value, each.people) for each in spread.given] == [
        (0, 1),
        (1, 1),
        (2, 1),
        (3, 0),
        (None, 0),
    ]
    assert (spread.mean, spread.gap, spread.crosses, spread.is_split) == (1.0, 2, True, False)
    assert round(spread.deviation, 3) == 0.816


def test_not_applicable_is_no_number():
    spread = spread_of(Results(make_closed(3, 3, A1_1=None)), "A1.1")
    assert (spread.values, spread.mean, spread.is_split) == ([3], 3.0, True)


def test_what_is_most_in_dispute_comes_first():
    calibration = open_row()
    make_sample_card(calibration, value=2, submitted=True, A1_2=0, A2_1=1, B1_1=3)
    make_sample_card(calibration, value=2, submitted=True)
    codes = [each.criterion.code for each in Results(close_row(calibration)).spreads]
    assert codes == ["A1.2", "A2.1", "B1.1", "A1.1"]


def test_the_shares_of_cells():
    spread = spread_of(Results(make_closed(2, 2, 2, 1, A1_1=0)), "A1.1")
    assert [cell.share for cell in spread.cells] == [1, 1, 2, 0, 0]


def test_the_agreement_of_a_round():
    agreement = Results(make_closed(2, 2, 2, A1_2=1)).agreement
    assert (agreement.raters, agreement.items, agreement.pairs) == (3, 4, 12)
    assert agreement.same == 10 / 12


def test_reasons_stand_by_level_and_text_not_by_person():
    calibration = open_row()
    for value, text in ((3, "Aaa."), (1, "Zzz."), (1, "Bbb.")):
        make_sample_card(calibration, value=value, strengths=text, submitted=True)
    written = reasons(close_row(calibration))
    key = calibration.rated()[0].criterion_id
    assert [(each.level.value, each.strengths) for each in written[key]] == [
        (1, "Bbb."),
        (1, "Zzz."),
        (3, "Aaa."),
    ]


# --- where one stands -----------------------------------------------------------------------


def standing(*values, **first):
    calibration = make_closed(*values, **first)
    return Standing(calibration.cards.order_by("pk")[0])


@pytest.mark.parametrize(
    ("values", "severity", "word"),
    [((1, 2, 3), -1.5, "stricter"), ((3, 2, 2), 1.0, "milder"), ((2, 1, 3), 0.0, "alike")],
)
def test_severity_is_the_mean_difference_from_the_others(values, severity, word):
    found = standing(*values)
    assert (found.severity, found.severity_word) == (severity, word)


def test_distance_shows_what_severity_evens_out():
    found = standing(2, 2, 2, A1_1=1, A1_2=3)
    assert (found.severity, found.distance) == (0.0, 0.5)


def test_criteria_where_one_is_farthest_come_first():
    found = standing(2, 2, 2, A1_2=0, B1_1=1)
    assert [place.criterion.code for place in found.farthest_first] == [
        "A1.2",
        "B1.1",
        "A1.1",
        "A2.1",
    ]
    assert [place.is_far for place in found.farthest_first] == [True, True, False, False]


def test_not_applicable_has_no_difference():
    found = standing(2, 2, 2, A1_1=None)
    assert [place.difference for place in found.places] == [None, 0.0, 0.0, 0.0]


def test_the_scale_counts_the_others_on_average():
    found = standing(2, 2, 3)
    assert [(mine, theirs) for _level, mine, theirs in found.scale] == [
        (0, 0.0),
        (0, 0.0),
        (4, 2.0),
        (0, 2.0),
        (0, 0.0),
    ]
    assert found.range == (0.0, 0.5)


@pytest.mark.parametrize(("values", "is_enough"), [((2, 2), False), ((2, 2, 2), True)])
def test_two_would_see_whose_rating_is_whose(values, is_enough):
    assert Results(make_closed(*values)).is_enough is is_enough


@pytest.mark.parametrize("people", [3, 8])
def test_queries_do_not_grow_with_people(people, django_assert_num_queries):
    calibration = make_closed(*[2] * people)
    Results(calibration)
    with django_assert_num_queries(2):
        assert Results(calibration).people == people


# --- real cases -----------------------------------------------------------------------------


@pytest.fixture
def office():
    return make_user(Role.OFFICE)


def close(card, **fields):
    fields.setdefault("closed_at", clock.now())
    fields.setdefault("closed_by", card.application.opened_by)
    ConsolidatedCard.objects.filter(pk=card.pk).update(**fields)
    return card


def season(reader):
    return Season(reader, clock.today().year)


def test_the_season_compares_what_was_said_alone(office):
    close(make_card(second={"A1.2": 0, "B1.1": 3}, A1_1=2))
    make_card(second={"A1.1": 0})  # still open
    found = season(office)
    assert (len(found.cards), found.people, found.agreement.pairs) == (1, 2, 4)
    assert found.agreement.same == 0.5
    first = found.contested[0]
    assert (first.criterion.code, first.differing, first.far_apart, first.across) == (
        "A1.2",
        1,
        1,
        1,
    )


def test_a_settled_level_does_not_count(office):
    card = close(make_card(second={"A1.2": 0}))
    assert season(office).contested[0].criterion.code == "A1.2"
    assert card.ratings.filter(differed=True).count() == 1


def test_not_applicable_makes_no_pair(office):
    close(make_card(second={"A1.2": None}))
    found = season(office)
    assert found.agreement.pairs == 3
    assert "A1.2" not in [each.criterion.code for each in found.contested]


def test_a_case_closed_to_the_reader_is_left_out(office):
    card = close(make_card())
    card.application.conflicts.create(user=office, ground="other", declared_by=office)
    assert season(type(office).objects.get(pk=office.pk)).cards == []


def test_the_years_of_closed_cards(office):
    assert years(office) == []
    close(make_card())
    assert years(office) == [clock.today().year]


def test_a_rating_of_the_sample_counts_when_a_word_is_said_for_it():
    card = make_sample_card(open_row(), value=2, strengths="", weaknesses=" ")
    assert not any(rating.is_complete for rating in CalibrationRating.objects.all())
    card.ratings.update(weaknesses="Brak planu.")
    assert all(rating.is_complete for rating in CalibrationRating.objects.all())

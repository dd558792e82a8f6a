"""The coefficients against tables printed in the literature."""

import pytest

from certification.assessments.agreement import Coefficient, of_group, of_pairs

# Shrout & Fleiss (1979), table 2: six targets, four judges
JUDGED = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
# Fleiss, Cohen & Everitt (1969) and after it many textbooks: psychosis, neurosis, organic
DIAGNOSED = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]


def judges(rows):
    return {judge: {i: row[judge] for i, row in enumerate(rows)} for judge in range(len(rows[0]))}


def pairs_of(table):
    return [
        (one, two)
        for one, row in enumerate(table)
        for two, times in enumerate(row)
        for _time in range(times)
    ]


def quadratic_kappa(table):
    """By the definition, with nothing but sums: 1 - observed / expected disagreement."""
    total, size = sum(map(sum, table)), range(len(table))
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    seen = sum((i - j) ** 2 * table[i][j] for i in size for j in size)
    by_chance = sum((i - j) ** 2 * rows[i] * columns[j] for i in size for j in size) / total
    return 1 - seen / by_chance


def test_the_icc_of_shrout_and_fleiss():
    icc = of_group(judges(JUDGED)).icc
    assert (round(icc.value, 2), round(icc.low, 3), round(icc.high, 3)) == (0.29, 0.019, 0.761)


def test_the_icc_of_pairs_is_that_of_one_way():
    """ICC(1,1) by its definition from mean squares, for two ratings a thing."""
    pairs = [(1, 2), (2, 2), (3, 3), (0, 1), (3, 2), (1, 1)]
    means = [(one + two) / 2 for one, two in pairs]
    grand = sum(means) / len(means)
    between = 2 * sum((mean - grand) ** 2 for mean in means) / (len(pairs) - 1)
    within = sum((one - two) ** 2 / 2 for one, two in pairs) / len(pairs)
    icc = of_pairs(pairs, raters=4).icc
    assert icc.value == pytest.approx((between - within) / (between + within), abs=1e-6)
    assert icc.low < icc.value < icc.high


def test_kappa_counts_two_levels_four_times():
    one, two = zip(*pairs_of(DIAGNOSED), strict=True)
    group = {"a": dict(enumerate(one)), "b": dict(enumerate(two))}
    assert of_group(group).kappa.value == pytest.approx(quadratic_kappa(DIAGNOSED), abs=1e-6)


def test_the_kappa_of_a_group_is_the_mean_of_every_two():
    found = of_group(judges([(0, 0, 3), (1, 1, 2), (2, 2, 1), (3, 3, 0)]))
    assert found.kappa.value == pytest.approx((1 - 1 - 1) / 3, abs=1e-6)


def test_the_order_of_a_pair_says_nothing():
    there = of_pairs([(1, 2), (2, 3), (3, 3)], raters=2)
    back = of_pairs([(2, 1), (3, 2), (3, 3)], raters=2)
    assert there == back


def test_shares_of_equal_and_near():
    found = of_pairs([(1, 1), (1, 2), (0, 3), (2, 2)], raters=3)
    assert (found.same, found.near, found.same_percent) == (0.5, 0.75, 50)


def test_full_agreement():
    found = of_group(judges([(0, 0), (1, 1), (3, 3)]))
    assert (found.kappa, found.icc) == (Coefficient(1.0), Coefficient(1.0))
    assert of_pairs([(0, 0), (3, 3)], raters=2).icc == Coefficient(1.0)


@pytest.mark.parametrize(
    "found", [of_group(judges([(2, 2), (2, 2)])), of_pairs([(2, 2), (2, 2)], raters=2)]
)
def test_one_level_everywhere_leaves_the_coefficients_undefined(found):
    assert (found.same, found.kappa, found.icc) == (1.0, None, None)


@pytest.mark.parametrize("ratings", [{}, {"a": {1: 2}}, {"a": {1: 2}, "b": {2: 2}}])
def test_nobody_together(ratings):
    assert of_group(ratings) is None
    assert of_pairs([], raters=0) is None


def test_what_not_everybody_rated_counts_for_kappa_alone():
    ratings = judges([(0, 0, 0), (1, 1, 1), (3, 2, 3)])
    with_more = {judge: own | ({9: 2} if judge else {}) for judge, own in ratings.items()}
    one, other = of_group(ratings), of_group(with_more)
    assert one.icc == other.icc
    assert (one.pairs, other.pairs) == (9, 10)


@pytest.mark.parametrize(
    ("people", "items", "is_small"), [(3, 30, False), (2, 30, True), (3, 29, True)]
)
def test_a_small_sample_says_so(people, items, is_small):
    ratings = {judge: {i: (i + judge) % 4 for i in range(items)} for judge in range(people)}
    assert of_group(ratings).is_small is is_small


@pytest.mark.parametrize(
    ("value", "kappa", "icc"),
    [
        (0.39, "weak", "weak"),
        (0.5, "moderate", "moderate"),
        (0.75, "good", "good"),
        (0.9, "very_good", "very_good"),
    ],
)
def test_words(value, kappa, icc):
    from certification.assessments.agreement import ICC_WORDS, KAPPA_WORDS

    found = Coefficient(value)
    assert (found.word(KAPPA_WORDS), found.word(ICC_WORDS)) == (kappa, icc)

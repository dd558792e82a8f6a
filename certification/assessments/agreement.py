"""How far people who rate the same things agree, beyond what chance would give.

Computed with statsmodels (weighted kappa, analysis of variance); only the last step from mean
squares to the coefficient is here, with the formulas of Shrout & Fleiss (1979) and the limits of
McGraw & Wong (1996). "Not applicable" is no number and is left out.

A level is a whole number. A coefficient is None where it is not defined: everybody gave the same
level everywhere, or too few rated together.
"""

import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from statistics import fmean
from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

Ratings = Mapping[Any, Mapping[Any, int]]  # of each rater: the level of each thing
Pair = tuple[int, int]

CONFIDENCE = 0.95

LIBRARIES = (
    "pandas",
    "scipy.stats",
    "statsmodels.formula.api",
    "statsmodels.stats.anova",
    "statsmodels.stats.inter_rater",
    "statsmodels.stats.oneway",
)


def load_libraries() -> None:
    """Import what is slow to load: a server does so when it starts, a command only where it comes
    to need it.
    """
    for name in LIBRARIES:
        import_module(name)


class Word(models.TextChoices):
    """A coefficient in a word, for those who do not read one every day."""

    WEAK = "weak", pgettext_lazy("agreement", "weak")
    MODERATE = "moderate", pgettext_lazy("agreement", "moderate")
    GOOD = "good", pgettext_lazy("agreement", "good")
    VERY_GOOD = "very_good", pgettext_lazy("agreement", "very good")


# where each word but the first begins
KAPPA_WORDS = (0.4, 0.6, 0.8)  # Landis & Koch (1977)
ICC_WORDS = (0.5, 0.75, 0.9)  # Koo & Li (2016)
# Koo & Li (2016): a sound study has at least 30 things and 3 raters
ENOUGH_ITEMS, ENOUGH_RATERS = 30, 3


@dataclass(frozen=True)
class Coefficient:
    """1 is full agreement, 0 what chance gives; `low` and `high` hold the true value in 95 of
    100 such studies, and are None where the library gives no limits.
    """

    value: float
    low: float | None = None
    high: float | None = None

    def word(self, begins: tuple[float, ...]) -> Word:
        return list(Word)[sum(self.value >= limit for limit in begins)]


@dataclass(frozen=True)
class Agreement:
    """`pairs` counts two people's levels of one thing; `same` and `near` are shares of them:
    equal, and at most one level apart.
    """

    raters: int
    items: int
    pairs: int
    same: float
    near: float
    kappa: Coefficient | None
    icc: Coefficient | None

    @property
    def is_small(self) -> bool:
        """Whether the coefficients are a hint and no more."""
        return self.items < ENOUGH_ITEMS or self.raters < ENOUGH_RATERS

    @property
    def same_percent(self) -> int:
        return round(100 * self.same)

    @property
    def near_percent(self) -> int:
        return round(100 * self.near)

    @property
    def kappa_word(self) -> str:
        return str(self.kappa.word(KAPPA_WORDS).label) if self.kappa else ""

    @property
    def icc_word(self) -> str:
        return str(self.icc.word(ICC_WORDS).label) if self.icc else ""


def of_group(ratings: Ratings) -> Agreement | None:
    """Of people who all rated the same things; None where no two rated one thing.

    Kappa is the mean of the kappas of every two people (Light, 1971). The ICC is that of a
    single rater, for absolute agreement, people and things at random: ICC(2,1) of Shrout & Fleiss;
    it counts the things that everybody rated.
    """
    together = [
        [(one[item], two[item]) for item in one.keys() & two.keys()]
        for one, two in combinations(ratings.values(), 2)
    ]
    pairs = [pair for of_two in together for pair in of_two]
    if not pairs:
        return None
    kappas = [kappa for of_two in together if (kappa := _weighted_kappa(of_two)) is not None]
    items = {item for one in ratings.values() for item in one}
    return _agreement(
        pairs,
        raters=len(ratings),
        items=len(items),
        kappa=Coefficient(fmean(kappas)) if kappas else None,
        icc=_two_way(ratings),
    )


def of_pairs(pairs: Sequence[Pair], *, raters: int) -> Agreement | None:
    """Of things that two people rated each, not the same two everywhere: real cases.

    Which of the two comes first says nothing, so kappa counts each pair both ways, and the ICC is
    that of one way, ICC(1,1). `raters` is how many people there were in all.
    """
    if not pairs:
        return None
    both_ways = [*pairs, *((two, one) for one, two in pairs)]
    kappa = _weighted_kappa(both_ways)
    return _agreement(
        pairs,
        raters=raters,
        items=len(pairs),
        kappa=None if kappa is None else Coefficient(kappa),
        icc=_one_way(pairs),
    )


def _agreement(pairs: Sequence[Pair], **rest: Any) -> Agreement:
    apart = [abs(one - two) for one, two in pairs]
    return Agreement(
        pairs=len(pairs),
        same=sum(gap == 0 for gap in apart) / len(apart),
        near=sum(gap <= 1 for gap in apart) / len(apart),
        **rest,
    )


def _weighted_kappa(pairs: Iterable[Pair]) -> float | None:
    """Quadratic weights: two levels apart count four times as much as one."""
    from statsmodels.stats.inter_rater import cohens_kappa  # noqa: PLC0415 - slow to load

    counted = Counter(pairs)
    given = [level for pair in counted for level in pair]
    if len(set(given)) < 2:
        return None  # chance alone would give full agreement
    levels = range(min(given), max(given) + 1)
    table = [[counted[one, two] for two in levels] for one in levels]
    return _tidy(cohens_kappa(table, wt="quadratic", return_results=False))


def _two_way(ratings: Ratings) -> Coefficient | None:
    shared = set.intersection(*(set(one) for one in ratings.values()))
    rows = [
        {"item": str(item), "rater": str(rater), "level": own[item]}
        for rater, own in ratings.items()
        for item in shared
    ]
    k, n = len(ratings), len(shared)
    if k < 2 or n < 2 or len({row["level"] for row in rows}) == 1:
        return None
    squares = _mean_squares(rows)
    items, people, rest = squares["C(item)"], squares["C(rater)"], squares["Residual"]
    whole = items + (k - 1) * rest + k * (people - rest) / n
    if whole <= 0:
        return None
    value = (items - rest) / whole
    return Coefficient(_tidy(value), *_two_way_limits(value, items, people, rest, k, n))


def _mean_squares(rows: list[dict[str, Any]]) -> dict[str, float]:
    from pandas import DataFrame  # noqa: PLC0415 - slow to load
    from statsmodels.formula.api import ols  # noqa: PLC0415
    from statsmodels.stats.anova import anova_lm  # noqa: PLC0415

    model = ols("level ~ C(item) + C(rater)", data=DataFrame(rows)).fit(method="qr")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # F over a residual of nought
        table = anova_lm(model)
    return {name: max(float(square), 0.0) for name, square in table["mean_sq"].items()}


def _two_way_limits(
    value: float, items: float, people: float, rest: float, k: int, n: int
) -> tuple[float | None, float | None]:
    """McGraw & Wong (1996), case 2A. None where there is no residual to judge by."""
    from scipy.stats import f  # noqa: PLC0415 - slow to load

    if rest <= 1e-9 or value >= 1:
        return None, None
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    freedom = (a * people + b * rest) ** 2 / (
        (a * people) ** 2 / (k - 1) + (b * rest) ** 2 / ((n - 1) * (k - 1))
    )
    tail = 1 - (1 - CONFIDENCE) / 2
    below, above = f.ppf(tail, n - 1, freedom), f.ppf(tail, freedom, n - 1)
    noise = k * people + (k * n - k - n) * rest
    low = n * (items - below * rest) / (below * noise + n * items)
    high = n * (above * items - rest) / (noise + n * above * items)
    return _tidy(low), _tidy(high)


def _one_way(pairs: Sequence[Pair]) -> Coefficient | None:
    from scipy.stats import f  # noqa: PLC0415 - slow to load
    from statsmodels.stats.oneway import anova_oneway  # noqa: PLC0415

    if len(pairs) < 2 or len({level for pair in pairs for level in pair}) == 1:
        return None
    if all(one == two for one, two in pairs):
        return Coefficient(1.0)  # nothing within, so F has no value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        tested = anova_oneway(list(map(list, pairs)), use_var="equal", welch_correction=False)
    ratio, tail = float(tested.statistic), 1 - (1 - CONFIDENCE) / 2
    between, within = len(pairs) - 1, len(pairs)
    low = ratio / f.ppf(tail, between, within)
    high = ratio * f.ppf(tail, within, between)
    return Coefficient(*(_tidy(_of_two(each)) for each in (ratio, low, high)))


def _of_two(ratio: float) -> float:
    """ICC(1,1) of two ratings a thing, from F."""
    return (ratio - 1) / (ratio + 1)


def _tidy(value: float) -> float:
    """Between -1 and 1, without what arithmetic leaves behind the sixth place."""
    return round(float(min(1.0, max(-1.0, value))), 6) + 0.0  # no -0

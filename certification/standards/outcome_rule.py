"""By which rule the ratings of its criteria make a standard met: part of every edition.

Three rules. A criterion agreed to be "not applicable" never counts.

- `all`: every criterion that counts is met;
- `mean`: the weighted mean of those that count reaches a threshold, and the required ones are met;
- `share`: the required ones are met, and so is a share of all that count.

The threshold of a mean lies at `met_from` or below, so that a standard whose every criterion is met
is met by each of the rules: what is not met always has a criterion to name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .models import Criterion, RatingLevel, StandardSet
from .states import RuleKind


@dataclass(frozen=True)
class OutcomeRule:
    """The rule of an edition. `weights` and `required` stand by the criterion's key in place of
    what the edition says, for trying another rule; `top` is the highest level of the scale.
    """

    kind: RuleKind
    met_from: int
    top: int
    mean_from: Decimal
    met_percent: int
    exemplary_percent: int
    weights: Mapping[int, int] = field(default_factory=dict)
    required: frozenset[int] | None = None

    @classmethod
    def of(
        cls, standard_set: StandardSet, levels: Iterable[RatingLevel] | None = None
    ) -> "OutcomeRule":
        """One query for the scale, none when its levels are at hand."""
        levels = standard_set.levels.all() if levels is None else levels
        return cls(
            kind=RuleKind(standard_set.rule_kind),
            met_from=standard_set.met_from,
            top=max((each.value for each in levels if each.value is not None), default=0),
            mean_from=standard_set.mean_from,
            met_percent=standard_set.met_percent,
            exemplary_percent=standard_set.exemplary_percent,
        )

    def weight_of(self, criterion: Criterion) -> int:
        return self.weights.get(criterion.pk, criterion.weight)

    def requires(self, criterion: Criterion) -> bool:
        """Whether the criterion must be met whatever the others are; every one, by rule `all`."""
        if self.kind == RuleKind.ALL:
            return True
        return criterion.is_required if self.required is None else criterion.pk in self.required

    @property
    def words(self) -> list[str]:
        """The rule in plain sentences."""
        said = {
            RuleKind.ALL: _(
                "A standard is met when each of its criteria is rated %(met)s or higher."
            ),
            RuleKind.MEAN: _(
                "A standard is met when the weighted mean of its criteria is at least %(mean)s and "
                "every required criterion is rated %(met)s or higher."
            ),
            RuleKind.SHARE: _(
                "A standard is met when every required criterion is rated %(met)s or higher, and "
                "so are at least %(share)s%% of all its criteria."
            ),
        }
        figures = {
            "met": self.met_from,
            "mean": number_format(self.mean_from, 2),
            "share": self.met_percent,
            "exemplary": self.exemplary_percent,
            "top": self.top,
        }
        exemplary = _(
            "It is exemplary when each is rated %(met)s or higher and at least %(exemplary)s%% of "
            "them %(top)s."
        )
        left_out = _("A criterion that is not applicable does not count.")
        return [said[self.kind] % figures, exemplary % figures, left_out]

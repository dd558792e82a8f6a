"""A consolidated card by another rule than its edition's: which standards would come out otherwise.

Nothing is saved. The published rule stays what it is; this helps to word the next edition's.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from certification.standards.forms.rule import RuleForm
from certification.standards.models import RatingLevel, StandardSet
from certification.standards.outcome_rule import OutcomeRule

from .models import ConsolidatedRating
from .outcomes import Outcome, outcomes_of


class WhatIfForm(RuleForm):
    """The rule's own fields, the level that counts as met, and each criterion's weight and
    whether it is required. It is filled from a copy of the edition and never saved.
    """

    class Meta(RuleForm.Meta):
        fields = ["rule_kind", "met_from", "mean_from", "met_percent", "exemplary_percent"]
        labels = RuleForm.Meta.labels | {"met_from": _("A criterion counts as met from level")}

    def __init__(
        self,
        data: Any,
        *,
        standard_set: StandardSet,
        levels: Sequence[RatingLevel],
        ratings: Sequence[ConsolidatedRating],
    ) -> None:
        super().__init__(data, instance=copy(standard_set))
        del self.fields["version"]
        self.ratings = ratings
        values = [(each.value, str(each)) for each in levels if each.value is not None]
        self.fields["met_from"] = forms.TypedChoiceField(
            label=self.fields["met_from"].label, choices=values, coerce=int
        )
        for rating in ratings:
            criterion = rating.criterion
            self.fields[f"w{criterion.pk}"] = forms.IntegerField(
                label=_("Weight of %(code)s") % {"code": criterion.code},
                min_value=1,
                max_value=10,
                initial=criterion.weight,
            )
            self.fields[f"r{criterion.pk}"] = forms.BooleanField(
                label=_("%(code)s is required") % {"code": criterion.code},
                required=False,
                initial=criterion.is_required,
            )

    @property
    def of_criteria(self) -> list[tuple[ConsolidatedRating, forms.BoundField, forms.BoundField]]:
        """Each criterion with its weight and its tick."""
        return [
            (rating, self[f"w{rating.criterion_id}"], self[f"r{rating.criterion_id}"])
            for rating in self.ratings
        ]

    @property
    def of_rule(self) -> list[forms.BoundField]:
        return [self[name] for name in self.Meta.fields]

    def rule(self) -> OutcomeRule:
        """The rule that was typed. One query."""
        chosen = self.cleaned_data
        keys = [rating.criterion_id for rating in self.ratings]
        return replace(
            OutcomeRule.of(self.instance),
            weights={key: chosen[f"w{key}"] for key in keys},
            required=frozenset(key for key in keys if chosen[f"r{key}"]),
        )


@dataclass(frozen=True)
class Changed:
    """One standard by the edition's rule and by the other one."""

    now: Outcome
    then: Outcome

    @property
    def is_changed(self) -> bool:
        return self.now.level != self.then.level


class WhatIf:
    """Every standard by both rules, in the catalogue's order. One query."""

    def __init__(self, ratings: Sequence[ConsolidatedRating], rule: OutcomeRule) -> None:
        now, then = outcomes_of(ratings), outcomes_of(ratings, rule)
        self.rule = rule
        self.rows = [Changed(now[code], then[code]) for code in now]

    @cached_property
    def changed(self) -> list[Changed]:
        return [row for row in self.rows if row.is_changed]

    @cached_property
    def same(self) -> list[Changed]:
        return [row for row in self.rows if not row.is_changed]

    @property
    def met_now(self) -> int:
        return sum(row.now.is_met for row in self.rows)

    @property
    def met_then(self) -> int:
        return sum(row.then.is_met for row in self.rows)

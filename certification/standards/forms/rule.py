"""By which rule a standard is met: in the editor, and for trying another one."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.standards.models import StandardSet
from certification.standards.states import RuleKind

from .versioned import VersionedForm


class RuleForm(VersionedForm):
    """Figures that the chosen rule does not use are kept, and looked at all the same."""

    class Meta:
        model = StandardSet
        fields = ["rule_kind", "mean_from", "met_percent", "exemplary_percent"]
        localized_fields = ["mean_from"]
        labels = {
            "rule_kind": gettext_lazy("A standard is met when"),
            "mean_from": gettext_lazy("Threshold of the weighted mean"),
            "met_percent": gettext_lazy("Share of criteria that are met, in percent"),
            "exemplary_percent": gettext_lazy("Share of the highest level, in percent"),
        }
        help_texts = {
            "mean_from": gettext_lazy("For the weighted mean only, such as 1.75."),
            "met_percent": gettext_lazy(
                "For the share only. With 0 the required criteria alone decide."
            ),
            "exemplary_percent": gettext_lazy(
                "A standard whose every criterion is met is exemplary from this share up."
            ),
        }
        widgets = {"rule_kind": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        mean, met_from = cleaned.get("mean_from"), self._met_from(cleaned)
        if cleaned.get("rule_kind") == RuleKind.MEAN and mean is not None and mean > met_from:
            self.add_error(
                "mean_from",
                _("Give %(met)s at most: the level from which a criterion counts as met.")
                % {"met": met_from},
            )
        return cleaned

    def _met_from(self, cleaned: dict[str, Any]) -> Decimal:
        return Decimal(cleaned.get("met_from", self.instance.met_from))

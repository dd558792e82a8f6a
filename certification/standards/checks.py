"""What stands between a draft edition and its publication."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from .descent import undecided
from .models import Area, Criterion, Standard, StandardSet
from .states import RuleKind


@dataclass(frozen=True)
class Finding:
    """Something to mend. One that `blocks` keeps the edition from being published.

    `part` is the area, standard or criterion it speaks of, or the word for a page of the editor:
    "outline", "head", "scale", "rule" or "origins".
    """

    text: str
    part: Any
    blocks: bool = True


def findings(standard_set: StandardSet) -> list[Finding]:
    """Everything to mend, what blocks first."""
    found = [
        *_empty(standard_set),
        *_codes(standard_set),
        *_scale(standard_set),
        *_rule(standard_set),
        *_origins(standard_set),
        *_words(standard_set),
    ]
    return sorted(found, key=lambda finding: not finding.blocks)


def _empty(standard_set: StandardSet) -> Iterator[Finding]:
    if not Criterion.objects.of_set(standard_set).exists():
        text = _("A set without criteria cannot be published. Load its contents first.")
        yield Finding(text, "outline")
    for area in Area.objects.of_set(standard_set).filter(standards=None):
        yield Finding(_("Area %(code)s has no standard.") % {"code": area.code}, area)
    for standard in Standard.objects.of_set(standard_set).filter(criteria=None):
        yield Finding(_("Standard %(code)s has no criterion.") % {"code": standard.code}, standard)
    for standard in Standard.objects.of_set(standard_set).filter(
        applies_to_all=False, applies_to=None
    ):
        yield Finding(
            _("Standard %(code)s applies to no kind of institution.") % {"code": standard.code},
            standard,
        )


def _codes(standard_set: StandardSet) -> Iterator[Finding]:
    kinds: tuple[list[Any], list[Any]] = (
        list(Standard.objects.of_set(standard_set)),
        list(Criterion.objects.of_set(standard_set)),
    )
    for rows in kinds:
        by_code = {row.code: row for row in rows}
        for code, times in Counter(row.code for row in rows).items():
            if times > 1:
                yield Finding(_("The code %(code)s appears twice.") % {"code": code}, by_code[code])


def _scale(standard_set: StandardSet) -> Iterator[Finding]:
    levels = list(standard_set.levels.all())
    if standard_set.met_from not in {level.value for level in levels}:
        yield Finding(_("The level that counts as met is not on the scale."), "scale")
    if bare := [level for level in levels if not level.descriptor_pl]:
        text = _("These levels have no descriptor in Polish: %(levels)s.")
        yield Finding(text % {"levels": ", ".join(map(str, bare))}, "scale", blocks=False)


def _rule(standard_set: StandardSet) -> Iterator[Finding]:
    kind = standard_set.rule_kind
    if kind == RuleKind.MEAN and standard_set.mean_from > standard_set.met_from:
        text = _("The threshold of the mean lies above the level that counts as met.")
        yield Finding(text, "rule")
    if kind == RuleKind.SHARE and standard_set.met_percent == 0:
        for standard in Standard.objects.of_set(standard_set):
            if not standard.criteria.filter(is_required=True).exists():
                text = _("By this rule standard %(code)s is always met: it requires nothing.")
                yield Finding(text % {"code": standard.code}, "rule")


def _origins(standard_set: StandardSet) -> Iterator[Finding]:
    for old in undecided(standard_set):
        text = _("Nothing is said of %(code)s of the edition before: what comes from it?")
        yield Finding(text % {"code": old.code}, "origins")
    newest = StandardSet.objects.current()
    if standard_set.follows is None and newest and newest != standard_set:
        text = _("The draft follows no edition, so answers will not be carried over to it.")
        yield Finding(text, "head", blocks=False)


def _words(standard_set: StandardSet) -> Iterator[Finding]:
    areas = Area.objects.of_set(standard_set).filter(name_pl="")
    standards = Standard.objects.of_set(standard_set).filter(name_pl="")
    criteria = Criterion.objects.of_set(standard_set)
    nameless: list[Any] = [*areas, *standards, *criteria.filter(text_pl="")]
    for part in nameless:
        yield Finding(_("%(code)s has no Polish text.") % {"code": part.code}, part)
    for criterion in criteria.filter(guidance_pl="").in_order():
        text = _("%(code)s has no guidance in Polish.") % {"code": criterion.code}
        yield Finding(text, criterion, blocks=False)
    for criterion in criteria.filter(Q(text_en="")).in_order():
        text = _("%(code)s has no English text; the Polish one will be shown.")
        yield Finding(text % {"code": criterion.code}, criterion, blocks=False)

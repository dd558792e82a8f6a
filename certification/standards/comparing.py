"""Two editions side by side: what became of every area, standard and criterion."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _

from certification.differences import Change, Segment, words

from .descent import Kind, Lineage, trace
from .models import Area, Criterion, EvidenceType, RatingLevel, Standard, StandardSet
from .outcome_rule import OutcomeRule

Kinds = defaultdict[int, set[EvidenceType]]


@dataclass(frozen=True)
class Row:
    """A criterion of the new edition with the old ones behind it; without one, a dropped one."""

    kind: Kind
    old: list[Criterion]
    new: Criterion | None
    evidence: Kinds

    @cached_property
    def segments(self) -> list[Segment]:
        before = "\n".join(criterion.text for criterion in self.old)
        return words(before, self.new.text if self.new else "")

    @property
    def before(self) -> list[Segment]:
        """The old text with what went marked."""
        return [each for each in self.segments if each.change != Change.ADDED]

    @property
    def after(self) -> list[Segment]:
        """The new text with what came marked."""
        return [each for each in self.segments if each.change != Change.REMOVED]

    @cached_property
    def also(self) -> list[str]:
        """What else changed than the text, in words."""
        if len(self.old) != 1 or self.new is None:
            return []
        return [*_also(self.old[0], self.new), *self._also_of_evidence(self.old[0], self.new)]

    def _also_of_evidence(self, old: Criterion, new: Criterion) -> Iterator[str]:
        was, now = self.evidence[old.pk], self.evidence[new.pk]
        for added in sorted(now - was, key=str):
            yield _("evidence added: %(name)s") % {"name": added}
        for removed in sorted(was - now, key=str):
            yield _("evidence removed: %(name)s") % {"name": removed}

    @property
    def is_changed(self) -> bool:
        return self.kind != Kind.SAME or bool(self.also)


@dataclass(frozen=True)
class Group:
    """A standard with its rows; `old_name` where it was called otherwise."""

    area: Area
    standard: Standard
    old_name: str
    rows: list[Row]

    @property
    def name(self) -> list[Segment]:
        return words(self.old_name or self.standard.name, self.standard.name)


@dataclass(frozen=True)
class Comparison:
    """`rules` are what changed for the edition as a whole; `dropped` is what it leaves out."""

    old: StandardSet
    new: StandardSet
    rules: list[tuple[str, str, str]]
    groups: list[Group]
    dropped: list[Row]

    @cached_property
    def counts(self) -> list[tuple[Kind, int]]:
        """How many criteria of each kind, in the order of the kinds."""
        rows = [row for group in self.groups for row in group.rows] + self.dropped
        found = Counter(row.kind for row in rows)
        return [(kind, found[kind]) for kind in Kind if found[kind]]

    @cached_property
    def changed(self) -> list[Group]:
        """The groups with what changed alone."""
        narrowed = [
            Group(each.area, each.standard, each.old_name, [r for r in each.rows if r.is_changed])
            for each in self.groups
        ]
        return [each for each in narrowed if each.rows or each.old_name]


def compare(old: StandardSet, new: StandardSet) -> Comparison:
    lineage = trace(old, new)
    kinds = _kinds_of_evidence(old, new)
    names = {each.code: each.name for each in Standard.objects.of_set(old)}
    return Comparison(
        old=old,
        new=new,
        rules=list(_rules(old, new)),
        groups=list(_groups(lineage, names, kinds)),
        dropped=[Row(Kind.DROPPED, [criterion], None, kinds) for criterion in lineage.dropped],
    )


def _kinds_of_evidence(old: StandardSet, new: StandardSet) -> Kinds:
    """By the key of each criterion. Read apart: names of kinds may change, criteria may not."""
    found: Kinds = defaultdict(set)
    links = Criterion.evidence_types.through.objects.select_related("evidencetype")
    for link in links.filter(criterion__standard__area__standard_set__in=[old, new]):
        found[link.criterion_id].add(link.evidencetype)
    return found


def _groups(lineage: Lineage, names: dict[str, str], kinds: Kinds) -> Iterator[Group]:
    for standard, criteria in groupby(lineage.new, key=lambda criterion: criterion.standard):
        rows = [
            Row(lineage.kind_of(each), lineage.parents[each.pk], each, kinds) for each in criteria
        ]
        before = names.get(standard.code, standard.name)
        yield Group(standard.area, standard, "" if before == standard.name else before, rows)


def _rules(old: StandardSet, new: StandardSet) -> Iterator[tuple[str, str, str]]:
    scale_was, scale_now = list(old.levels.all()), list(new.levels.all())
    for label, was, now in (
        (_("Name"), old.name, new.name),
        (_("A certificate is valid for (years)"), old.validity_years, new.validity_years),
        (_("Counts as met from level"), old.met_from, new.met_from),
        (_("When a standard is met"), _said(old), _said(new)),
        (_("Rating scale"), _levels(scale_was), _levels(scale_now)),
        (_("What the levels mean"), _descriptors(scale_was), _descriptors(scale_now)),
        (_("Areas"), _areas(old), _areas(new)),
    ):
        if was != now:
            yield label, str(was), str(now)


def _said(standard_set: StandardSet) -> str:
    return " ".join(OutcomeRule.of(standard_set).words)


def _levels(scale: list[RatingLevel]) -> str:
    return ", ".join(map(str, scale))


def _descriptors(scale: list[RatingLevel]) -> str:
    return " ".join(f"{each}: {each.descriptor}" for each in scale if each.descriptor)


def _areas(standard_set: StandardSet) -> str:
    return ", ".join(str(area) for area in standard_set.areas.all())


def _also(old: Criterion, new: Criterion) -> Iterator[str]:
    if old.code != new.code:
        yield _("code %(old)s → %(new)s") % {"old": old.code, "new": new.code}
    if old.guidance != new.guidance:
        yield _("guidance")
    if old.word_limit != new.word_limit:
        yield _("longest answer %(old)s → %(new)s words") % {
            "old": old.word_limit,
            "new": new.word_limit,
        }
    if old.weight != new.weight:
        yield _("weight %(old)s → %(new)s") % {"old": old.weight, "new": new.weight}
    if old.is_required != new.is_required:
        yield _("required now") if new.is_required else _("not required any more")

"""Where criteria come from: split, merged, derived by hand, dropped."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.descent import trace
from certification.standards.models import Criterion, Descent, StandardSet
from certification.standards.states import Verb

from .locking import fresh, lock_draft
from .parts import drop_rows

Words = tuple[str, str]  # Polish, English
COPIED = ("sourced", "guidance_pl", "guidance_en", "word_limit", "weight", "is_required")


@transaction.atomic
def split_criterion(
    criterion: Criterion,
    *,
    by: Any,
    first: Words,
    second: Words,
    code: str,
    expected_version: int,
) -> tuple[Criterion, Criterion]:
    """Make two of one: the second stands just below, and both come from the same old ones."""
    draft = lock_draft(criterion.standard_set, Verb.SPLIT)
    one = fresh(criterion, Verb.SPLIT, expected_version=expected_version)
    _reword(one, first)
    below = one.standard.criteria.filter(position__gt=one.position)
    below.update(position=models.F("position") + 1)
    other = Criterion.objects.create(
        standard=one.standard,
        code=code,
        text_pl=second[0],
        text_en=second[1],
        position=one.position + 1,
        **{field: getattr(one, field) for field in COPIED},
    )
    for links in ("sources", "evidence_types"):
        getattr(other, links).set(getattr(one, links).all())
    _come_from(draft, other, [line.old for line in Descent.objects.filter(new=one)])
    record(Verb.SPLIT, draft, by=by, code=one.code, second=code)
    return one, other


@transaction.atomic
def merge_criteria(
    criterion: Criterion,
    other: Criterion,
    *,
    by: Any,
    words: Words,
    expected_version: int,
    expected_version_of_other: int,
) -> Criterion:
    """Let the criterion take in the other, with its evidence, its sources and its origin."""
    draft = lock_draft(criterion.standard_set, Verb.MERGE)
    if criterion == other or other.standard_set != draft:
        raise CannotDo(_("Choose another criterion of the same edition."))
    one = fresh(criterion, Verb.MERGE, expected_version=expected_version)
    gone = fresh(other, Verb.MERGE, expected_version=expected_version_of_other)
    _reword(one, words)
    for links in ("sources", "evidence_types"):
        getattr(one, links).add(*getattr(gone, links).all())
    _come_from(draft, one, [line.old for line in Descent.objects.filter(new=gone)])
    record(Verb.MERGE, draft, by=by, code=one.code, second=gone.code)
    gone.delete()
    return one


@transaction.atomic
def derive(
    criterion: Criterion, *, by: Any, parents: Iterable[Criterion], expected_version: int
) -> Criterion:
    """Say which old criteria this one comes from; none makes it a new one."""
    draft = lock_draft(criterion.standard_set, Verb.DERIVE)
    one = fresh(criterion, Verb.DERIVE, expected_version=expected_version)
    chosen = list(parents)
    Descent.objects.filter(new=one).exclude(old__in=chosen).delete()
    _come_from(draft, one, chosen)
    one.version += 1
    one.save(update_fields=["version"])
    record(Verb.DERIVE, draft, by=by, code=one.code, parents=len(chosen))
    return one


@transaction.atomic
def drop(standard_set: StandardSet, old: Criterion, *, by: Any) -> None:
    """Say that nothing in the draft comes from an old criterion, and that this is meant."""
    draft = lock_draft(standard_set, Verb.DERIVE)
    if draft.follows is None or old not in trace(draft.follows, draft).dropped:
        raise CannotDo(_("Something comes from %(code)s already.") % {"code": old.code})
    if not Descent.objects.filter(standard_set=draft, old=old, new=None).exists():
        drop_rows(draft, [old])
    record(Verb.DERIVE, draft, by=by, dropped=old.code)


@transaction.atomic
def take_back(standard_set: StandardSet, old: Criterion, *, by: Any) -> None:
    """Unsay that an old criterion is dropped: it waits for a decision again."""
    draft = lock_draft(standard_set, Verb.DERIVE)
    Descent.objects.filter(standard_set=draft, old=old, new=None).delete()
    record(Verb.DERIVE, draft, by=by, undecided=old.code)


def _reword(criterion: Criterion, words: Words) -> None:
    criterion.text_pl, criterion.text_en = words
    criterion.version += 1
    criterion.save(update_fields=["text_pl", "text_en", "version"])


def _come_from(draft: StandardSet, criterion: Criterion, parents: list[Criterion]) -> None:
    """Add lines; what has an heir is not dropped."""
    Descent.objects.filter(standard_set=draft, old__in=parents, new=None).delete()
    Descent.objects.bulk_create(
        (Descent(standard_set=draft, old=old, new=criterion) for old in parents),
        ignore_conflicts=True,
    )

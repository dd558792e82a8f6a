"""The lines from the edition before: from a file, and between what stayed as it was."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from certification.standards.descent import trace
from certification.standards.models import Criterion, Descent, StandardSet
from certification.standards.records import BadCatalogue, Catalogue


def edition_before(catalogue: Catalogue) -> StandardSet | None:
    """The published edition that a file says it follows. Raises BadCatalogue."""
    code = catalogue.follows
    if not code:
        return None
    found = StandardSet.objects.published().filter(code=code).first()
    if found is None or code == catalogue.head.code:
        raise BadCatalogue(
            ["set › follows: " + _("there is no published edition “%(code)s”.") % {"code": code}]
        )
    return found


def draw_lines(
    standard_set: StandardSet, catalogue: Catalogue, criteria: Iterable[Criterion]
) -> None:
    """Write the lines a file gives, and those of what stayed. Raises BadCatalogue."""
    items = list(catalogue.criteria())
    before = standard_set.follows
    old = Criterion.objects.of_set(before).in_order() if before else Criterion.objects.none()
    by_code = {criterion.code: criterion for criterion in old}
    drawn: list[tuple[str, Criterion | None, str]] = [
        (code, criterion, item.code)
        for criterion, item in zip(criteria, items, strict=True)
        for code in dict.fromkeys(item.comes_from or ())
    ]
    left_out = [(code, None, "dropped") for code in dict.fromkeys(catalogue.dropped)]
    problems = list(_problems(drawn, left_out, known=set(by_code)))
    if problems:
        raise BadCatalogue(problems)
    Descent.objects.bulk_create(
        Descent(standard_set=standard_set, old=by_code[code], new=criterion)
        for code, criterion, _place in [*drawn, *left_out]
    )
    new_ones = {item.code for item in items if item.comes_from == ()}
    keep_what_stayed(standard_set, except_codes=new_ones)


def keep_what_stayed(standard_set: StandardSet, *, except_codes: Iterable[str] = ()) -> None:
    """Draw a line wherever nobody did and the text stayed, so that rewording does not lose it."""
    if standard_set.follows is None:
        return
    lineage = trace(standard_set.follows, standard_set)
    found = set(Descent.objects.filter(standard_set=standard_set).values_list("old", "new"))
    Descent.objects.bulk_create(
        Descent(standard_set=standard_set, old=parent, new=criterion)
        for criterion in lineage.new
        if criterion.code not in set(except_codes)
        for parent in lineage.parents[criterion.pk]
        if (parent.pk, criterion.pk) not in found
    )


def _problems(
    drawn: list[tuple[str, Criterion | None, str]],
    left_out: list[tuple[str, None, str]],
    *,
    known: set[str],
) -> Iterator[str]:
    heirs = {code for code, _criterion, _place in drawn}
    for code, _criterion, place in [*drawn, *left_out]:
        if code not in known:
            yield f"{place}: " + _(
                "the edition before has no criterion “%(code)s”. See “follows” of the set."
            ) % {"code": code}
    for code, _nothing, place in left_out:
        if code in heirs:
            yield f"{place}: " + _("“%(code)s” is dropped and kept at once.") % {"code": code}

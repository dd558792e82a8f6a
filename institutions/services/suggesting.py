"""Suggested forms of names and towns: parts of the verbs that add, rename or move an institution.

They leave no event of their own and confirm nothing.
"""

from institutions.declension import suggest, suggest_all, suggest_town
from institutions.grammar import Variant
from institutions.models import Institution, NameForm
from institutions.states import Origin

TOWN_FIELDS = ("town_genitive", "town_locative", "town_preposition")


def suggestions(institution: Institution) -> dict[tuple[str, str], str]:
    """What the lexicon proposes, by variant and case. Forms it does not know are left out."""
    found = suggest_all(
        institution.name,
        town_loc=institution.town_locative,
        prep=institution.town_preposition,
    )
    if not institution.town_locative:
        found.pop(Variant.SHORT, None)  # it ends with the town: „MOPS w Stalowej Woli”
    return {
        (variant.value, case.value): text
        for variant, suggestion in found.items()
        for case, text in suggestion.forms.items()
    }


def suggested_town(institution: Institution) -> dict[str, str]:
    """Forms of the town that are proposed, by field; none for a town that has to be asked."""
    found = suggest_town(institution.town)
    if not found:
        return {}
    return dict(zip(TOWN_FIELDS, (found.genitive, found.locative, found.preposition), strict=True))


def add_suggestions(institution: Institution, *variants: str) -> int:
    """Add suggested forms where there are none, for these variants or for all, and the town's;
    gives how many.
    """
    added = _fill_town(institution)
    there = set(institution.name_forms.values_list("variant", "case"))
    missing = {
        pair: text
        for pair, text in suggestions(institution).items()
        if pair not in there and (not variants or pair[0] in variants)
    }
    NameForm.objects.bulk_create(
        NameForm(
            institution=institution, variant=variant, case=case, text=text, origin=Origin.SUGGESTED
        )
        for (variant, case), text in missing.items()
    )
    if not institution.gender:
        _suggest_gender(institution)
    return added + len(missing)


def suggest_name_anew(institution: Institution, *, keep_short_names: bool) -> None:
    """After a change of the name. Nothing of a former name's forms is kept; after the correction
    of a mistake (`keep_short_names`) what a person typed beside the full name needs another look.
    """
    forms = institution.name_forms
    if keep_short_names:
        forms.filter(variant=Variant.FULL).delete()
        forms.filter(confirmed_at=None, origin=Origin.SUGGESTED).delete()
        forms.update(confirmed_by=None, confirmed_at=None)
    else:
        forms.all().delete()
    institution.gender = ""
    institution.save(update_fields=["gender"])
    add_suggestions(institution)


def suggest_town_anew(institution: Institution) -> None:
    """After a change of the town: its forms are suggested, the short name follows it."""
    former = institution.town_locative
    institution.town_genitive = institution.town_locative = ""
    institution.town_preposition = "w"
    institution.town_confirmed_by = institution.town_confirmed_at = None
    institution.save(update_fields=[*TOWN_FIELDS, "town_confirmed_by", "town_confirmed_at"])
    _fill_town(institution)
    suggest_short_anew(institution, instead_of=former)


def suggest_short_anew(institution: Institution, *, instead_of: str) -> int:
    """Short names end with the town. Suggested ones are made anew; typed ones that name the
    former locative (`instead_of`) need another look. Gives how many forms were added.
    """
    short = institution.name_forms.filter(variant=Variant.SHORT)
    short.filter(origin=Origin.SUGGESTED).delete()
    if instead_of:
        short.filter(text__contains=instead_of).update(confirmed_by=None, confirmed_at=None)
    return add_suggestions(institution, Variant.SHORT)


def _fill_town(institution: Institution) -> int:
    """Fill the empty forms of the town; gives how many of the two were filled."""
    found = suggested_town(institution)
    empty = [field for field in TOWN_FIELDS[:2] if found and not getattr(institution, field)]
    for field in empty:
        setattr(institution, field, found[field])
    if "town_locative" in empty:
        institution.town_preposition = found["town_preposition"]
    if empty:
        institution.town_confirmed_by = institution.town_confirmed_at = None
        institution.save(update_fields=[*TOWN_FIELDS, "town_confirmed_by", "town_confirmed_at"])
    return len(empty)


def _suggest_gender(institution: Institution) -> None:
    suggested = suggest(institution.name).gender
    if suggested:
        institution.gender = suggested
        institution.save(update_fields=["gender"])

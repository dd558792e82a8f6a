"""The verbs of an institution's names: suggest, save, confirm."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo, Stale
from institutions.declension import suggest_all
from institutions.grammar import Case, Variant
from institutions.models import Institution, NameForm, User
from institutions.states import Origin, Verb
from institutions.versions import version_of

Forms = Mapping[tuple[str, str], str]
NOMINATIVE = (Variant.FULL.value, Case.NOM.value)
TYPED = {"origin": Origin.TYPED, "confirmed_by": None, "confirmed_at": None}
GRAMMAR_FIELDS = ("gender", "town_genitive", "town_locative", "town_preposition")


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


def names_version(institution: Institution) -> str:
    """A mark of the names as they stand; sent back as `seen`."""
    forms = institution.name_forms.order_by("variant", "case").values_list(
        "variant", "case", "text", "confirmed_at"
    )
    grammar = [getattr(institution, field) for field in GRAMMAR_FIELDS]
    return version_of([institution.name, *grammar, *(part for form in forms for part in form)])


@transaction.atomic
def suggest_name_forms(institution: Institution, *, by: User | None) -> int:
    """Fill the forms that are missing with suggestions; gives how many. Changes no form that is
    there, and confirms nothing.
    """
    institution = _lock(institution)
    added = add_suggestions(institution)
    if added:
        record(Verb.CHANGE_NAME_FORMS, institution, by=by, suggested=added)
    return added


@transaction.atomic
def save_name_forms(
    institution: Institution, *, forms: Forms, by: User | None, seen: str = "", **grammar: str
) -> int:
    """Store what was typed; gives how many forms changed. A changed form is no longer confirmed.

    An empty text removes the form; pairs left out stay as they are. `grammar` holds any of
    GRAMMAR_FIELDS. Raises Stale when `seen` is not the version that stands.
    """
    institution = _lock(institution)
    if seen and seen != names_version(institution):
        raise Stale(institution)
    grammar_changed = _save_grammar(institution, grammar)
    typed = dict(forms) | {NOMINATIVE: institution.name}  # the nominative is the name itself
    changed = _store(institution, typed)
    if any(field.startswith("town") for field in grammar_changed):
        changed += _suggest_short_anew(institution)
    if changed or grammar_changed:
        record(Verb.CHANGE_NAME_FORMS, institution, by=by, changed=changed)
    return changed


@transaction.atomic
def confirm_name_forms(
    institution: Institution,
    *,
    by: User,
    forms: Forms | None = None,
    seen: str = "",
    **grammar: str,
) -> int:
    """Confirm every form that stands, once `forms` are stored; gives how many are new.

    A form confirmed earlier keeps who confirmed it and when. Refused without a grammatical
    gender, which the sentences of a letter agree with.
    """
    institution = _lock(institution)
    if forms is not None or seen:
        save_name_forms(institution, forms=forms or {}, by=by, seen=seen, **grammar)
        institution.refresh_from_db()
    if not institution.gender:
        raise CannotDo(_("Choose the grammatical gender of the name first."))
    _store(institution, {NOMINATIVE: institution.name})
    confirmed = institution.name_forms.filter(confirmed_at=None).update(
        confirmed_by=by, confirmed_at=clock.now()
    )
    if confirmed:
        record(Verb.CONFIRM_NAME_FORMS, institution, by=by, confirmed=confirmed)
    return confirmed


def add_suggestions(institution: Institution, *variants: str) -> int:
    """Add suggested forms where there are none, for these variants or for all. No event."""
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
    return len(missing)


def rename(institution: Institution) -> None:
    """After a change of name or town: full forms are suggested anew, the others need another look.

    Part of the verb that changed the name, which leaves the event.
    """
    institution.name_forms.filter(variant=Variant.FULL).delete()
    institution.name_forms.filter(confirmed_at=None, origin=Origin.SUGGESTED).delete()
    institution.name_forms.update(confirmed_by=None, confirmed_at=None)
    add_suggestions(institution)


def _lock(institution: Institution) -> Institution:
    return Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)


def _store(institution: Institution, forms: Forms) -> int:
    """Write the forms that differ from those that stand; gives how many did."""
    stored = {(form.variant, form.case): form.text for form in institution.name_forms.all()}
    changed = 0
    for (variant, case), text in forms.items():
        tidy = " ".join(text.split())
        if tidy == stored.get((variant, case), ""):
            continue
        changed += 1
        if tidy:
            institution.name_forms.update_or_create(
                variant=variant, case=case, defaults={"text": tidy, **TYPED}
            )
        else:
            institution.name_forms.filter(variant=variant, case=case).delete()
    return changed


def _save_grammar(institution: Institution, grammar: Mapping[str, str]) -> list[str]:
    """Store gender and town forms; gives the fields that changed."""
    changed = [
        field
        for field in GRAMMAR_FIELDS
        if field in grammar and getattr(institution, field) != grammar[field]
    ]
    for field in changed:
        setattr(institution, field, grammar[field])
    institution.save(update_fields=changed)
    return changed


def _suggest_short_anew(institution: Institution) -> int:
    outdated = institution.name_forms.filter(
        variant=Variant.SHORT, origin=Origin.SUGGESTED, confirmed_at=None
    )
    outdated.delete()
    return add_suggestions(institution, Variant.SHORT)


def _suggest_gender(institution: Institution) -> None:
    suggested = suggest_all(institution.name)[Variant.FULL].gender
    if suggested:
        institution.gender = suggested
        institution.save(update_fields=["gender"])

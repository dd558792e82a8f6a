"""The verbs of an institution's names: suggest, save, confirm."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo, Stale
from institutions.grammar import Case, Variant
from institutions.models import Institution, User
from institutions.states import Origin, Verb
from institutions.versions import version_of

from .found_by import refresh_search_text
from .suggesting import (
    TOWN_FIELDS,
    add_suggestions,
    suggest_short_anew,
)

Forms = Mapping[tuple[str, str], str]
NOMINATIVE = (Variant.FULL.value, Case.NOM.value)
TYPED = {"origin": Origin.TYPED, "confirmed_by": None, "confirmed_at": None}
GRAMMAR_FIELDS = ("gender", *TOWN_FIELDS)


def names_version(institution: Institution) -> str:
    """A mark of the names as they stand; sent back as `seen`."""
    forms = institution.name_forms.order_by("variant", "case").values_list(
        "variant", "case", "text", "confirmed_at"
    )
    grammar = [getattr(institution, field) for field in GRAMMAR_FIELDS]
    return version_of([institution.name, *grammar, *(part for form in forms for part in form)])


@transaction.atomic
def suggest_name_forms(institution: Institution, *, by: User | None) -> int:
    """Fill the forms that are missing with suggestions, the town's too; gives how many. Changes
    no form that is there, and confirms nothing.
    """
    institution = _lock(institution)
    added = add_suggestions(institution)
    if added:
        refresh_search_text(institution)
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
    locative = institution.town_locative
    grammar_changed = _save_grammar(institution, grammar)
    typed = dict(forms) | {NOMINATIVE: institution.name}  # the nominative is the name itself
    changed = _store(institution, typed)
    if {"town_locative", "town_preposition"} & set(grammar_changed):
        changed += suggest_short_anew(institution, instead_of=locative)
    if changed or grammar_changed:
        refresh_search_text(institution)
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
    """Confirm every form that stands, once `forms` are stored, and the town's; gives how many
    forms of the name are new.

    A form confirmed earlier keeps who confirmed it and when; one that differs from what was sent,
    because it followed a change of the town, waits to be seen first. Refused without a
    grammatical gender, which the sentences of a letter agree with.
    """
    institution = _lock(institution)
    if forms is not None or seen:
        save_name_forms(institution, forms=forms or {}, by=by, seen=seen, **grammar)
        institution.refresh_from_db()
    if not institution.gender:
        raise CannotDo(_("Choose the grammatical gender of the name first."))
    _store(institution, {NOMINATIVE: institution.name})
    now = clock.now()
    confirmed = institution.name_forms.filter(
        pk__in=_seen_and_unconfirmed(institution, forms or {})
    ).update(confirmed_by=by, confirmed_at=now)
    town = _confirm_town(institution, by=by)
    if confirmed or town:
        refresh_search_text(institution)
        record(Verb.CONFIRM_NAME_FORMS, institution, by=by, confirmed=confirmed, town=town)
    return confirmed


def _seen_and_unconfirmed(institution: Institution, sent: Forms) -> list[int]:
    shown = {pair: " ".join(text.split()) for pair, text in sent.items() if pair != NOMINATIVE}
    return [
        form.pk
        for form in institution.name_forms.filter(confirmed_at=None)
        if shown.get((form.variant, form.case), form.text) == form.text
    ]


def _confirm_town(institution: Institution, *, by: User) -> bool:
    """Confirm the town's forms once both are there; gives whether they are newly confirmed."""
    complete = institution.town_genitive and institution.town_locative
    if institution.town_confirmed_at or not complete:
        return False
    institution.town_confirmed_by, institution.town_confirmed_at = by, clock.now()
    institution.save(update_fields=["town_confirmed_by", "town_confirmed_at"])
    return True


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
    """Store gender and town forms; gives the fields that changed. A changed form of the town
    takes its confirmation away.
    """
    changed = [
        field
        for field in GRAMMAR_FIELDS
        if field in grammar and getattr(institution, field) != grammar[field]
    ]
    for field in changed:
        setattr(institution, field, grammar[field])
    if set(TOWN_FIELDS) & set(changed):
        institution.town_confirmed_by = institution.town_confirmed_at = None
    institution.save(update_fields=[*changed, "town_confirmed_by", "town_confirmed_at"])
    return changed

"""Writing a plan: a few statements for all of its rows, one event for each institution."""

from collections.abc import Sequence

from certification.audit.services import record_each
from institutions.declension import suggest
from institutions.grammar import Variant
from institutions.models import Institution, NameForm, User
from institutions.services.found_by import refresh_search_texts
from institutions.services.suggesting import suggested_town, suggestions
from institutions.states import Origin, Verb

from .fields import WRITTEN
from .planned import Outcome, Plan, PlannedRow
from .standing import is_unit

_BATCH = 200  # rows a statement


def write(plan: Plan, *, by: User | None) -> None:
    """Write what is new and what changed, inside the transaction of the verb."""
    new, changed = plan.of(Outcome.NEW), plan.of(Outcome.CHANGED)
    _create([each.institution for each in new], by)
    _change(changed)
    NameForm.objects.bulk_create(
        [form for each in new for form in _suggested(each)], batch_size=_BATCH
    )
    NameForm.objects.bulk_create(
        [form for each in (*new, *changed) for form in _imported(each)],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["institution", "variant", "case"],
        update_fields=["text", "origin"],
    )
    refresh_search_texts([each.institution for each in (*new, *changed)])
    record_each(
        Verb.IMPORT_INSTITUTIONS,
        [
            *((each.institution, {"outcome": "created"}) for each in new),
            *((each.institution, {"outcome": "updated"}) for each in changed),
        ],
        by=by,
    )


def _create(institutions: Sequence[Institution], by: User | None) -> None:
    """Those that are no units first, for the units point at them."""
    for institution in institutions:
        institution.created_by = by
        institution.gender = suggest(institution.name).gender or ""
        if not institution.town_locative:
            given = (
                {"town_genitive": institution.town_genitive} if institution.town_genitive else {}
            )
            for field, text in (suggested_town(institution) | given).items():
                setattr(institution, field, text)
    for units in (False, True):
        wave = [one for one in institutions if is_unit(one) == units]
        for one in wave:
            one.parent = one.parent  # whose number is known by now
        Institution.objects.bulk_create(wave, batch_size=_BATCH)


def _change(changed: Sequence[PlannedRow]) -> None:
    fields = {change.field for each in changed for change in each.changes} & set(WRITTEN)
    if fields:
        Institution.objects.bulk_update(
            [each.institution for each in changed], sorted(fields), batch_size=_BATCH
        )


def _suggested(planned: PlannedRow) -> list[NameForm]:
    """Suggestions for a new institution, but for the forms that the file gives."""
    return [
        NameForm(
            institution=planned.institution,
            variant=variant,
            case=case,
            text=text,
            origin=Origin.SUGGESTED,
        )
        for (variant, case), text in suggestions(planned.institution).items()
        if variant != Variant.FULL or case not in planned.forms
    ]


def _imported(planned: PlannedRow) -> list[NameForm]:
    return [
        NameForm(
            institution=planned.institution,
            variant=Variant.FULL,
            case=case,
            text=text,
            origin=Origin.IMPORTED,
        )
        for case, text in planned.forms.items()
    ]

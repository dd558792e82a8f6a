"""From the values of a row to the fields of an institution, and what is said about each."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certification.finding import fold
from institutions.grammar import Case
from institutions.identifiers import Voivodeship, voivodeship_of
from institutions.import_files.columns import TITLES
from institutions.import_files.values import problem
from institutions.models import Institution, NameForm
from institutions.states import Origin

from .planned import Change, PlannedRow
from .standing import Standing

FIELDS = (
    *("name", "town", "voivodeship", "county", "teryt", "nip", "regon", "krs"),
    *("street", "postcode", "email", "edelivery"),
    *("town_genitive", "town_locative", "town_preposition"),
)
WRITTEN = (*FIELDS, "kind")
NUMBERS = ("nip", "regon", "krs")
REQUIRED = ("name", "town", "voivodeship")


def keep_identity(planned: PlannedRow, stored: dict[str, str]) -> None:
    """A file renames nobody, moves nobody to another town or parent, and unconfirms nothing.

    Such values are taken out of `stored`, and the row says so.
    """
    found = planned.institution
    name, town = stored.pop("name", ""), stored.pop("town", "")
    if name and fold(name) != fold(found.name):
        planned.remarks.append(
            _(
                "In the file the name is “%(name)s”. The name stays as it is: if the institution "
                "was renamed, change it on its page; if this is a unit of it, fill in the column "
                "“%(column)s”."
            )
            % {"name": name, "column": TITLES["parent"]}
        )
    if town and fold(town) != fold(found.town):
        planned.remarks.append(
            _("In the file the town is “%(town)s”. The town stays; change it on the page.")
            % {"town": town}
        )
    if found.town_confirmed_at or (town and fold(town) != fold(found.town)):
        for form in ("town_genitive", "town_locative", "town_preposition"):
            stored.pop(form, None)
    if planned.row["parent"] and found.parent_id is None:
        planned.remarks.append(_("On the list this is no unit, and it stays so."))


def take(planned: PlannedRow, stored: dict[str, str]) -> None:
    """Put the values into the institution. An empty cell erases nothing; a number that stands
    is not replaced by another. A new unit lies in the voivodeship of its institution.
    """
    institution, is_new = planned.institution, planned.found is None
    if is_new and institution.parent is not None:
        stored = {"voivodeship": institution.parent.voivodeship} | stored
    for field in FIELDS:
        before, after = ("" if is_new else getattr(institution, field)), stored.get(field, "")
        if not after or after == before:
            continue
        if field in NUMBERS and before:
            planned.problems.append(_another_number(field, before, after))
            continue
        setattr(institution, field, after)
        planned.changes.append(
            Change(field, label_of(field), shown(field, before), shown(field, after))
        )


def _another_number(field: str, before: str, after: str) -> str:
    return problem(
        field,
        _(
            "on the list this institution has %(before)s. If it is another one, correct the row; "
            "if the number changed, change it on its page."
        )
        % {"before": before},
        after,
    )


def label_of(field: str) -> str:
    label: Any = Institution._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    return str(label)


def shown(field: str, value: str) -> str:
    return str(Voivodeship(value).label) if field == "voivodeship" and value else value


def take_forms(planned: PlannedRow, standing: Standing) -> None:
    """Forms of the full name, where nobody typed or confirmed another."""
    given, institution = planned.row.name_forms, planned.institution
    if not given:
        return
    if fold(given.get(Case.NOM, planned.row["name"])) != fold(planned.row["name"]):
        planned.problems.append(_("The nominative among the forms is not the name itself."))
        return
    if fold(planned.row["name"]) != fold(institution.name):
        return  # they are forms of another name
    stored = standing.forms.get(institution.pk, {})
    different = {case: text for case, text in given.items() if _text(stored, case) != text}
    kept = [case for case in different if _is_kept(stored.get(case))]
    if kept:
        planned.remarks.append(
            _("Forms of the name that a person typed or confirmed stay: %(cases)s.")
            % {"cases": ", ".join(str(Case(case).label) for case in kept)}
        )
    planned.forms = {case: text for case, text in different.items() if case not in kept}
    for case, text in planned.forms.items():
        label = pgettext("form of a name", "name in the %(case)s") % {"case": Case(case).label}
        planned.changes.append(Change(case, label, _text(stored, case), text))


def _text(stored: dict[str, NameForm], case: str) -> str:
    return stored[case].text if case in stored else ""


def _is_kept(form: NameForm | None) -> bool:
    return form is not None and (form.is_confirmed or form.origin == Origin.TYPED)


def faults(planned: PlannedRow) -> list[str]:
    """What the institution lacks or has wrong, by column, in plain words."""
    institution = planned.institution
    missing = [field for field in REQUIRED if not getattr(institution, field)]
    found = [
        problem(field, _("this is missing.")) for field in missing if _not_said(planned, field)
    ]
    try:
        others = {field.name for field in Institution._meta.fields} - set(FIELDS) | set(missing)
        institution.clean_fields(exclude=others)
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            title = TITLES.get(field) or label_of(field)
            found.append(f"{title}: {' '.join(messages)}")
    teryt, region = institution.teryt, institution.voivodeship
    if not found and teryt and region and voivodeship_of(teryt) != region:
        lies_in = voivodeship_of(teryt).label
        why = _("this code lies in the voivodeship %(name)s. Correct one of the two.")
        found.append(problem("teryt", why % {"name": lies_in}, teryt))
    return found


def _not_said(planned: PlannedRow, field: str) -> bool:
    """Whether the column was empty, and not filled in wrongly, which is said already."""
    return not any(why.startswith(TITLES[field]) for why in planned.problems)

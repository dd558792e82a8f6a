"""Writing imported institutions. Running it again changes nothing that is the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import InstitutionKind
from institutions.declension import suggest
from institutions.grammar import Case, Variant
from institutions.identifiers import Voivodeship
from institutions.import_files import Row
from institutions.models import Institution, User
from institutions.states import Origin, Verb

from .names import add_suggestions

KIND_OF_TYPE = {
    "MOPS": "social_assistance",
    "MOPR": "social_assistance",
    "GOPS": "social_assistance",
    "OPS": "social_assistance",
    "jednostka MOPS": "social_assistance",
    "biblioteka": "library",
    "dom kultury": "culture_centre",
    "stowarzyszenie": "ngo",
}


@dataclass
class Report:
    """Names of institutions, by what became of them; `refused` with the reason."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


class Refused(Exception):
    """One row cannot be imported; its text says why."""


@transaction.atomic
def import_institutions(rows: Iterable[Row], *, by: User | None = None) -> Report:
    """Add or update institutions, found by name and town; a row that is wrong is left out.

    Name forms come in as imported and unconfirmed. A form that a person typed or confirmed
    is never replaced. Raises CannotDo when the kinds of institutions are not there yet.
    """
    writer = _Writer(by)
    for row in rows:
        try:
            with transaction.atomic():
                writer.write(row)
        except Refused as why:
            writer.report.refused.append((row.name or "?", str(why)))
    return writer.report


class _Writer:
    def __init__(self, by: User | None) -> None:
        self.by, self.report = by, Report()

    @cached_property
    def kinds(self) -> dict[str, InstitutionKind]:
        kinds = {kind.code: kind for kind in InstitutionKind.objects.all()}
        if missing := sorted(set(KIND_OF_TYPE.values()) - kinds.keys()):
            raise CannotDo(
                _(
                    "Kinds of institutions are missing from the catalogue: %(kinds)s. Import "
                    "the standards first: manage.py import_standards"
                )
                % {"kinds": ", ".join(missing)}
            )
        return kinds

    def write(self, row: Row) -> None:
        data = self._data(row)
        if not row.is_unit:
            self._put(row.name, data, row.name_forms)
            return
        if not row.parent_name:
            raise Refused(_("A unit needs its institution's name before a dash ( – )."))
        own = row.name_forms if row.name_forms.get(Case.NOM) == row.name else {}
        parent = self._put(row.parent_name, data, {} if own else row.name_forms, quiet=True)
        self._put(row.name, data | {"parent": parent}, own)

    def _data(self, row: Row) -> dict[str, object]:
        if row.type not in KIND_OF_TYPE:
            raise Refused(_("The type “%(type)s” is not known.") % {"type": row.type})
        by_label = {str(each.label): each for each in Voivodeship}
        if row.voivodeship not in by_label:
            raise Refused(_("“%(name)s” is not a voivodeship.") % {"name": row.voivodeship})
        return {
            "kind": self.kinds[KIND_OF_TYPE[row.type]],
            "town": row.town,
            "town_genitive": row.town_genitive,
            "town_locative": row.town_locative,
            "town_preposition": row.town_preposition,
            "teryt": row.teryt,
            "county": row.county,
            "voivodeship": by_label[row.voivodeship].value,
        }

    def _put(
        self, name: str, data: dict[str, object], forms: Mapping[str, str], *, quiet: bool = False
    ) -> Institution:
        """Add or update one institution. A parent that is unchanged is `quiet` in the report."""
        found = Institution.objects.filter(name=name, town=data["town"]).first()
        institution = found or Institution(name=name, created_by=self.by)
        changed = found is None or any(getattr(found, key) != data[key] for key in data)
        for key, value in data.items():
            setattr(institution, key, value)
        institution.gender = institution.gender or suggest(name).gender or ""
        _check(institution)
        if changed:
            institution.save()
        changed = bool(_put_forms(institution, forms)) or changed
        if institution.parent and not forms:
            changed = bool(add_suggestions(institution, Variant.FULL)) or changed
        self._note(institution, "updated" if found else "created", changed=changed, quiet=quiet)
        return institution

    def _note(self, institution: Institution, what: str, *, changed: bool, quiet: bool) -> None:
        if changed:
            record(Verb.IMPORT_INSTITUTIONS, institution, by=self.by, outcome=what)
        elif quiet:
            return
        getattr(self.report, what if changed else "unchanged").append(institution.name)


def _check(institution: Institution) -> None:
    try:
        institution.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _put_forms(institution: Institution, forms: Mapping[str, str]) -> int:
    """Store the full name's forms where nobody typed or confirmed another."""
    if forms and forms.get(Case.NOM, institution.name) != institution.name:
        raise Refused(_("The nominative among the forms is not the name itself."))
    stored = {form.case: form for form in institution.name_forms.filter(variant=Variant.FULL)}
    written = 0
    for case, text in forms.items():
        there = stored.get(case)
        kept = there and (there.text == text or there.is_confirmed or there.origin == Origin.TYPED)
        if not kept:
            institution.name_forms.update_or_create(
                variant=Variant.FULL, case=case, defaults={"text": text, "origin": Origin.IMPORTED}
            )
            written += 1
    return written

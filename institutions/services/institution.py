"""The verbs of an institution: add it, change its data."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo, Stale
from institutions.models import Institution, User
from institutions.states import Verb
from institutions.versions import version_of

from .found_by import refresh_search_text
from .suggesting import add_suggestions, suggest_town_anew

CONTACT_FIELDS = ("street", "postcode", "email", "edelivery")
DATA_FIELDS = (
    *("kind", "nip", "regon", "krs", "teryt"),
    *("town", "county", "voivodeship", *CONTACT_FIELDS, "evidence_quota"),
)


def data_version(institution: Institution) -> str:
    """A mark of the data as they stand; sent back as `seen`."""
    return version_of(getattr(institution, field) for field in DATA_FIELDS)


@transaction.atomic
def create_institution(
    *, by: User | None, parent: Institution | None = None, **data: Any
) -> Institution:
    """Add an institution with a name and DATA_FIELDS, or a unit of `parent`, and suggest its
    name forms and its town's.
    """
    institution = Institution(parent=parent, created_by=by, **data)
    save_once(institution)
    add_suggestions(institution)
    refresh_search_text(institution)
    record(Verb.CREATE_INSTITUTION, institution, by=by, unit=parent is not None)
    return institution


@transaction.atomic
def change_institution(
    institution: Institution, *, by: User | None, seen: str = "", **data: Any
) -> Institution:
    """Change any of DATA_FIELDS; the name has a verb of its own. A new town makes its forms need
    confirming again.

    Raises Stale when `seen` is not the version that stands.
    """
    locked = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
    if seen and seen != data_version(locked):
        raise Stale(locked)
    changed = [field for field, value in data.items() if getattr(locked, field) != value]
    if not changed:
        return locked
    for field in changed:
        setattr(locked, field, data[field])
    save_once(locked, update_fields=changed)
    if "town" in changed:
        suggest_town_anew(locked)
    refresh_search_text(locked)
    record(Verb.CHANGE_INSTITUTION, locked, by=by, fields=", ".join(sorted(changed)))
    return locked


def change_contact(
    institution: Institution, *, by: User, seen: str = "", **contact: str
) -> Institution:
    """What a custodian may change of their own institution: CONTACT_FIELDS and nothing else."""
    only = {field: value for field, value in contact.items() if field in CONTACT_FIELDS}
    return change_institution(institution, by=by, seen=seen, **only)


def save_once(institution: Institution, **options: Any) -> None:
    """Save; a duplicate that slipped past the form's own check is a refusal, not a crash."""
    try:
        with transaction.atomic():
            institution.save(**options)
    except IntegrityError as error:
        raise CannotDo(
            _(
                "An institution with this NIP, REGON, or name in this town has just been added "
                "by somebody else. Look for it on the list."
            )
        ) from error

"""The verb that makes an institution a unit of another, or of none."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.errors import CannotDo
from institutions.models import Institution, User
from institutions.states import Verb


@transaction.atomic
def change_parent(institution: Institution, *, parent: Institution | None, by: User) -> Institution:
    """Make it a unit of `parent`, or, with None, an institution of its own.

    Refused where it would make more than two levels, or where the NIP says otherwise: a unit may
    share its own institution's NIP and nobody else's.
    """
    ids = sorted({institution.pk, *([parent.pk] if parent else [])})
    rows = {
        row.pk: row
        for row in Institution.objects.select_for_update(of=("self",))
        .order_by("pk")
        .filter(pk__in=ids)
    }
    unit = rows[institution.pk]
    above = rows[parent.pk] if parent else None
    if unit.parent_id == (above.pk if above else None):
        return unit
    if reason := why_not_unit_of(unit, above):
        raise CannotDo(reason)
    unit.parent = above
    unit.save(update_fields=["parent"])
    record(Verb.CHANGE_PARENT, unit, by=by, parent=above.pk if above else None)
    return unit


def why_not_unit_of(unit: Institution, parent: Institution | None) -> str:
    """What stands against it, in a sentence for the person, or ''."""
    if parent == unit:
        return _("An institution cannot be a unit of itself. Choose another one.")
    if parent and parent.parent_id:
        return _("%(name)s is a unit itself. Choose the institution it belongs to.") % {
            "name": parent.name
        }
    if parent and unit.units.exists():
        return _("%(name)s has units of its own, so it cannot be a unit. Move its units first.") % {
            "name": unit.name
        }
    if other := nip_holder(unit.nip, unit, parent):
        return _(
            "The NIP of this institution belongs to %(name)s (%(town)s). Correct the NIP first."
        ) % {"name": other.name, "town": other.town}
    return ""


def nip_holder(
    nip: str, institution: Institution, parent: Institution | None
) -> Institution | None:
    """Whose NIP this is already, when `institution` may not have it too."""
    if not nip:
        return None
    own = [one.pk for one in (institution, parent) if one and one.pk]
    return Institution.objects.filter(nip=nip, parent=None).exclude(pk__in=own).first()

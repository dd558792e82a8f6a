"""The verb that gives an institution another name."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo, Stale
from institutions.models import FormerName, Institution, User
from institutions.states import Verb

from .found_by import refresh_search_text
from .institution import save_once
from .suggesting import suggest_name_anew


@transaction.atomic
def rename_institution(
    institution: Institution,
    *,
    name: str,
    by: User,
    since: date | None = None,
    basis: str = "",
    seen: str = "",
) -> Institution:
    """Correct a mistake in the name, or, with `since`, give a new one that holds from that day.

    A new name leaves the former one on the list of former names, through the day before, with
    the `basis` of the change. Either way the forms are suggested anew and wait for a person.
    Issued documents keep what they copied. `seen` is the name that the page showed; Stale when
    another stands now.
    """
    locked = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
    tidy = " ".join(name.split())
    if seen and seen != locked.name:
        raise Stale(locked)
    if not tidy or tidy == locked.name:
        raise CannotDo(_("This is the name that stands already. Type the new one."))
    if since:
        _keep_former(locked, since=since, basis=basis, by=by)
    locked.name = tidy
    save_once(locked, update_fields=["name"])
    suggest_name_anew(locked, keep_short_names=since is None)
    refresh_search_text(locked)
    facts = {"since": since.isoformat()} if since else {"correction": True}
    record(Verb.RENAME_INSTITUTION, locked, by=by, **facts)
    return locked


def _keep_former(institution: Institution, *, since: date, basis: str, by: User) -> None:
    """List the present name as a former one. Names follow one another without overlapping."""
    if since > clock.today():
        raise CannotDo(
            _("The new name does not hold yet. Enter it on %(day)s or later.")
            % {"day": date_format(since, "j E Y")}
        )
    last = institution.former_names.order_by("-used_until").first()
    if last and since <= last.used_until + timedelta(days=1):
        raise CannotDo(
            _("The name before was used until %(day)s, so this one must begin later than that.")
            % {"day": date_format(last.used_until, "j E Y")}
        )
    FormerName.objects.create(
        institution=institution,
        name=institution.name,
        used_until=since - timedelta(days=1),
        basis=" ".join(basis.split()),
        recorded_by=by,
    )

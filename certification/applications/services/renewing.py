"""Saying that an answer taken over is still true."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, Carried
from certification.applications.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.models import Criterion
from institutions.models import User


@transaction.atomic
def confirm_answers(
    application: Application, *, by: User, criteria: Collection[Criterion]
) -> list[str]:
    """Confirm the answers to these criteria as they stand; gives the codes that were confirmed.

    What was confirmed already, or written anew, is left as it is. An answer that lacks a
    self-rating cannot be confirmed: it must be given first.
    """
    locked = Application.objects.with_names().select_for_update(of=("self",)).get(pk=application.pk)
    if not locked.is_editable:
        raise TransitionNotAllowed(Verb.CONFIRM, locked.state)
    waiting = _waiting(locked, criteria)
    incomplete = [row.answer.criterion.code for row in waiting if not row.answer.is_complete]
    if incomplete:
        raise CannotDo(
            _("These answers need a text and a self-rating before they can be confirmed: %(codes)s")
            % {"codes": ", ".join(incomplete)}
        )
    for row in waiting:
        row.confirmed_by, row.confirmed_at = by, clock.now()
    Carried.objects.bulk_update(waiting, ["confirmed_by", "confirmed_at"])
    codes = [row.answer.criterion.code for row in waiting]
    if codes:
        record(Verb.CONFIRM, locked, by=by, case=locked, criteria=", ".join(codes))
    return codes


def _waiting(application: Application, criteria: Collection[Criterion]) -> list[Carried]:
    rows = Carried.objects.filter(
        answer__application=application,
        answer__criterion__in=application.unlocked().filter(pk__in=[each.pk for each in criteria]),
    ).select_related("answer__criterion__standard__area")
    ordered = rows.order_by("answer__criterion")
    return [row for row in ordered if row.answer.is_to_confirm]

"""A conflict of interest closes a case to a person."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification.applications import access
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo
from institutions.models import User


@transaction.atomic
def declare_conflict(
    application: Application,
    *,
    user: User,
    by: User,
    ground: ConflictDeclaration.Ground,
    note: str = "",
) -> ConflictDeclaration:
    """Record that `user` must stay away from the case; it closes to them at once, for good.

    The layers above end what the person was doing there, in the same transaction, through
    `access.on_conflict`.
    """
    Application.objects.select_for_update().get(pk=application.pk)
    if application.conflicts.filter(user=user).exists():
        raise CannotDo(
            _("A conflict of interest of %(person)s is recorded in this case already.")
            % {"person": user}
        )
    declaration = ConflictDeclaration.objects.create(
        application=application, user=user, ground=ground, note=note, declared_by=by
    )
    record(
        Verb.DECLARE_CONFLICT,
        declaration,
        by=by,
        case=application,
        user=user.pk,
        ground=str(ground),
    )
    access.announce_conflict(application, user=user, by=by)
    return declaration

"""A conflict of interest closes a case to a person."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications import access
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
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
    _lock(application)
    if application.conflicts.filter(user=user).exists():
        raise CannotDo(
            _("A conflict of interest of %(person)s is recorded in this case already.")
            % {"person": user}
        )
    return _record(application, user=user, by=by, ground=ground, note=note)


@transaction.atomic
def note_found_conflict(
    application: Application, *, user: User, ground: ConflictDeclaration.Ground, note: str
) -> ConflictDeclaration | None:
    """Record what the program found out, once: the case is closed to the person already."""
    _lock(application)
    if application.conflicts.filter(user=user).exists():
        return None
    return _record(application, user=user, by=None, ground=ground, note=note)


@transaction.atomic
def review_conflict(
    declaration: ConflictDeclaration, *, by: User, note: str
) -> ConflictDeclaration:
    """Say what follows from what the person had done in the case before the conflict was known."""
    if not note.strip():
        raise CannotDo(_("Write what follows, even if it is nothing."))
    _lock(declaration.application)
    waiting = ConflictDeclaration.objects.filter(pk=declaration.pk, reviewed_at=None)
    if not waiting.update(reviewed_by=by, reviewed_at=clock.now(), review_note=note.strip()):
        raise TransitionNotAllowed(Verb.REVIEW_CONFLICT, declaration.application.state)
    declaration.refresh_from_db()
    record(Verb.REVIEW_CONFLICT, declaration, by=by, case=declaration.application)
    return declaration


def _lock(application: Application) -> None:
    Application.objects.select_for_update().get(pk=application.pk)


def _record(
    application: Application,
    *,
    user: User,
    by: User | None,
    ground: ConflictDeclaration.Ground,
    note: str,
) -> ConflictDeclaration:
    source = ConflictDeclaration.Source
    said = source.PROGRAM if by is None else source.PERSON if by == user else source.OFFICE
    declaration = ConflictDeclaration.objects.create(
        application=application, user=user, ground=ground, note=note, declared_by=by, source=said
    )
    record(
        Verb.DECLARE_CONFLICT,
        declaration,
        by=by,
        case=application,
        user=user.pk,
        ground=str(ground),
        source=str(said),
    )
    access.announce_conflict(application, user=user, by=by)
    return declaration

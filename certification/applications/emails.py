"""Messages about where an application stands: one function a message.

`MESSAGES` says which move is told to whom, and `services.move` calls them in its transaction, so
that no verb can move a case in silence. They say what happened and lead to the case: reasons and
texts stay behind the sign-in.
"""

from collections.abc import Callable
from typing import Any

from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices import notify
from institutions.states import Role

from .models import Application
from .recipients import custodians_of, office_of, staff_of, writers_of
from .states import Verb

Message = Callable[[Application, User], None]


def tell(verb: Verb, application: Application, *, by: User) -> None:
    """Write every message about this move, inside its transaction."""
    for message in MESSAGES.get(verb, ()):
        message(application, by)


def register(verb: Verb, message: Message) -> None:
    """Add what a layer above tells of a move, to people whom only it knows. When it starts."""
    MESSAGES[verb] = (*MESSAGES.get(verb, ()), message)


def submitted(application: Application, by: User) -> None:
    _to_staff(office_of(application), "application_submitted", application)


def submission_receipt(application: Application, by: User) -> None:
    _receipt("application_receipt", application)


def taken_up(application: Application, by: User) -> None:
    _to_writers("application_taken_up", application, kind=Kind.PROGRESS)


def accepted(application: Application, by: User) -> None:
    _to_writers("application_accepted", application, kind=Kind.PROGRESS)


def completion_requested(application: Application, by: User) -> None:
    if request := application.open_completion():
        _to_writers("completion_requested", application, kind=Kind.COMPLETION, request=request)


def completed(application: Application, by: User) -> None:
    _to_staff(_at_work_on(application), "application_completed", application)


def completion_receipt(application: Application, by: User) -> None:
    _receipt("completion_receipt", application)


def extension_asked(application: Application) -> None:
    request = application.open_completion()
    _to_staff(office_of(application), "extension_asked", application, request=request)


def extension_granted(application: Application) -> None:
    request = application.open_completion()
    _to_writers("extension_granted", application, kind=Kind.COMPLETION, request=request)


def extension_refused(application: Application) -> None:
    request = application.open_completion()
    _to_writers("extension_refused", application, kind=Kind.COMPLETION, request=request)


def lapsed(application: Application, by: User) -> None:
    _to_writers("application_lapsed", application, kind=Kind.OUTCOME)


def withdrawn(application: Application, by: User) -> None:
    others = [person for person in _at_work_on(application) if person != by]
    _to_staff(others, "application_withdrawn", application)


def _at_work_on(application: Application) -> list[User]:
    """The office, and the assessors to whom the case is open."""
    return [*office_of(application), *staff_of(application, Role.ASSESSOR)]


def withdrawal_receipt(application: Application, by: User) -> None:
    _to(custodians_of(application), "withdrawal_receipt", application, kind=Kind.RECEIPT)


def referred(application: Application, by: User) -> None:
    _to_writers("application_referred", application, kind=Kind.PROGRESS)


def before_committee(application: Application, by: User) -> None:
    chairs = staff_of(application, Role.COMMITTEE_CHAIR)
    _to_staff(chairs, "case_before_committee", application)


def granted(application: Application, by: User) -> None:
    _to_writers("certificate_granted", application, kind=Kind.OUTCOME)


def before_board(application: Application, by: User) -> None:
    board = staff_of(application, Role.BOARD_MEMBER, Role.RESPONSIBLE_BOARD_MEMBER)
    _to_staff(board, "case_before_board", application)


def refused(application: Application, by: User) -> None:
    _to_writers("certificate_refused", application, kind=Kind.OUTCOME)


def issued(application: Application, by: User) -> None:
    _to_writers("certificate_issued", application, kind=Kind.OUTCOME)


MESSAGES: dict[Verb, tuple[Message, ...]] = {
    Verb.SUBMIT: (submitted, submission_receipt),
    Verb.TAKE_UP: (taken_up,),
    Verb.ACCEPT: (accepted,),
    Verb.REQUEST_COMPLETION: (completion_requested,),
    Verb.COMPLETE: (completed, completion_receipt),
    Verb.LAPSE: (lapsed,),
    Verb.WITHDRAW: (withdrawn, withdrawal_receipt),
    Verb.REFER: (referred, before_committee),
    Verb.GRANT: (granted, before_board),
    Verb.REFUSE: (refused,),
    Verb.CERTIFY: (issued,),
}


def _receipt(name: str, application: Application) -> None:
    """What was handed in, by number and by the hash that names every word and file of it."""
    if dossier := application.dossiers.last():
        _to(custodians_of(application), name, application, kind=Kind.RECEIPT, dossier=dossier)


def _to_writers(name: str, application: Application, *, kind: Kind, **context: Any) -> None:
    _to(writers_of(application), name, application, kind=kind, **context)


def _to_staff(people: Any, name: str, application: Application, **context: Any) -> None:
    _to(people, name, application, kind=Kind.WORK, **context)


def _to(people: Any, name: str, application: Application, *, kind: Kind, **context: Any) -> None:
    notify(
        people,
        name,
        kind=kind,
        about=application,
        url=application.get_absolute_url(),
        application=application,
        **context,
    )

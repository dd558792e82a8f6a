"""The institution completes its application; its deadline moves, or the case ends."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications import emails
from certification.applications.models import Application, CompletionRequest, Extension
from certification.applications.states import State, Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.working_days import add_working_days
from institutions.models import User

from .formal_check import begin_check
from .moving import locked_for, move
from .submitting import check_files, freeze, refuse_incomplete


def complete(
    application: Application, *, by: User, answer: str = "", arrived_at: datetime | None = None
) -> Application:
    """Answer the open request: freeze the next dossier, go back to where it was asked.

    Late answers are taken until the case has lapsed; `arrived_at` says whether it was late.
    """
    arrived_at = arrived_at or clock.now()
    checked = check_files(application)
    with transaction.atomic():
        locked = locked_for(application, Verb.COMPLETE)
        refuse_incomplete(locked)
        request = _open_request(locked)
        request.answer, request.answered_by, request.answered_at = answer.strip(), by, arrived_at
        request.save(update_fields=["answer", "answered_by", "answered_at"])
        dossier = freeze(locked, by=by, checked=checked)
        if request.asked_in == State.FORMAL_CHECK:
            begin_check(locked)
        return move(
            application,
            Verb.COMPLETE,
            by=by,
            to=State(request.asked_in),
            dossier=dossier.number,
            sha256=dossier.sha256,
            late=request.was_late,
        )


def _open_request(locked: Application) -> CompletionRequest:
    return locked.completion_requests.select_for_update().get(answered_at=None)


def _locked_request(application: Application, verb: Verb) -> CompletionRequest:
    """The request that waits for an answer, with the case locked before it, as everywhere."""
    locked = Application.objects.with_names().select_for_update(of=("self",)).get(pk=application.pk)
    if locked.state != State.COMPLETION:
        raise TransitionNotAllowed(verb, locked.state)
    request = _open_request(locked)
    request.application = locked
    return request


@transaction.atomic
def ask_extension(application: Application, *, by: User, wish: str) -> Extension:
    """Ask the office for more time, before the deadline or after it."""
    request = _locked_request(application, Verb.ASK_EXTENSION)
    if not wish.strip():
        raise CannotDo(_("Write why you need more time."))
    if request.extensions.filter(decided_at=None).exists():
        raise CannotDo(_("You have asked for more time already. The office will answer."))
    extension = Extension.objects.create(
        request=request,
        wish=wish.strip(),
        asked_by=by,
        asked_at=clock.now(),
        deadline_before=request.deadline,
    )
    record(Verb.ASK_EXTENSION, extension, by=by, case=request.application)
    emails.extension_asked(request.application)
    return extension


@transaction.atomic
def extend(application: Application, *, by: User, working_days: int, reason: str) -> Extension:
    """Give so many working days more, counted from the deadline, or from today if it is over.

    Answers what the institution asked for, or gives time unasked.
    """
    request = _locked_request(application, Verb.EXTEND)
    if working_days < 1:
        raise CannotDo(_("The deadline must be a day to come."))
    extension = _decide(request, Extension.Outcome.GRANTED, by=by, reason=reason)
    start = max(request.deadline, clock.today())
    extension.deadline_after = add_working_days(start, working_days)
    extension.save()
    request.deadline = extension.deadline_after
    request.save(update_fields=["deadline"])
    record(
        Verb.EXTEND,
        extension,
        by=by,
        case=request.application,
        deadline=request.deadline.isoformat(),
    )
    emails.extension_granted(request.application)
    return extension


@transaction.atomic
def refuse_extension(application: Application, *, by: User, reason: str) -> Extension:
    """Leave the deadline as it is; the institution learns why."""
    request = _locked_request(application, Verb.REFUSE_EXTENSION)
    if not request.extensions.filter(decided_at=None).exists():
        raise CannotDo(_("Nobody waits for an answer about more time."))
    extension = _decide(request, Extension.Outcome.REFUSED, by=by, reason=reason)
    extension.save()
    record(Verb.REFUSE_EXTENSION, extension, by=by, case=request.application)
    emails.extension_refused(request.application)
    return extension


def _decide(
    request: CompletionRequest, outcome: Extension.Outcome, *, by: User, reason: str
) -> Extension:
    """What the institution asked for, or a new row, with the decision filled in, not saved."""
    if not reason.strip():
        raise CannotDo(_("Write the reason: the institution will read it."))
    asked = request.extensions.select_for_update().filter(decided_at=None).first()
    extension = asked or Extension(request=request)
    extension.deadline_before = request.deadline
    extension.outcome, extension.reason = outcome, reason.strip()
    extension.decided_by, extension.decided_at = by, clock.now()
    return extension


@transaction.atomic
def lapse(application: Application, *, by: User, note: str = "") -> Application:
    """Leave unexamined what was not completed: the deadline and the days of grace are over.

    Refused while the institution waits for an answer about more time. What was saved stays.
    """
    request = _locked_request(application, Verb.LAPSE)
    if not request.may_lapse_at(clock.now()):
        raise CannotDo(
            _("Wait until %(day)s: an answer that comes late is still taken until then.")
            % {"day": f"{request.grace_until:%d.%m.%Y}"}
        )
    if request.extensions.filter(decided_at=None).exists():
        raise CannotDo(_("The institution asked for more time. Answer that first."))
    locked = request.application
    locked.end_note = note.strip()
    locked.save(update_fields=["end_note"])
    return move(application, Verb.LAPSE, by=by, grace=settings.COMPLETION_GRACE_WORKING_DAYS)

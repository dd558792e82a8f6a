"""Starting, pausing, resuming and cancelling print runs; the worker does the rest (working.py)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import clock
from certification.applications.models import Application
from certification.audit.services import record
from certification.certificates.models import Certificate
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.models import User

from .choosing import letters_to
from .models import Printer, PrintItem, PrintRun
from .planning import plan, printed_before
from .states import TRANSITIONS, ItemState, State, Verb

MOST = 2000  # certificates, and letters without one, in one run


@transaction.atomic
def start_run(
    *,
    by: User,
    certificates: Iterable[int] = (),
    letters: Iterable[int] = (),
    printer: Printer | None = None,
    skip_printed: bool = False,
    **options: Any,
) -> PrintRun:
    """Start a run of the certificates and letters of refused cases with these keys.

    `options` are fields of PrintRun. Certificates of cases closed to `by` are left out and counted.
    Raises CannotDo when nothing is left to print, when it is too much, or when something was
    printed before and no reason is given.
    """
    wanted, wanted_letters = set(certificates), set(letters)
    if len(wanted) + len(wanted_letters) > MOST:
        raise CannotDo(
            _("One run holds %(most)s certificates and letters at most. Choose fewer.")
            % {"most": MOST}
        )
    chosen = Certificate.objects.visible_to(by).filter(pk__in=wanted)
    open_to_them = chosen.filter(application__in=Application.objects.open_to_staff(by))
    keys = list(open_to_them.values_list("pk", flat=True))
    refusals = list(letters_to(by).filter(pk__in=wanted_letters).values_list("pk", flat=True))
    run = PrintRun(created_by=by, started_by=by, left_out=chosen.count() - len(keys), **options)
    run.created_at = run.started_at = clock.now()
    if printer:
        run.printer_name, run.moves_all = printer.name, printer.moves_all
        run.right, run.down = printer.right, printer.down
    items = plan(run, keys, refusals, skip_printed=skip_printed)
    _check(run, items)
    run.save(force_insert=True)
    PrintItem.objects.bulk_create(items, batch_size=500)
    record(Verb.START, run, by=by, certificates=len(keys), letters=len(refusals), items=len(items))
    return run


def _check(run: PrintRun, items: list[PrintItem]) -> None:
    if not items:
        raise CannotDo(
            _(
                "There is nothing to print: choose certificates or letters, and what of them is to "
                "be printed."
            )
        )
    again = printed_before(items)
    if again and not run.reprint_reason.strip():
        raise CannotDo(
            ngettext(
                "%(count)s of these documents was printed before. Say why it is printed again, "
                "or leave out what was printed.",
                "%(count)s of these documents were printed before. Say why they are printed "
                "again, or leave out what was printed.",
                again,
            )
            % {"count": again}
        )


@transaction.atomic
def pause_run(run: PrintRun, *, by: User) -> PrintRun:
    """Stop after the document that is being prepared; nothing that is ready is lost."""
    return _moved(run, Verb.PAUSE, by=by, **FREE)


@transaction.atomic
def resume_run(run: PrintRun, *, by: User) -> PrintRun:
    """Go on, on behalf of `by` from now on."""
    return _moved(run, Verb.RESUME, by=by, started_by=by, started_at=clock.now())


@transaction.atomic
def cancel_run(run: PrintRun, *, by: User) -> PrintRun:
    """End a run that is not ready. What an earlier file of it holds stays printed."""
    return _moved(run, Verb.CANCEL, by=by, ended_at=clock.now(), bound=0, **FREE)


@transaction.atomic
def complete_run(run: PrintRun, *, by: User) -> PrintRun:
    """Try what is missing once more, on behalf of `by`; it comes in a file of its own."""
    moved = _moved(
        run,
        Verb.COMPLETE,
        by=by,
        started_by=by,
        started_at=clock.now(),
        ended_at=None,
        bound=0,
    )
    gaps = moved.items.filter(state=ItemState.GAP)
    gaps.update(state=ItemState.WAITING, trouble="")
    return moved


FREE: dict[str, Any] = {"holder": "", "held_until": None}


def _moved(run: PrintRun, verb: Verb, *, by: User, **fields: Any) -> PrintRun:
    """Make one move of TRANSITIONS and journal it; TransitionNotAllowed where it leads nowhere."""
    sources, target = TRANSITIONS[verb]
    move(run, verb, sources, target, **fields)
    record(verb, run, by=by)
    return PrintRun.objects.get(pk=run.pk)


def move(
    run: PrintRun,
    verb: Verb,
    sources: Iterable[State],
    target: State,
    *,
    by_holder: str = "",
    **fields: Any,
) -> None:
    """Write the state of a run, by compare-and-swap; the only writer of it.

    `by_holder` says that only the worker that holds the run may. Raises TransitionNotAllowed.
    """
    rows = PrintRun.objects.filter(pk=run.pk, state__in=list(sources))
    if by_holder:
        rows = rows.filter(holder=by_holder)
    if not rows.update(state=target, **fields):
        raise TransitionNotAllowed(verb, run.state)


@transaction.atomic
def save_printer(
    printer: Printer, *, by: User, name: str, right: Decimal, down: Decimal, moves_all: bool
) -> Printer:
    """Save a printer's settings, new or changed; runs that have started keep theirs."""
    printer.name, printer.right, printer.down = name, right, down
    printer.moves_all, printer.saved_by, printer.saved_at = moves_all, by, clock.now()
    printer.save()
    record(Verb.SAVE_PRINTER, printer, by=by, right=str(right), down=str(down))
    return printer

"""The last step of a run: its file, where each document is in it, who had it printed, the end."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from certification import clock
from certification.audit.services import record, record_each
from certification.documents.models import StoredDocument

from .holding import Held, Lost
from .models import PrintFile, Printing, PrintItem, PrintRun
from .services import FREE, move
from .states import ItemState, State, Verb

# said of a copy where two runs, started at about the same time, hold the same document
AT_THE_SAME_TIME = "przygotowany równocześnie w dwóch wydrukach"

Placed = list[tuple[int, int | None, int]]  # key of an item, its first page, how many pages


@transaction.atomic
def finish(held: Held, file: PrintFile | None, placed: Placed) -> None:
    """End the run in one transaction, or not at all. Raises Lost where it is another's by now."""
    run = PrintRun.objects.select_for_update().get(pk=held.run.pk)
    if run.holder != held.holder or run.state != State.WORKING:
        raise Lost
    if file:
        file.save(force_insert=True)
        _place(run, file, placed)
        _print(run, file)
    gaps = run.items.filter(state=ItemState.GAP).count()
    target = State.GAPS if gaps else State.DONE
    move(
        run,
        Verb.FINISH,
        [State.WORKING],
        target,
        by_holder=held.holder,
        ended_at=clock.now(),
        **FREE,
    )
    record(Verb.FINISH, run, by=None, documents=len(placed), missing=gaps)


def _place(run: PrintRun, file: PrintFile, placed: Placed) -> None:
    items = [
        PrintItem(pk=pk, file=file, first_page=first, pages=pages) for pk, first, pages in placed
    ]
    PrintItem.objects.bulk_update(items, ["file", "first_page", "pages"], batch_size=200)


def _print(run: PrintRun, file: PrintFile) -> None:
    """Each stored document of the file: its first print, or a copy with the same bytes."""
    items: Any = file.items.filter(document__isnull=False)  # type: ignore[attr-defined]
    documents = StoredDocument.objects.filter(pk__in=items.values("document")).order_by("pk")
    list(documents.select_for_update().values_list("pk", flat=True))  # one run counts at a time
    counted = documents.annotate(last=Max("printings__number"))
    earlier = dict(counted.values_list("pk", "last"))
    printings = [
        Printing(
            document_id=item.document_id,
            run=run,
            number=(earlier[item.document_id] or 0) + 1,
            reason=(run.reprint_reason or AT_THE_SAME_TIME) if earlier[item.document_id] else "",
            printed_by=run.started_by,
            printed_at=file.made_at,
        )
        for item in items
    ]
    Printing.objects.bulk_create(printings, batch_size=500)
    numbers = {printing.document_id: printing.number for printing in printings}
    told = [
        (item.about, {"run": run.pk, "kind": item.kind, "print": numbers[item.document_id]})
        for item in items.select_related("certificate", "letter")
    ]
    record_each(Verb.PRINT, told, by=run.started_by)

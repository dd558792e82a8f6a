"""Putting what is ready into one file, and saying of each document that it was printed.

The file is written to its end under a name that no row knows; the row comes with everything else in
one transaction. Killed before it, the worker leaves a file without a row, which a chore removes.
"""

import hashlib
import uuid
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import override

from certification import clock
from certification.documents.binding import Binder
from certification.documents.mailing import LABELS, Address, render_envelope, render_label_sheet
from certification.documents.models import Issuer
from certification.documents.services import open_verified
from institutions.uploads.names import display_name

from .addresses import address_of
from .holding import Held
from .models import PrintFile, PrintItem, PrintRun
from .recipients import Recipients, csv_of, printed_lists, workbook_of
from .recording import finish
from .states import ItemState, Kind, Output, Trouble
from .troubles import EXPECTED, trouble_of

FOLDER = "print-runs"
AT_ONCE = 50  # items read at a time
TOLD_EACH = 10  # items, after which the run says how far it is
PDF, ZIP = "application/pdf", "application/zip"
FOLDERS = {Kind.CERTIFICATE: "certyfikaty", Kind.LETTER: "listy", Kind.ENVELOPE: "koperty"}


class Spoiled(Exception):
    """A document that was whole a moment ago is not any more."""

    def __init__(self, item: PrintItem, trouble: Trouble) -> None:
        self.item, self.trouble = item, trouble


@override("pl")
def make_file(held: Held) -> None:
    """Make the file of all that is ready and in no file yet, and end the run. Raises Lost."""
    _close_to_maker(held)
    while True:
        held.alive(bound=0)
        try:
            _make(held)
        except Spoiled as spoiled:
            held.settle(spoiled.item, state=ItemState.GAP, trouble=spoiled.trouble, pages=0)
        else:
            return


def _close_to_maker(held: Held) -> None:
    """What was closed to the maker after it had been proved stays out."""
    for item in ready(held.run):
        if item.pk not in held.open:
            held.settle(item, state=ItemState.GAP, trouble=Trouble.BARRED, pages=0)


def ready(run: PrintRun) -> Iterator[PrintItem]:
    """What is proved and in no file yet, in its order, a few at a time."""
    items = run.items.filter(state=ItemState.READY, file=None).select_related(
        "document", "letter__application__institution__kind", "certificate__institution__kind"
    )
    last = 0
    while found := list(items.filter(position__gt=last)[:AT_ONCE]):
        yield from found
        last = found[-1].position


def _make(held: Held) -> None:
    run = held.run
    with TemporaryFile() as out:
        maker = (Zipped if run.output == Output.ZIP else Bound)(run, out)
        for count, item in enumerate(ready(run), start=1):
            maker.add(item)
            if count % TOLD_EACH == 0:
                held.alive(bound=count)
        if not maker.placed:
            finish(held, None, [])
            return
        maker.end()
        held.alive(bound=len(maker.placed))
        finish(held, _kept(run, maker, out), maker.placed)


def _kept(run: PrintRun, maker: "Maker", out: IO[bytes]) -> PrintFile:
    """Keep the finished file; its row is not saved yet."""
    extension = run.output
    size = out.seek(0, 2)
    out.seek(0)
    digest = hashlib.file_digest(out, "sha256").hexdigest()  # type: ignore[arg-type]
    out.seek(0)
    name = default_storage.save(f"{FOLDER}/{uuid.uuid4()}.{extension}", File(out))
    number = run.files.count() + 1
    supplement = f" – uzupełnienie {number - 1}" if number > 1 else ""
    return PrintFile(
        run=run,
        number=number,
        file=name,
        filename=display_name(f"{_flat(run.title)}{supplement}.{extension}")[:150],
        content_type=ZIP if run.output == Output.ZIP else PDF,
        size=size,
        sha256=digest,
        pages=maker.pages,
        made_at=clock.now(),
    )


class Maker:
    """What both kinds of file have in common: items come one by one, sheets and lists last."""

    pages = 0

    def __init__(self, run: PrintRun) -> None:
        self.run, self.placed = run, []  # type: tuple[PrintRun, list[tuple[int, int | None, int]]]
        self.issuer, self.day = Issuer.load(), clock.today()
        self._sender = self.issuer.letterhead()
        self._recipients = Recipients(run)
        self._labels: list[Address] = []

    def add(self, item: PrintItem) -> None:
        """Take an item in. Raises Spoiled."""
        try:
            self._take(item)
        except EXPECTED as error:
            raise Spoiled(item, trouble_of(error)) from error
        self._recipients.add(item)

    def _take(self, item: PrintItem) -> None:
        if item.kind == Kind.LABEL:
            self._labels.append(address_of(item))
            self.placed.append((item.pk, None, 0))
        elif item.document:
            self._put(item, open_verified(item.document))
        else:
            address, form = address_of(item), self.run.envelope
            self._put(item, render_envelope(address, self._sender, form=form, day=self.day))

    def _put(self, item: PrintItem, content: bytes) -> None:
        raise NotImplementedError

    def end(self) -> None:
        raise NotImplementedError

    def _sheets(self) -> Iterator[tuple[str, bytes]]:
        """Sheets of labels, from the first that is free on."""
        if not self._labels:
            return
        form = LABELS[self.run.labels]
        used = self.run.items.filter(kind=Kind.LABEL, file__isnull=False).count()
        at, labels, number = (self.run.first_label - 1 + used) % form.count, self._labels, 1
        while labels:
            sheet, labels = labels[: form.count - at], labels[form.count - at :]
            yield (
                f"Etykiety, arkusz {number}",
                render_label_sheet(
                    sheet,
                    form=self.run.labels,
                    first=at + 1,
                    issuer=self.issuer.name,
                    day=self.day,
                ),
            )
            at, number = 0, number + 1

    def _lists(self) -> Iterator[tuple[str, bytes]]:
        lists = printed_lists(self._recipients, issuer=self.issuer.name, day=self.day)
        yield from lists


class Bound(Maker):
    """One PDF to print, its pages moved as the printer needs it."""

    def __init__(self, run: PrintRun, out: IO[bytes]) -> None:
        super().__init__(run)
        self._binder = Binder(out, title=run.title, duplex=run.duplex)
        self._shift = (float(run.right), float(run.down))

    def _put(self, item: PrintItem, content: bytes) -> None:
        first = self._binder.pages + 1
        moves = self.run.moves_all or item.kind == Kind.ENVELOPE
        pages = self._binder.add(content, title=name_of(item), shift=self._shift_if(moves))
        self.placed.append((item.pk, first, pages))

    def end(self) -> None:
        for title, content in self._sheets():
            self._binder.add(content, title=title, shift=self._shift)
        for title, content in self._lists():
            self._binder.add(content, title=title, shift=self._shift_if(self.run.moves_all))
        self._binder.close()
        self.pages = self._binder.pages

    def _shift_if(self, moves: bool) -> tuple[float, float]:
        return self._shift if moves else (0.0, 0.0)


class Zipped(Maker):
    """A ZIP in which each document is a file of its own, byte by byte as it was issued."""

    def __init__(self, run: PrintRun, out: IO[bytes]) -> None:
        super().__init__(run)
        self._zip = ZipFile(out, "w")

    def _put(self, item: PrintItem, content: bytes) -> None:
        name = f"{item.position:04} {name_of(item)} {item.recipient}"
        self._write(f"{FOLDERS[Kind(item.kind)]}/{display_name(_flat(name)[:120])}.pdf", content)
        self.placed.append((item.pk, None, 0))

    def end(self) -> None:
        for title, content in (*self._sheets(), *self._lists()):
            self._write(f"{title}.pdf", content)
        if self.run.with_delivery_list:
            rows = self._recipients.rows()
            self._write("Lista wysyłkowa.csv", csv_of(rows).encode(), ZIP_DEFLATED)
            self._write("Lista wysyłkowa.xlsx", workbook_of(rows))
        self._zip.close()

    def _write(self, name: str, content: bytes, method: int = ZIP_STORED) -> None:
        info = ZipInfo(name, (self.day.year, self.day.month, self.day.day, 12, 0, 0))
        info.compress_type = method
        self._zip.writestr(info, content)


def name_of(item: PrintItem) -> str:
    """What an item is called: by the number that is printed on it."""
    if item.kind == Kind.ENVELOPE:
        return f"Koperta {item.number}"
    if item.kind == Kind.LETTER and item.document:
        return f"List {item.document.title}"
    return f"Certyfikat {item.number}"


def _flat(name: str) -> str:
    return name.replace("/", "-")

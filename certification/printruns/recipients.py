"""Who gets what: the rows of the delivery list and of the ceremony list, on paper and as files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from certification.assessments.export.workbooks import write_workbook
from certification.csv_files import csv_lines
from certification.documents.dispatch_lists import (
    ROWS_A_PART,
    DispatchRow,
    ListSheet,
    render_ceremony_list,
    render_delivery_list,
)
from institutions.models import Institution, MissingNameForms

from .addresses import NoAddress, address_of
from .models import PrintItem, PrintRun
from .states import Kind, Sending

# the lists are Polish documents, whatever language the screens are in
HEADINGS = (
    "Lp.",
    "Adresat",
    "Ulica",
    "Kod i miejscowość",
    "Adres do e-Doręczeń",
    "Dokumenty",
    "Sposób wysyłki",
)
WIDTHS = (6, 60, 34, 30, 30, 34, 20)
WAYS = {
    Sending.REGISTERED: "list polecony",
    Sending.ORDINARY: "list zwykły",
    Sending.COURIER: "przesyłka kurierska",
    Sending.CEREMONY: "wręczenie na uroczystości",
}


class Recipients:
    """Collects what each recipient gets, in the order in which it comes."""

    def __init__(self, run: PrintRun) -> None:
        self.run = run
        self._rows: dict[tuple[int | None, int | None], DispatchRow] = {}

    def add(self, item: PrintItem) -> None:
        """Count an item in; envelopes and labels make a recipient, but are no document."""
        key = (item.certificate_id, item.letter_id)
        row = self._rows.get(key) or self._row(item)
        if item.document:
            is_letter = item.kind == Kind.LETTER
            number = item.document.title if is_letter else item.number
            row = replace(row, documents=(*row.documents, number))
        self._rows[key] = row

    def rows(self) -> list[DispatchRow]:
        """Everybody who gets something, counted."""
        return _counted(self._rows.values())

    def holders(self) -> list[DispatchRow]:
        """Those who are called up at a ceremony."""
        return _counted(row for (_key, letter), row in self._rows.items() if letter is None)

    def _row(self, item: PrintItem) -> DispatchRow:
        institution = item.addressee
        edelivery = institution.edelivery if institution else ""
        try:
            address = address_of(item)
            name, lines = address.name.replace("\n", ", "), address.lines
        except (NoAddress, MissingNameForms):
            name, lines = item.recipient, _as_far_as_known(institution)
        return DispatchRow(0, name, lines, edelivery, (), self._way(edelivery))

    def _way(self, edelivery: str) -> str:
        if self.run.sending != Sending.EDELIVERY:
            return WAYS[Sending(self.run.sending)]
        return "e-Doręczenia" if edelivery else WAYS[Sending.REGISTERED]


def _as_far_as_known(institution: Institution | None) -> tuple[str, str]:
    if institution is None:
        return "", ""
    return institution.street, f"{institution.postcode} {institution.town}".strip()


def _counted(rows: Iterable[DispatchRow]) -> list[DispatchRow]:
    return [replace(row, number=number) for number, row in enumerate(rows, start=1)]


def recipients_of(run: PrintRun, items: Iterable[PrintItem]) -> list[DispatchRow]:
    """The rows of these items."""
    gathered = Recipients(run)
    for item in items:
        gathered.add(item)
    return gathered.rows()


def printed_lists(recipients: Recipients, *, issuer: str, day: date) -> Iterator[tuple[str, bytes]]:
    """The lists that go with the run as PDF, a long one in parts, each under its title."""
    run = recipients.run
    if run.with_delivery_list:
        sheet = _sheet(run, "Lista wysyłkowa", issuer, day)
        yield from _in_parts(sheet, recipients.rows(), render_delivery_list)
    if run.with_ceremony_list:
        sheet = replace(_sheet(run, "Lista wręczeń", issuer, day), about=run.ceremony)
        yield from _in_parts(sheet, recipients.holders(), render_ceremony_list)


def _sheet(run: PrintRun, title: str, issuer: str, day: date) -> ListSheet:
    name = f"Wydruk zbiorczy nr {run.pk}: {run.title}"
    return ListSheet(title=title, run=name, issuer=issuer, rows=(), day=day)


def _in_parts(
    sheet: ListSheet, rows: list[DispatchRow], render: Callable[[ListSheet], bytes]
) -> Iterator[tuple[str, bytes]]:
    parts = [rows[start : start + ROWS_A_PART] for start in range(0, len(rows), ROWS_A_PART)]
    for part, piece in enumerate(parts, start=1):
        title = sheet.title if len(parts) == 1 else f"{sheet.title}, część {part}"
        yield title, render(replace(sheet, rows=tuple(piece), part=part, parts=len(parts)))


def csv_of(rows: list[DispatchRow]) -> str:
    """The delivery list for a spreadsheet: with a mark, semicolons; no cell is a formula."""
    return "".join(csv_lines([HEADINGS, *map(_cells, rows)]))


def workbook_of(rows: list[DispatchRow]) -> bytes:
    """The same as XLSX; raises Unavailable when it cannot be written just now."""
    cells = [list(HEADINGS), *map(_cells, rows)]
    return write_workbook([{"title": "Lista wysyłkowa", "rows": cells, "widths": WIDTHS}])


def _cells(row: DispatchRow) -> list[str]:
    street, *town = row.address
    return [
        str(row.number),
        row.name,
        street,
        " ".join(town).replace("\u00a0", " "),
        row.edelivery,
        ", ".join(row.documents),
        row.way,
    ]

"""Who gets what: the rows of the delivery list and of the ceremony list, on paper and as files."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Any

from certification.assessments.export.workbooks import write_workbook
from certification.certificates.exports import BOM, FORMULA
from certification.certificates.models import Certificate
from certification.documents.dispatch_lists import (
    ROWS_A_PART,
    DispatchRow,
    ListSheet,
    render_ceremony_list,
    render_delivery_list,
)
from institutions.models import MissingNameForms

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
    """Collects what each certificate's holder gets, in the order in which it comes."""

    def __init__(self, run: PrintRun) -> None:
        self.run = run
        self._rows: dict[int, DispatchRow] = {}

    def add(self, item: PrintItem) -> None:
        """Count an item in; envelopes and labels make a recipient, but are no document."""
        key, certificate = item.certificate_id, item.certificate
        if key not in self._rows:
            self._rows[key] = self._row(certificate)
        if item.document:
            number = certificate.number if item.kind == Kind.CERTIFICATE else item.document.title
            row = self._rows[key]
            self._rows[key] = _with(row, documents=(*row.documents, number))

    def rows(self) -> list[DispatchRow]:
        return [_with(row, number=n) for n, row in enumerate(self._rows.values(), start=1)]

    def _row(self, certificate: Certificate) -> DispatchRow:
        institution = certificate.institution
        try:
            address = address_of(certificate)
            name, lines = address.name, address.lines
        except (NoAddress, MissingNameForms):
            town = f"{institution.postcode} {institution.town}".strip()
            name, lines = certificate.holder_name, (institution.street, town)
        edelivery = institution.edelivery
        return DispatchRow(0, name, lines, edelivery, (), self._way(edelivery))

    def _way(self, edelivery: str) -> str:
        if self.run.sending != Sending.EDELIVERY:
            return WAYS[Sending(self.run.sending)]
        return "e-Doręczenia" if edelivery else WAYS[Sending.REGISTERED]


def _with(row: DispatchRow, **changed: Any) -> DispatchRow:
    return DispatchRow(**{**vars(row), **changed})


def recipients_of(run: PrintRun, items: Iterable[PrintItem]) -> list[DispatchRow]:
    """The rows of these items."""
    gathered = Recipients(run)
    for item in items:
        gathered.add(item)
    return gathered.rows()


def printed_lists(
    run: PrintRun, rows: list[DispatchRow], *, issuer: str, day: date
) -> Iterator[tuple[str, bytes]]:
    """The lists that go with the run as PDF, a long one in parts, each under its title."""
    wanted = (
        (run.with_delivery_list, "Lista wysyłkowa", "", render_delivery_list),
        (run.with_ceremony_list, "Lista wręczeń", run.ceremony, render_ceremony_list),
    )
    pieces = [rows[start : start + ROWS_A_PART] for start in range(0, len(rows), ROWS_A_PART)]
    for is_wanted, title, about, render in wanted:
        for part, piece in enumerate(pieces if is_wanted else (), start=1):
            sheet = ListSheet(
                title=title,
                run=f"Wydruk zbiorczy nr {run.pk}: {run.title}",
                issuer=issuer,
                rows=tuple(piece),
                day=day,
                about=about,
                part=part,
                parts=len(pieces),
            )
            yield title if len(pieces) == 1 else f"{title}, część {part}", render(sheet)


def csv_of(rows: list[DispatchRow]) -> str:
    """The delivery list for a spreadsheet: with a mark, semicolons; no cell is a formula."""
    out = StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for cells in (HEADINGS, *map(_cells, rows)):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return out.getvalue()


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

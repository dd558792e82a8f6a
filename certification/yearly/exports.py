"""The yearly report as files: CSV, a workbook, and a PDF like the other papers."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.translation import override

from certification.assessments.export.workbooks import write_workbook
from certification.csv_files import csv_lines
from certification.documents.models import Issuer
from certification.documents.yearly import YearSheet, YearTable, render_year

from .figures import Report, report_of
from .tables import BARS, Few, Table, Value


def as_csv(report: Report) -> str:
    """A line a number: table, row, column, value."""
    return "".join(csv_lines([["table", "row", "column", "value"], *_numbers(report)]))


def as_workbook(report: Report) -> bytes:
    """A sheet a table."""
    return write_workbook(
        [
            {
                "title": table.key,
                "rows": [list(table.headings), *_lines(table)],
                "widths": [60, *[18] * (len(table.headings) - 1)],
            }
            for table in report.tables
        ]
    )


def as_pdf(report: Report) -> bytes:
    """In Polish, whatever the screen is in: papers of the association are."""
    with override("pl"):
        polish = report_of(report.year, report.until)
        return render_year(
            YearSheet(
                issuer=Issuer.load().letterhead(),
                year=polish.year,
                until=polish.until,
                tables=tuple(_printed(table) for table in polish.tables),
            )
        )


def chart(table: Table) -> str:
    """The bars of its first column as SVG, for the page."""
    return render_to_string("yearly/chart.svg", {"table": table})


def _printed(table: Table) -> YearTable:
    lines = [
        (row.label, row.told(), 100 * bar.length // BARS)
        for row, bar in zip(table.rows, table.bars, strict=True)
    ]
    return YearTable(table.title, table.headings, lines, table.note)


def _numbers(report: Report) -> Iterator[list[object]]:
    for table in report.tables:
        for row in table.rows:
            for heading, value in zip(table.headings[1:], row.values, strict=True):
                yield [table.title, row.label, heading, _plain(value)]


def _lines(table: Table) -> list[list[object]]:
    return [[row.label, *(_plain(value) for value in row.values)] for row in table.rows]


def _plain(value: Value) -> object:
    if value is None:
        return ""
    return (
        str(value)
        if isinstance(value, Few)
        else (value if isinstance(value, int) else float(value))
    )
